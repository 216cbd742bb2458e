"""How far a phone reads over the API: the current treatment, and for a caregiver what was agreed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.api.bodies import ENTRIES, SYNC, entry, post, problem
from tests.cast import NOW, TODAY, change, injection_record, make_caregiver, make_device
from tracker.actions import confirmations, diary, injections
from tracker.domain.track import Source
from tracker.models import DiaryEntry

pytestmark = pytest.mark.usefixtures("still_clock")

LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def helping(our) -> Callable[..., Client]:
    """Makes a caregiver's phone with what was agreed."""

    def helping(**agreed: object) -> Client:
        _, token = make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient, **agreed))
        client = Client()
        client.cookies[settings.DEVICE_COOKIE_NAME] = token
        return client

    return helping


def logged_long_ago(our) -> None:
    """One day of the current treatment, and two from before what a phone reaches."""
    for days in (-1, -15, -16):
        on = our.injection.injected_on + timedelta(days=days)
        diary.record(by=our.device, patient=our.patient, changes=[change(on, 5)], now=NOW)


def days_of(answer) -> list[str]:
    return [line["entry"]["day"] for line in answer.json()["entries"]]


def test_pages_end_where_the_phone_reaches_and_go_on_after_a_step_up(our, phone):
    logged_long_ago(our)
    with time_machine.travel(LATER, tick=False):
        first = phone.get(ENTRIES)
        assert len(days_of(first)) == 1
        refused = phone.get(ENTRIES, {"cursor": first.json()["next_cursor"]})
        assert problem(refused) == (403, "step-up", [])
        code = confirmations.issue_by_clinic(by=our.clinician, device=our.device, now=LATER)
        confirmations.check(by=our.device, code=code, now=LATER)
        rest = phone.get(ENTRIES, {"cursor": first.json()["next_cursor"]})
        assert len(days_of(rest)) == 2 and rest.json()["next_cursor"] is None


def test_a_conflict_about_a_day_of_long_ago_shows_nothing_of_it(our, phone):
    logged_long_ago(our)
    day = str(our.injection.injected_on - timedelta(days=15))
    before = "2026-04-01T08:00:00Z"  # the entry that is there was made later, and stays
    with time_machine.travel(LATER, tick=False):
        answer = post(phone, ENTRIES, entry(day=day, pain=9, entered_at=before))
        assert answer.json()["status"] == "conflict" and answer.json()["current"] is None
        changes = [entry(day=day, pain=8, entered_at=before, client_id=str(uuid.uuid4()))]
        result = post(phone, SYNC, {"changes": changes}).json()["results"][0]
        assert (result["status"], result["current"]) == ("conflict", None)


def test_the_chart_of_an_earlier_treatment_needs_a_step_up(our, phone, drawn_frames):
    older = injections.add(
        by=our.clinician,
        patient=our.patient,
        record=injection_record(injected_on=TODAY - timedelta(days=100), region="thoracic"),
        agents=[],
        now=NOW,
    )
    with time_machine.travel(LATER, tick=False):
        current = reverse("api:chart_svg", args=[our.injection.public_id])
        assert phone.get(current).status_code == 200
        earlier = reverse("api:chart_svg", args=[older.public_id])
        assert problem(phone.get(earlier)) == (403, "step-up", [])
    assert phone.get(earlier).status_code == 200  # it has just joined


def test_who_may_only_log_reads_nothing(our, helping, drawn_frames):
    logger = helping(may_read=False)
    assert problem(logger.get(ENTRIES)) == (403, "not-allowed", [])
    chart = reverse("api:chart_svg", args=[our.injection.public_id])
    assert problem(logger.get(chart)) == (403, "not-allowed", [])


def test_who_may_only_log_learns_nothing_from_a_conflict(our, helping):
    our.log({10: 8})
    logger, early = helping(may_read=False), "2026-05-20T08:00:00Z"
    answer = post(logger, ENTRIES, entry(pain=3, entered_at=early))
    assert (answer.status_code, answer.json()["status"]) == (201, "conflict")
    assert answer.json()["entry"]["pain"] == 3 and answer.json()["current"] is None
    changes = [entry(pain=4, entered_at=early, client_id=str(uuid.uuid4()))]
    result = post(logger, SYNC, {"changes": changes}).json()["results"][0]
    assert (result["status"], result["current"]) == ("conflict", None)
    assert {one.source for one in DiaryEntry.objects.all()} == {Source.PATIENT, Source.PROXY}


def test_who_may_only_log_learns_nothing_from_sending_again(our, helping):
    logger, first = helping(may_read=False), entry(pain=3)
    post(logger, SYNC, {"changes": [first]})
    our.log({10: 8})
    result = post(logger, SYNC, {"changes": [first]}).json()["results"][0]
    assert (result["status"], result["current"]) == ("duplicate", None)


def test_what_was_sent_again_about_a_day_of_long_ago_shows_nothing_of_it(our, phone):
    day = str(our.injection.injected_on - timedelta(days=15))
    first = entry(day=day)
    post(phone, SYNC, {"changes": [first, entry(day=day, replaces=first["client_id"], pain=7)]})
    assert post(phone, SYNC, {"changes": [first]}).json()["results"][0]["current"]["pain"] == 7
    with time_machine.travel(LATER, tick=False):
        result = post(phone, SYNC, {"changes": [first]}).json()["results"][0]
    assert (result["status"], result["current"]) == ("duplicate", None)


def test_who_may_only_read_sends_nothing(our, helping):
    reader = helping(may_log=False)
    assert reader.get(ENTRIES).status_code == 200
    assert problem(post(reader, ENTRIES, entry())) == (403, "not-allowed", [])
    assert problem(post(reader, SYNC, {"changes": [entry()]})) == (403, "not-allowed", [])
    assert not DiaryEntry.objects.exists()


def test_a_caregivers_entry_says_so(helping):
    answer = post(helping(), ENTRIES, entry())
    assert answer.json()["entry"]["source"] == "proxy"


def test_after_the_last_day_a_caregiver_is_signed_out(helping):
    late = helping(from_on=TODAY - timedelta(days=9), to_on=TODAY - timedelta(days=1))
    answer = post(late, ENTRIES, entry())
    assert problem(answer) == (401, "signed-out", []) and answer.headers["Clear-Site-Data"]
