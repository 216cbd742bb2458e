"""A phone that is somebody else's: it keeps nothing, and its time is short."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, make_caregiver, make_device
from tests.web.patient.test_diary import save
from tests.web.patient.test_joining import BORN, JOIN, LEAVE, TODAY, WELCOME
from tracker.actions import devices, invitations
from tracker.models import Device

pytestmark = pytest.mark.usefixtures("still_clock")

ICON = reverse("patient:home_screen")
DIARY_OF = '<meta name="diary-of"'


def joined(cast, client: Client, **more: str):
    code = invitations.issue(by=cast.clinician, patient=cast.patient, now=NOW).code
    return client.post(JOIN, {"code": code, "born_on": BORN, "is_borrowed": "on"} | more)


@pytest.fixture
def borrowed(our) -> Client:
    client = Client()
    assert joined(our, client).url == WELCOME
    return client


def later(**span: float):
    return time_machine.travel(NOW + timedelta(**span), tick=False)


def newest() -> Device:
    return Device.objects.latest("id")


# --- On the way in ---------------------------------------------------------------------------------


def test_beside_the_date_of_birth_one_may_say_that_the_phone_is_not_ones_own(our):
    code = invitations.issue(by=our.clinician, patient=our.patient, now=NOW).code
    page = Client().post(JOIN, {"code": code}).text
    assert "This is not my phone" in page and "signed out when you close the browser" in page
    assert '<input type="checkbox" name="is_borrowed" value="on">' in page


def test_what_was_ticked_stays_ticked_after_a_wrong_date(our):
    assert 'value="on" checked' in joined(our, Client(), born_on="1971-03-04").text
    assert not Device.objects.filter(is_borrowed=True).exists()


def test_who_says_nothing_has_joined_with_a_phone_of_their_own(our):
    code = invitations.issue(by=our.clinician, patient=our.patient, now=NOW).code
    Client().post(JOIN, {"code": code, "born_on": BORN})
    assert not newest().is_borrowed


def test_its_cookie_ends_with_the_browser_and_none_hands_in_later(our):
    answer = joined(our, Client())
    assert answer.cookies[settings.DEVICE_COOKIE_NAME]["max-age"] == ""
    assert answer.cookies[settings.DEVICE_COOKIE_NAME]["expires"] == ""
    assert not answer.cookies[settings.APPEND_COOKIE_NAME].value
    assert newest().is_borrowed and newest().append_hash is None


def test_the_key_of_whoever_used_the_browser_before_is_dropped(our, phone):
    phone.cookies[settings.APPEND_COOKIE_NAME] = "1.of-somebody-else"
    joined(our, phone)
    assert phone.cookies[settings.APPEND_COOKIE_NAME].value == ""
    our.device.refresh_from_db()
    assert our.device.ended_at == NOW


# --- While it is used ------------------------------------------------------------------------------


def test_it_lives_an_hour_from_its_last_use(borrowed):
    with later(minutes=59):
        assert borrowed.get(TODAY).status_code == 200
    with later(minutes=118):
        assert borrowed.get(TODAY).status_code == 200
    with later(minutes=179):
        assert borrowed.get(TODAY).status_code == 401


def test_it_lives_a_day_at_most_however_much_it_is_used(borrowed):
    for minutes in range(0, 24 * 60, 50):
        with later(minutes=minutes):
            assert borrowed.get(TODAY).status_code == 200, minutes
    with later(hours=24):
        assert borrowed.get(TODAY).status_code == 401


def test_when_its_time_is_over_it_forgets_and_says_why(borrowed):
    with later(hours=1):
        answer = borrowed.get(TODAY)
    assert answer.cookies[settings.DEVICE_COOKIE_NAME]["max-age"] == 0
    assert "It was borrowed" in answer.text and "are gone" not in answer.text


def test_when_it_was_last_used_is_kept_to_the_day(borrowed):
    with later(minutes=50):
        borrowed.get(TODAY)
    assert (newest().last_seen_at, newest().expires_at) == (NOW, NOW + timedelta(minutes=110))


def test_a_use_within_a_minute_writes_nothing(borrowed):
    with later(seconds=59):
        borrowed.get(TODAY)
    assert newest().expires_at == NOW + timedelta(hours=1)


def test_scripts_are_told_to_keep_and_to_send_nothing(our, borrowed, phone):
    said = borrowed.get("/api/v1/session/").json()
    assert (said["is_borrowed"], said["owner"], said["may_send"]) == (True, None, False)
    said = phone.get("/api/v1/session/").json()
    assert (said["is_borrowed"], said["owner"], said["may_send"]) == (False, str(our.patient.public_id), True)


@pytest.mark.parametrize("name", ["today", "history", "course", "call", "you", "phones"])
def test_no_page_says_whose_diary_it_is_so_that_no_script_keeps_it(borrowed, phone, name):
    assert DIARY_OF in phone.get(reverse(f"patient:{name}")).text
    assert DIARY_OF not in borrowed.get(reverse(f"patient:{name}")).text


def test_the_home_screen_is_not_offered(borrowed, phone):
    assert ICON in phone.get(reverse("patient:you")).text
    assert ICON not in borrowed.get(reverse("patient:you")).text
    assert "your home screen" in phone.get(reverse("patient:phones")).text
    assert "your home screen" not in borrowed.get(reverse("patient:phones")).text
    assert borrowed.get(ICON).url == TODAY
    assert borrowed.get(reverse("patient:first_score"), follow=True).redirect_chain[-1][0] == TODAY


@pytest.mark.parametrize("back", [0, 1])
def test_after_a_saved_day_the_page_offers_to_sign_out(our, borrowed, phone, back):
    offer = f'<a class="button wide" href="{LEAVE}">Sign out of this phone</a>'
    assert offer not in borrowed.get(TODAY).text
    on = NOW.date() - timedelta(days=back)
    assert offer in borrowed.get(save(borrowed, on).url).text
    assert offer not in phone.get(f"{TODAY}?saved={on}").text


def test_the_way_to_the_diary_goes_past_whoever_had_the_app_on_this_phone_before(borrowed):
    assert borrowed.get(WELCOME).url == f"{TODAY}?plain"


def test_signing_out_ends_it_and_takes_its_key_back(borrowed):
    answer = borrowed.post(LEAVE)
    assert answer.cookies[settings.DEVICE_COOKIE_NAME]["max-age"] == 0
    assert newest().ended_at == NOW
    assert "This phone kept nothing of your diary" in answer.text and "are gone" not in answer.text


@pytest.mark.parametrize("address", [TODAY, LEAVE, JOIN, "/", "/api/v1/session/", "/api/v1/mine/"])
@pytest.mark.parametrize("was_ended", [True, False], ids=["ended", "run out"])
def test_at_its_end_nothing_is_wiped_that_the_phone_s_owner_has_there(our, borrowed, address, was_ended):
    if was_ended:
        devices.end(by=our.clinician, device=newest(), now=NOW)
    with later(hours=0 if was_ended else 1):
        answer = borrowed.get(address)
    assert answer.cookies[settings.DEVICE_COOKIE_NAME]["max-age"] == 0
    assert "Clear-Site-Data" not in answer.headers


def test_its_browser_keeps_not_even_the_chart(our, borrowed, drawn_frames):
    for address in (reverse("patient:chart"), reverse("api:chart_svg", args=[our.injection.public_id])):
        answer = borrowed.get(address)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        known = borrowed.get(address, headers={"if-none-match": answer.headers["ETag"]})
        assert (known.status_code, known.headers["Cache-Control"]) == (304, "no-store")


@pytest.mark.parametrize("address", [LEAVE, reverse("patient:withdraw")])
def test_neither_is_anything_wiped_by_a_guest_s_own_way_out(borrowed, address):
    answer = borrowed.post(address)
    assert newest().ended_at == NOW and answer.status_code == 200
    assert "Clear-Site-Data" not in answer.headers


def test_a_helper_s_borrowed_phone_whose_days_are_over_wipes_nothing(our):
    helper = make_caregiver(our.patient, to_on=NOW.date())
    code = invitations.issue(by=our.clinician, patient=our.patient, caregiver=helper, now=NOW).code
    client = Client()
    client.post(JOIN, {"code": code, "born_on": BORN, "is_borrowed": "on"})
    Device.objects.update(expires_at=NOW + timedelta(days=3))
    with later(days=1):
        answer = client.get(TODAY)
    assert answer.status_code == 401 and "Clear-Site-Data" not in answer.headers


# --- In the lists, and beside one's own ------------------------------------------------------------


def test_lists_call_it_borrowed_and_drop_it_when_its_time_is_over(our, borrowed, phone, desk):
    own, clinics = reverse("patient:phones"), reverse("clinic:patient", args=[our.patient.public_id])
    for client, address, words in (
        (phone, own, '<span class="soft small">borrowed</span>'),
        (borrowed, own, '<span class="soft small">borrowed, this phone</span>'),
        (desk, clinics, ", borrowed"),
    ):
        assert client.get(address).text.count(words) == 1
    Device.objects.filter(is_borrowed=True).update(expires_at=NOW)
    assert ">borrowed<" not in phone.get(own).text
    assert ", borrowed" not in desk.get(clinics).text


def test_who_borrows_a_phone_loses_none_of_their_own(our, borrowed):
    for _ in range(devices.MOST - 1):
        make_device(our.patient, our.clinician)
    joined(our, Client())
    assert not Device.objects.exclude(ended_at=None).exists()
    for _ in range(devices.MOST - 1):
        joined(our, Client())
    assert [device.is_borrowed for device in Device.objects.exclude(ended_at=None)] == [True]
