"""The page that asks who holds the phone, and the pages that lead to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.cast import NOW
from tracker.actions import confirmations
from tracker.models import Device, OutgoingMail, Patient

CONFIRM, EARLIER, YOU = reverse("patient:confirm"), reverse("patient:earlier"), reverse("patient:you")
ASKING = f"{CONFIRM}?next=patient%3Aearlier"
LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def later(our, phone) -> Iterator[Client]:
    """Our patient's phone, half an hour after it joined; codes reach its patient by mail."""
    Patient.objects.filter(pk=our.patient.pk).update(email="ada.quill@example.org", email_verified_at=NOW)
    with time_machine.travel(LATER, tick=False):
        yield phone


def mailed() -> str:
    found = re.search(r"\b\d{6}\b", OutgoingMail.objects.latest("id").body)
    assert found
    return found[0]


def test_a_phone_that_has_just_joined_is_not_asked(phone):
    assert phone.get(EARLIER).status_code == 200


def test_later_it_is_asked_and_comes_back_to_the_page_it_wanted(later):
    assert later.get(EARLIER).url == ASKING
    sent = later.post(ASKING, {"mail": "1"})
    assert sent.url == ASKING
    assert "a***@example.org" in later.get(ASKING).text and "ada.quill" not in later.get(ASKING).text
    assert later.post(ASKING, {"code": mailed()}).url == EARLIER
    assert later.get(EARLIER).status_code == 200
    with time_machine.travel(LATER + timedelta(minutes=10), tick=False):
        assert later.get(EARLIER).url == ASKING


def test_a_code_from_the_clinic_does_as_well(our, later):
    code = confirmations.issue_by_clinic(by=our.clinician, device=our.device, now=LATER)
    assert later.post(ASKING, {"code": code}).url == EARLIER


def test_a_wrong_code_says_how_many_tries_are_left(later):
    later.post(ASKING, {"mail": "1"})
    wrong = f"{(int(mailed()) + 1) % 1_000_000:06}"
    answer = later.post(ASKING, {"code": wrong})
    assert answer.status_code == 422 and "4 tries are left" in answer.text
    assert later.get(EARLIER).url == ASKING


@pytest.mark.parametrize("typed", ["", "x" * 50])
def test_what_is_no_code_is_refused_with_what_to_type(later, typed):
    answer = later.post(ASKING, {"code": typed})
    assert answer.status_code == 422 and "six digits" in answer.text


@pytest.mark.parametrize(
    "then",
    [
        "",
        "patient:leave",
        "patient:today",
        "clinic:worklist",
        "https://evil.example/",
        "//evil.example",
        "/you/",
        "patient:day",
        "a:b:c:d",
        "patient:earlier\r\nX: y",
    ],
)
def test_it_leads_back_to_a_page_that_asks_and_nowhere_else(our, later, then):
    code = confirmations.issue_by_clinic(by=our.clinician, device=our.device, now=LATER)
    answer = later.post(CONFIRM, {"code": code}, query_params={"next": then})
    assert answer.status_code == 302 and answer.url == YOU


def test_without_mail_the_clinic_is_the_way(later, settings):
    settings.MAIL_IS_ON = False
    html = later.get(ASKING).text
    assert "Mail a code" not in html and "555 0100" in html
    answer = later.post(ASKING, {"mail": "1"})
    assert answer.status_code == 422 and "Call your clinic" in answer.text
    assert not OutgoingMail.objects.exists()


def test_an_eleventh_mail_of_a_day_is_refused_with_the_other_way(later):
    for _ in range(confirmations.MOST_MAILS_A_DAY):
        later.post(ASKING, {"mail": "1"})
    answer = later.post(ASKING, {"mail": "1"})
    assert answer.status_code == 422 and "call your clinic" in answer.text


def test_the_address_of_the_page_holds_a_route_and_nothing_of_anybody(later):
    assert later.get(EARLIER).url.split("?")[1] == "next=patient%3Aearlier"


def test_a_days_page_beyond_reach_asks_too_and_leads_to_the_earlier_days(our, later):
    on = our.injection.injected_on - timedelta(days=15)
    page = reverse("patient:day", args=[on])
    assert later.get(page).url == ASKING
    assert later.post(page, {"pain": "3"}).url == ASKING
    within = reverse("patient:day", args=[on + timedelta(days=1)])
    assert later.get(within).status_code == 200


def test_the_history_shows_the_way_to_earlier_days_where_there_are_any(our, later):
    history = reverse("patient:history")
    our.log({1: 6})
    assert EARLIER not in later.get(history).text
    our.log({-20: 8})
    html = later.get(history).text
    assert EARLIER in html and "pain 8" not in html


def test_an_ended_phones_confirmation_opens_nothing(our, later):
    Device.objects.filter(pk=our.device.pk).update(ended_at=NOW)
    assert later.get(CONFIRM).status_code == 401
