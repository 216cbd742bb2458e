"""A phone's way in and out."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, make_device, make_patient
from tests.scopes import inside
from tracker.actions import devices, invitations
from tracker.models import AuditEvent, Device

JOIN, LEAVE, TODAY = reverse("patient:join"), reverse("patient:leave"), reverse("patient:today")
WELCOME = reverse("patient:welcome")
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
ANDROID = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Mobile Safari/537.36"

pytestmark = pytest.mark.usefixtures("still_clock")


@pytest.fixture
def code(our):
    return invitations.issue(by=our.clinician, patient=our.patient, now=NOW).code


BORN = "1970-03-04"


def joined(code: str, client: Client | None = None, **headers: str) -> Any:
    """The answer to both steps at once: the code and the date of birth."""
    return (client or Client(headers=headers)).post(JOIN, {"code": code, "born_on": BORN})


def test_the_code_shows_whose_it_is_and_asks_for_the_date_of_birth(our, code):
    phones = Device.objects.count()
    answer = Client().post(JOIN, {"code": code})
    assert answer.status_code == 200
    assert "harbour clinic" in answer.text and "<strong>A</strong>" in answer.text
    assert "Ada" not in answer.text and "Quill" not in answer.text
    assert Device.objects.count() == phones


def test_a_wrong_date_of_birth_is_told_how_many_tries_are_left(our, code):
    answer = Client().post(JOIN, {"code": code, "born_on": "1971-03-04"})
    assert answer.status_code == 422
    assert "4 tries are left" in answer.text


def test_a_code_makes_the_phone_a_device_and_opens_the_diary(our, code):
    client = Client(headers={"user-agent": IPHONE})
    answer = joined(code, client)
    assert answer.status_code == 302 and answer.url == WELCOME
    assert client.get(TODAY).status_code == 200
    assert Device.objects.latest("id").name == "iPhone"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(code):
    cookie = joined(code).cookies[settings.DEVICE_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
    assert cookie["max-age"] == settings.DEVICE_LIFE.total_seconds()
    assert not cookie["secure"]


def test_with_https_the_cookie_is_secure(code, settings):
    settings.HTTPS = True
    assert joined(code).cookies[settings.DEVICE_COOKIE_NAME]["secure"]


@pytest.mark.parametrize(
    ("agent", "name"), [(ANDROID, "Android phone"), ("curl/8", "Computer"), ("", "Computer")]
)
def test_the_device_is_named_after_what_it_is(code, agent, name):
    joined(code, **{"user-agent": agent})
    assert Device.objects.latest("id").name == name


def test_joining_again_with_one_phone_leaves_one_device(our, phone, code):
    assert joined(code, phone).url == WELCOME
    assert list(Device.objects.filter(ended_at=None)) == [Device.objects.latest("id")]


def test_opening_the_page_redeems_nothing(our, code):
    phones = Device.objects.count()
    assert Client().get(JOIN).status_code == 200
    assert Device.objects.count() == phones
    assert joined(code).status_code == 302


def test_a_used_an_unknown_and_an_expired_code_get_the_same_answer(our, code):
    joined(code)
    late = invitations.issue(by=our.clinician, patient=our.patient, now=NOW - settings.INVITATION_LIFE).code
    answers = [Client().post(JOIN, {"code": tried}) for tried in (code, "7G4-1ANR-WDNJ", late)]
    assert {answer.status_code for answer in answers} == {422}
    errors = {str(answer.context["form"].errors["code"]) for answer in answers}
    assert len(errors) == 1
    assert "ask your clinic for a new one" in errors.pop()


@pytest.mark.parametrize(("typed", "many"), [("ABCDEF-ABCDEF abcdef", 18), ("ABC", 3), (" - ABCD - ", 4)])
def test_what_cannot_be_a_code_is_told_how_one_looks(db, typed, many):
    answer = Client().post(JOIN, {"code": typed})
    assert answer.status_code == 422
    assert f"looks like K7Q-4F2M-9TXB or K7Q-481516. You typed {many} letters" in answer.text


@pytest.mark.parametrize("code", ["", "   ", "X" * 61])
def test_a_code_that_is_none_is_refused_with_the_form(db, code):
    answer = Client().post(JOIN, {"code": code})
    assert answer.status_code == 422
    assert 'id="code-error"' in answer.text


def test_the_fifth_wrong_date_says_that_the_code_is_over_and_the_clinic_hears_of_it(our, code):
    answers = [Client().post(JOIN, {"code": code, "born_on": "1971-03-04"}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [422] * 5
    assert "1 try is left" in answers[3].text
    assert "wrong five times" in answers[4].text and 'name="born_on"' not in answers[4].text
    assert "ask your clinic for a new one" in joined(code).text
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.patient_id) == ("invitation.lock", our.patient.pk)


def test_the_date_of_birth_alone_opens_nothing(our):
    phones = Device.objects.count()
    for code in ("", our.clinic.locator, f"{our.clinic.locator}-AAAA-AAAA"):
        assert Client().post(JOIN, {"code": code, "born_on": BORN}).status_code == 422
    assert Device.objects.count() == phones


def test_the_page_keeps_what_was_typed(db):
    assert 'value="ABC DEF"' in Client().post(JOIN, {"code": "ABC DEF"}).text


def test_a_phone_that_is_signed_in_already_is_offered_its_diary(phone):
    answer = phone.get(JOIN)
    assert "already has a diary" in answer.text and f'href="{TODAY}"' in answer.text


def test_leaving_asks_first(our, phone):
    assert "Sign out of this phone?" in phone.get(LEAVE).text
    assert phone.get(TODAY).status_code == 200


def test_leaving_ends_the_device_and_wipes_the_browser(our, phone):
    answer = phone.post(LEAVE)
    assert answer.status_code == 200
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies[settings.DEVICE_COOKIE_NAME].value == ""
    phone.cookies[settings.DEVICE_COOKIE_NAME] = our.device_token
    assert phone.get(TODAY).status_code == 401


def test_whoever_is_signed_out_hears_that_what_was_not_sent_yet_is_gone(our, phone):
    lost = "Days that this phone had not sent yet are gone.</strong> You can log them again"
    assert lost in phone.post(LEAVE).text
    phone.cookies[settings.DEVICE_COOKIE_NAME] = our.device_token
    answer = phone.get(TODAY)
    assert answer.status_code == 401 and lost in answer.text


def test_leaving_ends_this_phone_only(our, phone):
    _, other_token = make_device(our.patient, our.clinician)
    phone.post(LEAVE)
    other = Client()
    other.cookies[settings.DEVICE_COOKIE_NAME] = other_token
    assert other.get(TODAY).status_code == 200


# --- A phone that was ended ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["start", "patient:join", "patient:call"])
def test_an_ended_phone_may_read_what_everybody_may_and_forgets(our, phone, name):
    devices.end(by=our.clinician, device=our.device, now=NOW)
    answer = phone.get(reverse(name))
    assert answer.status_code == 200
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies[settings.DEVICE_COOKIE_NAME]["max-age"] == 0
    assert "harbour" not in answer.text


def test_an_ended_phone_may_join_again_and_keeps_its_new_keys(our, phone, code):
    devices.end(by=our.clinician, device=our.device, now=NOW)
    answer = joined(code, phone)
    assert answer.url == WELCOME
    assert phone.get(TODAY).status_code == 200
    assert phone.cookies[settings.APPEND_COOKIE_NAME].value


def test_a_phone_whose_time_is_over_is_told_why_it_has_to_join(our, phone):
    with time_machine.travel(NOW + settings.DEVICE_IDLE, tick=False):
        assert phone.get(TODAY).url == JOIN
        assert "was not used for a long time" in phone.get(JOIN).text
    assert "was not used for a long time" not in Client().get(JOIN).text


def test_a_phone_that_is_used_goes_on_until_a_year_is_over(our, phone):
    for day in range(0, 365, 60):
        with time_machine.travel(NOW + timedelta(days=day), tick=False):
            assert phone.get(TODAY).status_code == 200, day
    with time_machine.travel(NOW + timedelta(days=365), tick=False):
        assert phone.get(TODAY).status_code == 302


# --- Two people, one phone -------------------------------------------------------------------------


def test_whoever_joins_on_somebody_elses_phone_sees_their_own_diary_only(our, phone):
    our.log({9: 7})
    neighbour = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    code = invitations.issue(by=our.clinician, patient=neighbour, now=NOW).code
    joined(code, phone)
    history = phone.get(reverse("patient:history")).text
    assert "No day is saved yet" in history
    our.device.refresh_from_db()
    assert our.device.ended_at == NOW


def test_a_code_of_another_clinic_replaces_the_diary_on_this_phone(our, their, phone):
    with inside(their):
        code = invitations.issue(by=their.clinician, patient=their.patient, now=NOW).code
    assert joined(code, phone).url == WELCOME
    assert "hilltop clinic" in phone.get(TODAY).text
    our.device.refresh_from_db()
    assert our.device.ended_at == NOW


def test_a_fourth_phone_is_told_which_one_it_replaces(our, code):
    for _ in range(2):
        make_device(our.patient, our.clinician)
    code = invitations.issue(by=our.clinician, patient=our.patient, now=NOW).code
    client = Client()
    joined(code, client)
    page = client.get(WELCOME, follow=True).text
    assert "three phones at a time" in page and "“Test phone”" in page


# --- Guessing --------------------------------------------------------------------------------------


def guess(locator: str, *, address: str = "203.0.113.9") -> Any:
    return Client(REMOTE_ADDR=address).post(JOIN, {"code": f"{locator}-AAAA-AAAA"})


def test_ten_wrong_codes_a_minute_from_one_network_and_no_more(our, code):
    assert {guess("ZZZ").status_code for _ in range(10)} == {422}
    answer = guess("ZZZ")
    assert answer.status_code == 429 and answer.headers["Retry-After"] == "60"
    assert "Wait one minute" in answer.text
    assert Client(REMOTE_ADDR="203.0.113.9").post(JOIN, {"code": code}).status_code == 429
    assert Client(REMOTE_ADDR="198.51.100.7").post(JOIN, {"code": code}).status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=1, seconds=1), tick=False):
        assert Client(REMOTE_ADDR="203.0.113.9").post(JOIN, {"code": code}).status_code == 200


def test_thirty_wrong_codes_a_minute_at_one_clinic_wherever_they_come_from(our, their):
    locator = our.clinic.locator
    assert {guess(locator, address=f"198.51.100.{at}").status_code for at in range(30)} == {422}
    assert guess(locator, address="203.0.113.1").status_code == 429
    assert guess(their.clinic.locator, address="203.0.113.1").status_code == 422


def test_wrong_dates_of_birth_are_guesses_too(our):
    with time_machine.travel(NOW, tick=True):  # guesses are told apart by their time
        for number in range(4):
            patient = make_patient(our.clinic, given="P", family="Q", number=f"p-{number}")
            code = invitations.issue(by=our.clinician, patient=patient, now=NOW).code
            answers = [Client().post(JOIN, {"code": code, "born_on": "1971-01-01"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [422, 429, 429]


def test_what_opens_and_what_cannot_be_a_code_are_no_guesses(our, code):
    for _ in range(15):
        assert Client().post(JOIN, {"code": code}).status_code == 200
        assert Client().post(JOIN, {"code": "K7Q"}).status_code == 422


def test_the_code_stands_in_no_address(our):
    token = invitations.issue(by=our.clinician, patient=our.patient, now=NOW).token
    client = Client()
    answers = [client.post(JOIN, {"code": token}), joined(token, client), client.get(WELCOME)]
    assert not [answer for answer in answers if token in answer.headers.get("Location", "")]
    assert f'value="{token}"' in answers[0].text  # of the form, which is posted
