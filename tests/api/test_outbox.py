"""An outbox that is handed in late: after the session is over, or after somebody else has joined."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from tests.api.bodies import ENTRIES, SYNC, entry, post, problem
from tests.api.test_sync import statuses, sync
from tests.cast import NOW, make_caregiver, make_patient
from tests.scopes import inside
from tracker.actions import devices, invitations
from tracker.models import AuditEvent, Caregiver, DiaryEntry, Patient

pytestmark = pytest.mark.django_db

OVER = NOW + settings.DEVICE_IDLE
"""When the session of a phone that joined now is over."""

TOKEN = "a" * 32


def joined(cast, *, caregiver: Caregiver | None = None) -> Client:
    """A phone with both of its cookies."""
    code = invitations.issue(by=cast.clinician, patient=cast.patient, caregiver=caregiver, now=NOW).code
    keys = invitations.redeem(typed=code, born_on=cast.patient.born_on, device_name="x", now=NOW)
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = keys.session
    client.cookies[settings.APPEND_COOKIE_NAME] = keys.append
    return client


@pytest.fixture
def late(our):
    """Our patient's phone, on the day after its session was over."""
    phone = joined(our)
    with time_machine.travel(OVER + timedelta(days=1), tick=False):
        yield phone


def of_that_day(**fields):
    return entry(day="2026-08-19", entered_at="2026-08-19T19:00:00Z", **fields)


def test_what_was_logged_is_handed_in_after_the_session_is_over(our, late):
    assert problem(late.get(ENTRIES))[:2] == (401, "signed-out")
    assert statuses(sync(late, of_that_day(pain=6))) == ["created"]
    assert DiaryEntry.objects.get().pain == 6
    assert AuditEvent.objects.latest("id").action == "diary.record"


def test_a_phone_that_lost_its_session_cookie_hands_in_too(our, still_clock):
    phone = joined(our)
    del phone.cookies[settings.DEVICE_COOKIE_NAME]
    assert statuses(sync(phone, entry())) == ["created"]


@pytest.mark.row(8)
@pytest.mark.parametrize(
    "address", [ENTRIES, "/diary/", "/you/", "/course/", "/course/chart.svg", "/you/phones/"]
)
def test_its_key_opens_nothing_else(late, address):
    answer = late.get(address)
    assert answer.status_code == (401 if address.startswith("/api/") else 302)
    assert problem(post(late, ENTRIES, of_that_day()))[:2] == (401, "signed-out")


def test_the_key_of_the_session_is_no_key_of_the_outbox_and_the_other_way_round(our, still_clock):
    phone = joined(our)
    names = (settings.DEVICE_COOKIE_NAME, settings.APPEND_COOKIE_NAME)
    keys = [phone.cookies[name].value for name in names]
    for name, key in zip(names, reversed(keys), strict=True):
        swapped = Client()
        swapped.cookies[name] = key
        assert problem(post(swapped, SYNC, {"changes": [entry()]}))[:2] == (401, "signed-out")


@pytest.mark.row(8)
def test_its_answers_say_nothing_of_what_is_stored(our, late):
    first = of_that_day(pain=9)
    sync(late, first)
    conflict, refused, reused = sync(late, of_that_day(pain=2), entry(day="2020-01-01"), first | {"pain": 1})
    assert (conflict["status"], conflict["current"]) == ("conflict", None)
    assert refused["errors"] == [
        {"field": "day", "message": "This cannot be stored. Open the diary to see why."}
    ]
    assert (reused["status"], reused["current"]) == ("id_reused", None)
    assert "9" not in str([conflict["errors"], reused["errors"]])
    sync(late, of_that_day(pain=3) | {"entered_at": "2026-08-19T20:00:00Z"})
    (again,) = sync(late, first)
    assert (again["status"], again["current"]) == ("duplicate", None)


