"""One's own phones: the list, another name, an end, and a code for one more."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, make_caregiver, make_device, make_patient
from tests.web.patient.test_joining import BORN, JOIN, TODAY, WELCOME, joined
from tracker.models import AuditEvent, Device

PHONES, CODE = reverse("patient:phones"), reverse("patient:phone_code")


def name_of(device: Device) -> str:
    return reverse("patient:phone", args=[device.pk])


def end_of(device: Device) -> str:
    return reverse("patient:phone_end", args=[device.pk])


def held(token: str) -> Client:
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = token
    return client


@pytest.fixture
def second(our) -> tuple[Device, str]:
    return make_device(our.patient, our.clinician)


@pytest.fixture
def helpers(our) -> tuple[Device, str]:
    """A helper's phone."""
    return make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient))


def test_the_list_shows_ones_own_phones_and_which_is_in_hand(our, phone, second, helpers):
    Device.objects.filter(pk=second[0].pk).update(name="Old tablet")
    Device.objects.filter(pk=helpers[0].pk).update(name="Wilma's")
    page = phone.get(PHONES).text
    assert page.index("this phone") < page.index("Old tablet")
    assert "Last used 20 May 2026" in page and "Wilma" not in page
    theirs = held(helpers[1]).get(PHONES).text
    assert "Wilma&#x27;s" in theirs and "Old tablet" not in theirs
    assert "the patient’s date of birth" in theirs


def test_a_phone_that_was_ended_is_no_longer_listed_and_one_that_is_over_says_so(our, phone, second):
    Device.objects.filter(pk=second[0].pk).update(expires_at=NOW)
    assert "Has to join anew" in phone.get(PHONES).text
    phone.post(end_of(second[0]))
    assert phone.get(PHONES).text.count('class="card"') == 1


def test_a_phone_is_given_another_name(our, phone, second):
    assert phone.post(name_of(second[0]), {"name": " Old iPhone "}).url == PHONES
    assert "Old iPhone" in phone.get(PHONES).text
    for wrong in ("", "x" * 81):
        assert phone.post(name_of(second[0]), {"name": wrong}).status_code == 422


def test_ending_another_phone_asks_first_and_that_phone_forgets_at_its_next_contact(our, phone, second):
    other = held(second[1])
    assert "Sign out “Test phone”?" in phone.get(end_of(second[0])).text
    assert other.get(TODAY).status_code == 200
    assert "is signed out" in phone.post(end_of(second[0]), follow=True).text
    for address in (TODAY, "/api/v1/entries/"):
        answer = held(second[1]).get(address)
        assert answer.status_code == 401
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
        for name in (settings.DEVICE_COOKIE_NAME, settings.APPEND_COOKIE_NAME):
            assert answer.cookies[name].value == "" and answer.cookies[name]["max-age"] == 0
    assert AuditEvent.objects.filter(action="device.end").count() == 1


def test_this_phone_is_signed_out_where_it_is_wiped_as_well(our, phone):
    assert phone.get(end_of(our.device)).url == reverse("patient:leave")
    assert phone.post(end_of(our.device)).url == reverse("patient:leave")
    assert phone.get(TODAY).status_code == 200


def test_a_phone_of_somebody_else_is_not_there(our, phone, helpers):
    neighbour, _ = make_device(
        make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2"), our.clinician
    )
    helper = held(helpers[1])
    for client, device in ((phone, neighbour), (phone, helpers[0]), (helper, our.device)):
        for address in (name_of(device), end_of(device)):
            assert client.get(address).status_code == 404
            assert client.post(address, {"name": "Mine"}).status_code == 404
    assert not Device.objects.exclude(ended_at=None).exists()


def code_on(page: str) -> str:
    return re.search(r'<p class="code large">([^<]+)</p>', page)[1]


def test_a_code_brings_the_same_person_to_another_phone_once(our, phone):
    page = phone.post(CODE).text
    assert "until <strong>7:40 PM</strong>" in page and "http://testserver/join/" in page
    another = Client()
    assert joined(code_on(page), another).url == WELCOME
    assert another.get(TODAY).status_code == phone.get(TODAY).status_code == 200
    assert joined(code_on(page)).status_code == 422


def test_a_code_is_over_after_ten_minutes_and_replaced_by_the_next(our, phone):
    first, second = (code_on(phone.post(CODE).text) for _ in range(2))
    assert joined(first).status_code == 422
    with time_machine.travel(NOW + timedelta(minutes=10), tick=False):
        assert joined(second).status_code == 422


def test_a_code_needs_the_date_of_birth_as_any_other(our, phone):
    code = code_on(phone.post(CODE).text)
    assert Client().post(JOIN, {"code": code, "born_on": "1971-01-01"}).status_code == 422
    assert Client().post(JOIN, {"code": code, "born_on": BORN}).status_code == 302


def test_opening_the_address_of_codes_makes_none(phone):
    assert phone.get(CODE).status_code == 405
