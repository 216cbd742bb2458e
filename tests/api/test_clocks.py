"""Phones with a clock years off, patients whose zone has an odd name: no day too early, nothing fails."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.api.bodies import ENTRIES, SYNC, entry, post, problem
from tests.api.test_sync import statuses, sync
from tests.cast import NOW, TODAY
from tracker.domain.track import Timing
from tracker.models import DiaryDay, DiaryEntry, Patient

pytestmark = pytest.mark.django_db

SENT = [{}, {"sent_at": "2031-05-20T19:05:00Z"}, {"sent_at": "2026-05-20T19:30:00Z"}]
"""Nobody says what the phone's clock shows; as wrong as the entry says; right by now."""

ZONES = ["US/Eastern", "Asia/Calcutta", "Mars/Olympus"]


@pytest.mark.parametrize("more", SENT)
@pytest.mark.parametrize("day", ["2026-05-22", "2026-05-23", "2031-05-20"])
def test_a_day_that_has_not_come_yet_never_becomes_current_whatever_the_clock_says(phone, day, more):
    ahead = entry(day=day, entered_at=f"{day}T19:00:00Z")
    (answer,) = sync(phone, ahead, **more)
    assert (answer["status"], answer["errors"][0]["field"]) == ("invalid", "day")
    assert not DiaryDay.objects.exists() and not DiaryEntry.objects.exists()


@pytest.mark.parametrize("more", SENT)
def test_nor_by_naming_the_entry_that_it_replaces(phone, more):
    first = entry()
    sync(phone, first)
    (answer,) = sync(phone, entry(day="2031-05-20", replaces=first["client_id"]), **more)
    assert answer["status"] == "invalid"
    assert [day.describes_on for day in DiaryDay.objects.all()] == [TODAY]


@pytest.mark.parametrize("ahead", [1, 2, 365])
def test_nor_by_any_other_way_in(phone, ahead):
    day = TODAY + timedelta(days=ahead)
    entered = f"{day}T19:00:00Z"
    assert problem(post(phone, ENTRIES, entry(day=day.isoformat(), entered_at=entered)))[2] == ["day"]
    page = phone.post(reverse("patient:day", args=[day]), {"client_id": entry()["client_id"], "pain": "4"})
    assert page.status_code == 422
    assert not DiaryDay.objects.exists()


def test_the_day_after_tomorrow_is_taken_once_it_has_come(phone, our):
    """The same entry, kept by its phone: refused is not lost."""
    kept = entry(day="2026-05-22", entered_at="2026-05-20T19:00:00Z")
    assert statuses(sync(phone, kept)) == ["invalid"]
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        assert statuses(sync(phone, kept)) == ["created"]


def test_a_clock_in_2031_that_says_so_is_put_right_and_its_entry_waits_for_a_clinician(phone):
    sync(phone, entry(entered_at="2031-05-20T19:00:00Z"), sent_at="2031-05-20T19:30:00Z")
    row, day = DiaryEntry.objects.get(), DiaryDay.objects.get()
    assert row.corrected_at == NOW - timedelta(minutes=30)
    assert (row.timing, day.scored_pain, day.current) == (Timing.UNCERTAIN, None, row)


def test_a_clock_in_2031_that_says_nothing_is_held_to_the_moment_of_receipt(phone):
    sync(phone, entry(entered_at="2031-05-20T19:00:00Z"))
    row = DiaryEntry.objects.get()
    assert (row.corrected_at, row.timing, row.skew_seconds) == (NOW, Timing.UNCERTAIN, None)


def test_an_entry_of_2031_does_not_beat_a_later_one_for_ever(phone):
    sync(phone, entry(pain=9, entered_at="2031-05-20T18:00:00Z"), sent_at="2031-05-20T19:30:00Z")
    (answer,) = sync(phone, entry(pain=3, entered_at="2026-05-20T19:00:00Z"), sent_at="2026-05-20T19:30:00Z")
    assert answer["current"]["pain"] == 3


def test_a_clock_without_a_battery_is_believed_nowhere_and_its_entry_is_kept(phone):
    (answer,) = sync(phone, entry(entered_at="1970-01-01T00:05:00Z"), sent_at="1970-01-01T00:06:00Z")
    assert answer["status"] == "created"
    assert Timing(DiaryEntry.objects.get().timing) is Timing.UNCERTAIN


def test_a_year_that_no_clock_shows_is_named_and_holds_back_nothing_else(phone):
    wrong, right = entry(entered_at="1969-05-20T19:00:00Z"), entry()
    answers = sync(phone, wrong, right)
    assert statuses(answers) == ["invalid", "created"]
    assert answers[0]["client_id"] == wrong["client_id"]
    assert "Set it, then send again" in answers[0]["errors"][0]["message"]


def test_a_year_that_no_clock_shows_at_sending_is_refused_with_the_whole_outbox_and_nothing_is_stored(phone):
    body = {"changes": [entry()], "sent_at": "1969-05-20T19:30:00Z"}
    assert problem(post(phone, SYNC, body)) == (400, "invalid", ["sent_at"])
    assert not DiaryEntry.objects.exists()


# --- Names of zones --------------------------------------------------------------------------------


@pytest.fixture(params=ZONES)
def zone(request, our) -> str:
    our.log({9: 5})
    Patient.objects.update(time_zone=request.param)
    return request.param


@pytest.mark.usefixtures("zone", "drawn_frames")
@pytest.mark.parametrize(
    "name", ["today", "history", "course", "now", "you", "phones", "caregivers", "lookers", "preferences"]
)
def test_every_page_opens_whatever_the_zone_is_called(phone, name):
    assert phone.get(reverse(f"patient:{name}")).status_code == (404 if name == "now" else 200)


def test_an_outbox_is_taken_whatever_the_zone_is_called(phone, zone):
    assert statuses(sync(phone, entry(), entry(day="2026-05-23"))) == ["created", "invalid"]
    assert phone.get(ENTRIES).status_code == 200


@pytest.mark.usefixtures("zone", "drawn_frames")
def test_the_clinic_sees_and_corrects_the_record_whatever_the_zone_is_called(our, desk):
    record = reverse("clinic:patient", args=[our.patient.public_id])
    assert "Quill" in desk.get(reverse("clinic:worklist")).text
    assert desk.get(record).status_code == 200
    said = {"given_name": "Ada", "family_name": "Quilt", "born_on": "1970-03-04", "record_number": "h-1"}
    said["language"] = "en"
    answer = desk.post(reverse("clinic:patient_edit", args=[our.patient.public_id]), said)
    assert answer.status_code == 302
    our.patient.refresh_from_db()
    assert our.patient.family_name == "Quilt"


def test_an_evening_in_the_east_is_counted_by_its_own_calendar_under_the_older_name_too(phone, our):
    Patient.objects.update(time_zone="Asia/Calcutta")  # 01:00 of the 21st there
    assert statuses(sync(phone, entry(day="2026-05-21", entered_at="2026-05-20T19:29:00Z"))) == ["created"]
