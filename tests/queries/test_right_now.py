"""The moments on offer on the day of the injection."""

from datetime import timedelta

import pytest

from tests.cast import (
    NOW,
    TODAY,
    form_change,
    holding,
    injection_record,
    make_caregiver,
    make_device,
    make_patient,
)
from tracker.actions import injections, readings, responses
from tracker.domain.hours import Stage, windows
from tracker.domain.procedure import Status
from tracker.domain.protocol import LIMITS, SHIPPED
from tracker.domain.track import Source
from tracker.queries.current_injection import current_injection
from tracker.queries.right_now import right_now, right_now_ahead


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
    moments = right_now(reader=holding(our.patient), now=NOW).moments
    assert [(moment.minutes, moment.pain) for moment in moments] == [(None, None), (30, 2), (240, None)]


def test_a_diagnostic_injection_is_followed_for_eight_hours(our):
    on_day_0(our, intent="diagnostic")
    moments = right_now(reader=holding(our.patient), now=NOW).moments
    assert (len(moments), moments[1].minutes, moments[-1].minutes) == (12, 15, 480)


@pytest.mark.parametrize("days", [-1, 1])
def test_on_any_other_day_nothing_is_asked(our, days):
    on_day_0(our)
    assert right_now(reader=holding(our.patient), now=NOW + timedelta(days=days)) is None


LATE = NOW.replace(hour=23, minute=50)
NIGHT = NOW.replace(hour=3, minute=59) + timedelta(days=1)


@pytest.mark.parametrize("now", [LATE, LATE + timedelta(minutes=10), NIGHT])
def test_hours_of_a_late_block_are_asked_until_four_in_the_night(our, now):
    on_day_0(our, intent="diagnostic")
    start = [form_change("start", TODAY, at="19:40")]
    responses.record(by=our.device, patient=our.patient, changes=start, now=now)
    reader = holding(our.patient)
    found = right_now(reader=reader, now=now)
    assert found.injection == our.injection and found.due is not None
    current = current_injection(patient=our.patient, now=now)
    assert right_now_ahead(reader=reader, current=current, now=now).due == found.due


def test_from_four_on_the_day_after_a_block_is_another_day(our):
    on_day_0(our, intent="diagnostic")
    reader, now = holding(our.patient), NIGHT + timedelta(minutes=1)
    current = current_injection(patient=our.patient, now=now)
    assert right_now(reader=reader, now=now) is None
    assert right_now_ahead(reader=reader, current=current, now=now) is None


@pytest.mark.parametrize("protocol", SHIPPED.values(), ids=SHIPPED)
def test_a_block_until_half_past_seven_in_the_evening_has_its_last_hour_before_four(protocol):
    last = windows(is_diagnostic=True, rules=protocol.rules)[-1]
    assert timedelta(hours=19, minutes=30) + timedelta(minutes=last.from_minute) < timedelta(hours=28)
    assert "block_checkpoint_minutes" not in LIMITS  # no clinic can have it later


def test_in_the_night_the_injection_of_the_new_day_is_asked_about_where_yesterday_had_none(our):
    on_day_0(our)
    now = NOW.replace(hour=1)
    assert right_now(reader=holding(our.patient), now=now).injection == our.injection


def test_in_the_night_a_planned_block_of_yesterday_goes_on_beside_an_earlier_injection(our):
    planned = injection_record(injected_on=TODAY, intent="diagnostic", status=Status.SCHEDULED)
    added = injections.add(by=our.clinician, patient=our.patient, record=planned, agents=[], now=NOW)
    our.patient.refresh_from_db()
    current = current_injection(patient=our.patient, now=NIGHT)
    found = right_now_ahead(reader=holding(our.patient), current=current, now=NIGHT)
    assert found.injection == added


def test_without_an_injection_nothing_is_asked(our):
    assert (
        right_now(reader=holding(make_patient(our.clinic, given="N", family="I", number="n")), now=NOW)
        is None
    )


def test_it_takes_two_statements(our, django_assert_num_queries):
    on_day_0(our)
    with django_assert_num_queries(2):
        right_now(reader=holding(our.patient), now=NOW)


def test_a_caregiver_who_may_only_log_sees_that_there_is_a_score_and_not_which(our):
    on_day_0(our)
    readings.record(by=our.device, injection=our.injection, minutes=30, pain=2, now=NOW)
    caregiver = make_caregiver(our.patient, may_read=False)
    helper, _ = make_device(our.patient, our.clinician, caregiver=caregiver)
    moments = right_now(reader=helper, now=NOW).moments
    assert [(moment.pain, moment.is_given) for moment in moments] == [
        (None, False),
        (None, True),
        (None, False),
    ]


def test_moments_are_due_by_the_time_that_the_patient_gave(our):
    on_day_0(our, intent="diagnostic")
    responses.record(
        by=our.device, patient=our.patient, changes=[form_change("start", TODAY, at="19:00")], now=NOW
    )
    found = right_now(reader=holding(our.patient), now=NOW)
    assert (found.started_at, found.due.minutes) == ("19:00", 30)
    stages = [(moment.minutes, moment.stage, moment.at) for moment in found.moments[:5]]
    assert stages == [
        (None, Stage.OPEN, ""),
        (15, Stage.MISSED, "19:15"),
        (30, Stage.NOW, "19:30"),
        (45, Stage.AHEAD, "19:45"),
        (60, Stage.AHEAD, "20:00"),
    ]
    assert [found.takes(moment) for moment in found.moments[:4]] == [True, False, True, False]


def test_before_anybody_said_when_it_was_only_a_block_has_to_wait(our):
    on_day_0(our)
    found = right_now(reader=holding(our.patient), now=NOW)
    assert all(found.takes(moment) for moment in found.moments) and found.due.minutes is None
    on_day_0(our, intent="diagnostic")
    found = right_now(reader=holding(our.patient), now=NOW)
    assert [moment.minutes for moment in found.moments if found.takes(moment)] == [None]


def test_a_planned_block_beside_an_earlier_injection_is_asked_about_on_its_day(our):
    planned = injection_record(injected_on=TODAY, intent="diagnostic", status=Status.SCHEDULED)
    added = injections.add(by=our.clinician, patient=our.patient, record=planned, agents=[], now=NOW)
    our.patient.refresh_from_db()
    assert our.patient.current_injection_id == our.injection.pk
    assert right_now(reader=holding(our.patient), now=NOW).injection == added
