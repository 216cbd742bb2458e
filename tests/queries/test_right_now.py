"""The moments on offer on the day of the injection."""

from datetime import timedelta

import pytest

from tests.cast import NOW, TODAY, injection_record, make_patient
from tracker.actions import injections, readings
from tracker.domain.track import Source
from tracker.queries.right_now import right_now


def on_day_0(our, **changes):
    record = injection_record(injected_on=TODAY, **changes)
    injections.change(
        by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW, move_anyway=True
    )
    our.patient.refresh_from_db()


def test_before_half_an_hour_and_four_hours_are_asked(our):
    on_day_0(our)
    readings.record(
        by=our.device, injection=our.injection, minutes=30, pain=2, now=NOW, source=Source.PATIENT
    )
    moments = right_now(patient=our.patient, now=NOW).moments
    assert [(moment.minutes, moment.pain) for moment in moments] == [(None, None), (30, 2), (240, None)]


def test_a_diagnostic_injection_is_followed_for_eight_hours(our):
    on_day_0(our, intent="diagnostic")
    moments = right_now(patient=our.patient, now=NOW).moments
    assert (len(moments), moments[1].minutes, moments[-1].minutes) == (12, 15, 480)


@pytest.mark.parametrize("days", [-1, 1])
def test_on_any_other_day_nothing_is_asked(our, days):
    on_day_0(our)
    assert right_now(patient=our.patient, now=NOW + timedelta(days=days)) is None


def test_without_an_injection_nothing_is_asked(our):
    assert right_now(patient=make_patient(our.clinic, given="N", family="I", number="n"), now=NOW) is None


def test_it_takes_one_statement(our, django_assert_num_queries):
    on_day_0(our)
    with django_assert_num_queries(1):
        right_now(patient=our.patient, now=NOW)
