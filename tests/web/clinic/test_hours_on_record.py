"""When an injection was, on the clinic's page; and what is said where the patient corrected it later."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, ClinicCast, form_change, injection_record
from tracker.actions import injections, readings, responses
from tracker.domain.track import Source
from tracker.models import Assessment, Patient

CORRECTED = "The patient corrected this time after scores had been saved."


@pytest.fixture
def block(our: ClinicCast) -> ClinicCast:
    record = injection_record(intent="diagnostic")
    injections.change(by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW)
    return our


def moment(our: ClinicCast, clock: str) -> datetime:
    """On the day of the injection, in UTC."""
    return datetime.combine(our.injection.injected_on, time.fromisoformat(clock), tzinfo=UTC)


def say(our: ClinicCast, form: str, clock: str, *, part: str = "", **said: object) -> None:
    sent = form_change(form, our.injection.injected_on, part=part, **said)
    change = replace(sent, entered_at=moment(our, clock))
    responses.record(by=our.device, patient=our.patient, changes=[change], now=NOW)


def page_of(our: ClinicCast, desk: Client) -> str:
    return desk.get(reverse("clinic:injection", args=[our.injection.public_id])).text


def test_the_time_that_the_patient_wrote_down_last_is_told(block: ClinicCast, desk: Client) -> None:
    assert "as the patient wrote it down" not in page_of(block, desk)
    say(block, "start", "09:20", at="09:10")
    say(block, "start", "09:25", at="09:15")
    say(block, "reading", "09:31", part="15", pain=1, rescue=False)
    html = page_of(block, desk)
    assert "Injection at <b>09:15</b>" in html and CORRECTED not in html


def test_a_time_corrected_after_scores_were_saved_is_said_and_moves_none_of_them(
    block: ClinicCast, desk: Client
) -> None:
    Patient.objects.update(time_zone="America/New_York")  # 4 hours behind
    say(block, "start", "13:20", at="09:10")
    say(block, "reading", "13:05", part="before", pain=8)
    say(block, "reading", "13:27", part="15", pain=1, rescue=False)
    say(block, "reading", "13:41", part="30", pain=1, rescue=False)
    verdict = Assessment.objects.get().label
    say(block, "start", "14:00", at="09:35")
    say(block, "reading", "14:20", part="45", pain=2, rescue=False)
    html = page_of(block, desk)
    assert "Injection at <b>09:35</b>" in html and CORRECTED in html
    assert 'see <a href="#readings">pain right now</a>' in html
    rows = ("15 min", "8 min before the corrected time"), ("30 min", "6 min after the corrected time")
    for filed, corrected in rows:
        assert f'{filed}<span class="on">{corrected}</span>' in html
    assert html.count("the corrected time</span>") == 2
    assert Assessment.objects.get().label == verdict == "diagnostic:positive"


def test_minutes_that_staff_typed_go_by_no_clock(block: ClinicCast, desk: Client) -> None:
    say(block, "start", "09:20", at="09:10")
    at = moment(block, "09:30")
    told = {"minutes": 15, "pain": 2, "source": Source.STAFF, "entered_at": at, "now": NOW}
    readings.record(by=block.clinician, injection=block.injection, **told)
    say(block, "start", "23:00", at="09:35")
    assert CORRECTED not in page_of(block, desk)


def test_of_a_treatment_it_says_nothing_about_a_block(our: ClinicCast, desk: Client) -> None:
    say(our, "start", "09:20", at="09:10")
    say(our, "reading", "09:45", part="30", pain=2)
    say(our, "start", "10:00", at="09:00")
    html = page_of(our, desk)
    assert CORRECTED in html and "the block is judged" not in html and "45 min after the corrected" in html
