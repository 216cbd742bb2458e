"""The moments of the day of an injection in a phone's copy, so that they are there without a network."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.cast import NOW, TODAY, form_change, injection_record
from tracker.actions import injections, readings, responses
from tracker.domain.procedure import Status

pytestmark = pytest.mark.django_db

MINE = reverse("api:mine")


def moved(our, days: int, **changes: object) -> None:
    record = injection_record(injected_on=TODAY + timedelta(days=days), **changes)
    injections.change(
        by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW, move_anyway=True
    )


@pytest.mark.usefixtures("still_clock")
def test_days_after_an_injection_there_are_no_moments(our, phone):
    assert phone.get(MINE).json()["right_now"] is None


@pytest.mark.usefixtures("still_clock")
@pytest.mark.parametrize(("days", "status"), [(0, Status.PERFORMED), (1, Status.SCHEDULED)])
def test_the_day_before_the_phone_has_what_is_asked_on_the_day(our, phone, days, status):
    moved(our, days, intent="diagnostic", status=status)
    found = phone.get(MINE).json()["right_now"]
    assert (found["on"], found["is_diagnostic"], found["started_at"]) == (
        str(TODAY + timedelta(days=days)),
        True,
        None,
    )
    assert found["moments"][:3] == [
        {
            "part": "before",
            "words": "Before the injection",
            "minutes": None,
            "from_minute": None,
            "to_minute": None,
            "pain": None,
            "is_given": False,
        },
        {
            "part": "15",
            "words": "15 minutes after",
            "minutes": 15,
            "from_minute": 10,
            "to_minute": 24,
            "pain": None,
            "is_given": False,
        },
        {
            "part": "30",
            "words": "30 minutes after",
            "minutes": 30,
            "from_minute": 25,
            "to_minute": 39,
            "pain": None,
            "is_given": False,
        },
    ]


@pytest.mark.usefixtures("still_clock")
def test_what_was_said_is_in_the_copy_and_the_last_word_on_the_time_counts(our, phone):
    moved(our, 0)
    readings.record(by=our.device, injection=our.injection, minutes=30, pain=2, now=NOW)
    for minute, at in enumerate(("09:10", "08:55")):
        change = form_change("start", TODAY, at=at)
        later = NOW + timedelta(minutes=minute)
        responses.record(
            by=our.device,
            patient=our.patient,
            changes=[type(change)(change.client_id, "start", TODAY, change.said, later)],
            now=later,
        )
    found = phone.get(MINE).json()["right_now"]
    assert found["started_at"] == "08:55"
    assert [(one["part"], one["pain"], one["is_given"]) for one in found["moments"]] == [
        ("before", None, False),
        ("30", 2, True),
        ("240", None, False),
    ]


@pytest.mark.usefixtures("still_clock")
def test_a_planned_block_beside_an_earlier_injection_is_in_the_copy(our, phone):
    planned = injection_record(
        injected_on=TODAY + timedelta(days=2), intent="diagnostic", status=Status.SCHEDULED
    )
    injections.add(by=our.clinician, patient=our.patient, record=planned, agents=[], now=NOW)
    assert phone.get(MINE).json()["right_now"]["on"] == str(TODAY + timedelta(days=2))