@pytest.mark.row(9)
def test_a_phone_that_was_signed_out_hands_in_no_more(our, late):
    device = devices.Device.objects.latest("id")
    devices.end(by=our.clinician, device=device, now=OVER)
    for cookies in (
        (settings.DEVICE_COOKIE_NAME, settings.APPEND_COOKIE_NAME),
        (settings.APPEND_COOKIE_NAME,),
    ):
        phone = Client()
        for name in cookies:
            phone.cookies[name] = late.cookies[name].value
        answer = post(phone, SYNC, {"changes": [of_that_day()]})
        assert problem(answer)[:2] == (401, "signed-out")
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not DiaryEntry.objects.exists()


def test_a_helper_whose_days_are_over_hands_in_no_more(our):
    phone = joined(our, caregiver=make_caregiver(our.patient))
    with time_machine.travel(OVER, tick=False):
        assert problem(post(phone, SYNC, {"changes": [of_that_day()]}))[:2] == (401, "signed-out")


def test_without_consent_nothing_is_taken(our, late):
    Patient.objects.update(consent_version="")
    assert problem(post(late, SYNC, {"changes": [of_that_day()]}))[:2] == (403, "not-allowed")


@pytest.mark.row(9)
@pytest.mark.parametrize(
    "key", ["", "x", "1.", "0.abc", "-1.abc", "99.abc", "1.abc.def", "9" * 40 + ".x", "²." + "x"]
)
def test_what_is_no_key_of_ours_opens_nothing(our, still_clock, key):
    phone = Client()
    phone.cookies[settings.APPEND_COOKIE_NAME] = key
    assert problem(post(phone, SYNC, {"changes": [entry()]}))[:2] == (401, "signed-out")


def test_another_site_cannot_hand_in_for_a_phone(our, late):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = late.cookies
    assert problem(post(strict, SYNC, {"changes": [of_that_day()]}))[:2] == (403, "csrf")
    strict.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
    answer = post(strict, SYNC, {"changes": [of_that_day()]}, **{"X-CSRFToken": TOKEN})
    assert answer.status_code == 200


# --- Two people, one phone -------------------------------------------------------------------------


def test_the_page_names_whose_diary_it_is(our, phone):
    assert f'<meta name="diary-of" content="{our.patient.public_id}">' in phone.get("/diary/").text


def test_an_outbox_of_its_own_patient_is_taken(our, phone):
    results = sync(phone, entry(), owner=str(our.patient.public_id))
    assert statuses(results) == ["created"]


@pytest.mark.row(11)
def test_what_somebody_logged_before_another_joined_is_nobodys(our, their, phone):
    neighbour = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    with inside(their):
        stranger = their.patient.public_id
    left = [entry(), entry(pain=11), {"client_id": 5}]
    for owner in (neighbour.public_id, stranger, uuid.uuid4()):
        results = sync(phone, *left, owner=str(owner))
        assert statuses(results) == ["wrong_owner"] * 3
        assert [result["client_id"] for result in results] == [
            left[0]["client_id"],
            left[1]["client_id"],
            None,
        ]
        assert not [result for result in results if result["errors"] or result["current"]]
    assert not DiaryEntry.objects.exists()


@pytest.mark.row(11)
def test_the_next_person_on_a_phone_can_neither_read_nor_hand_in_for_the_first(our, still_clock):
    first = joined(our)
    sync(first, entry(pain=7))
    neighbour = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    code = invitations.issue(by=our.clinician, patient=neighbour, now=NOW).code
    old = {name: morsel.value for name, morsel in first.cookies.items()}
    first.post("/join/", {"code": code, "born_on": str(neighbour.born_on)})
    assert first.get(ENTRIES).json()["entries"] == []
    assert statuses(sync(first, entry(), owner=str(our.patient.public_id))) == ["wrong_owner"]
    again = Client()
    for name, key in old.items():
        again.cookies[name] = key
    assert problem(post(again, SYNC, {"changes": [entry()]}))[:2] == (401, "signed-out")
    assert DiaryEntry.objects.filter(patient=our.patient).count() == 1


@pytest.mark.parametrize("owner", ["me", 5, [], "{}", "0" * 32])
def test_an_owner_that_is_no_id_is_refused(phone, owner):
    assert problem(post(phone, SYNC, {"changes": [], "owner": owner})) == (400, "invalid", ["owner"])
