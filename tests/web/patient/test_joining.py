"""A phone's way in and out."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, make_device
from tracker.actions import invitations
from tracker.models import Device
from tracker.web.patient.joining import CODE_LENGTH

JOIN, LEAVE, TODAY = reverse("patient:join"), reverse("patient:leave"), reverse("patient:today")
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15"
ANDROID = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Mobile Safari/537.36"

pytestmark = pytest.mark.usefixtures("still_clock")


@pytest.fixture
def code(our):
    return invitations.issue(by=our.clinician, patient=our.patient, now=NOW)


def test_a_code_makes_the_phone_a_device_and_opens_the_diary(our, code):
    client = Client(headers={"user-agent": IPHONE})
    answer = client.post(JOIN, {"code": code})
    assert answer.status_code == 302 and answer.url == TODAY
    assert "Welcome" in client.get(TODAY).text
    assert Device.objects.latest("id").name == "iPhone"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(code):
    cookie = Client().post(JOIN, {"code": code}).cookies[settings.DEVICE_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
    assert cookie["max-age"] == settings.DEVICE_LIFE.total_seconds()
    assert not cookie["secure"]


def test_with_https_the_cookie_is_secure(code, settings):
    settings.HTTPS = True
    assert Client().post(JOIN, {"code": code}).cookies[settings.DEVICE_COOKIE_NAME]["secure"]


@pytest.mark.parametrize(
    ("agent", "name"), [(ANDROID, "Android phone"), ("curl/8", "Computer"), ("", "Computer")]
)
def test_the_device_is_named_after_what_it_is(code, agent, name):
    Client(headers={"user-agent": agent}).post(JOIN, {"code": code})
    assert Device.objects.latest("id").name == name


def test_joining_again_with_one_phone_leaves_one_device(our, phone, code):
    assert phone.post(JOIN, {"code": code}).url == TODAY
    assert list(Device.objects.filter(ended_at=None)) == [Device.objects.latest("id")]


def test_opening_the_page_redeems_nothing(our, code):
    devices = Device.objects.count()
    assert Client().get(JOIN).status_code == 200
    assert Device.objects.count() == devices
    assert Client().post(JOIN, {"code": code}).status_code == 302


def test_a_used_an_unknown_and_an_expired_code_get_the_same_answer(our, code):
    Client().post(JOIN, {"code": code})
    late = invitations.issue(by=our.clinician, patient=our.patient, now=NOW - settings.INVITATION_LIFE)
    answers = [Client().post(JOIN, {"code": tried}) for tried in (code, "NEVERW-ASNEVE-RWASNE-VERWAS", late)]
    assert {answer.status_code for answer in answers} == {422}
    errors = {str(answer.context["form"].errors["code"]) for answer in answers}
    assert len(errors) == 1
    assert "ask your clinic for a new one" in errors.pop()


@pytest.mark.parametrize(
    ("typed", "many"), [("ABCDEF-ABCDEF abcdef", 18), ("A" * 25, 25), ("ABC", 3), (" - ABCD - ", 4)]
)
def test_a_code_of_another_length_is_told_how_many_were_typed(db, typed, many):
    answer = Client().post(JOIN, {"code": typed})
    assert answer.status_code == 422
    assert f"has 24 letters and digits; you typed {many}." in answer.text


def test_every_code_that_is_issued_has_the_length_that_the_form_asks_for(our):
    code = invitations.issue(by=our.clinician, patient=our.patient, now=NOW)
    assert len(code.replace("-", "")) == CODE_LENGTH


@pytest.mark.parametrize("code", ["", "   ", "X" * 61])
def test_a_code_that_is_none_is_refused_with_the_form(db, code):
    answer = Client().post(JOIN, {"code": code})
    assert answer.status_code == 422
    assert 'id="code-error"' in answer.text


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
    assert phone.get(TODAY).url == JOIN


def test_leaving_ends_this_phone_only(our, phone):
    _, other_token = make_device(our.patient, our.clinician)
    phone.post(LEAVE)
    other = Client()
    other.cookies[settings.DEVICE_COOKIE_NAME] = other_token
    assert other.get(TODAY).status_code == 200
