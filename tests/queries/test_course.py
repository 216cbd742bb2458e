"""Where a patient stands."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from tests.cast import NOW, TODAY, injection_record, make_patient
from tracker.actions import injections
from tracker.domain.procedure import Status
from tracker.domain.timeline import PhaseKey
from tracker.domain.wording import MessageKey
from tracker.queries.course import Stage, course

BASELINE = dict.fromkeys(range(-7, 0), 7)


def stand(our, now=NOW):
    our.patient.refresh_from_db()
    return course(patient=our.patient, now=now)


def planned(our, **changes):
    record = injection_record(**({"status": Status.SCHEDULED} | changes))
    injections.change(
        by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW, move_anyway=True
    )


def test_without_an_injection_there_is_nothing_to_compare(our):
    patient = make_patient(our.clinic, given="No", family="Injection", number="n-1")
    assert course(patient=patient, now=NOW).stage is Stage.NO_INJECTION


def test_an_injection_that_was_cancelled_is_told_apart_from_none(our, django_assert_num_queries):
    planned(our, status=Status.CANCELLED)
    our.patient.refresh_from_db()
    with django_assert_num_queries(1):
        assert course(patient=our.patient, now=NOW).stage is Stage.CANCELLED


def plan_another(our, on, **changes):
    record = injection_record(status=Status.SCHEDULED, injected_on=on, **changes)
    injections.add(by=our.clinician, patient=our.patient, record=record, agents=[], now=NOW)


@pytest.mark.parametrize("intent", ["therapeutic", "diagnostic"])
def test_a_next_injection_is_told_beside_the_one_that_was_done(our, intent):
    planned(our, status=Status.PERFORMED, intent=intent)
    assert stand(our).next_on is None
    for ahead in (30, 12):
        plan_another(our, TODAY + timedelta(days=ahead))
    assert stand(our).next_on == TODAY + timedelta(days=12)


def test_a_plan_of_another_patient_or_of_a_day_gone_by_is_not_the_next_one(our):
    neighbour = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    plan_another(replace(our, patient=neighbour), TODAY + timedelta(days=3))
    plan_another(our, TODAY - timedelta(days=1))
    assert stand(our).next_on is None


def test_before_the_injection_the_days_to_go_and_the_baseline_so_far_are_known(our):
    planned(our, injected_on=TODAY + timedelta(days=3))
    our.log({-5: 6, -4: 7})
    found = stand(our)
    assert (found.stage, found.day) == (Stage.BEFORE, -3)
    assert (found.baseline, found.baseline_days) == (Fraction(13, 2), 2)
    assert found.message is None


def test_a_day_that_passed_unconfirmed_says_nothing_about_recovery(our):
    planned(our, injected_on=TODAY - timedelta(days=1))
    found = stand(our)
    assert (found.stage, found.message, found.steps) == (Stage.UNCONFIRMED, None, ())


def test_a_diagnostic_injection_shows_its_readings_and_no_message(our):
    planned(our, injected_on=TODAY, status=Status.PERFORMED, intent="diagnostic")
    our.read((None, 8), (30, 1))
    found = stand(our)
    assert (found.stage, found.readings) == (Stage.BLOCK, ((None, 8), (30, 1)))
    assert found.message is None and found.words == ()


def test_a_recovery_has_its_message_chart_words_and_table(our):
    our.log(BASELINE | dict.fromkeys(range(1, 11), 3))
    found = stand(our)
    assert (found.stage, found.day) == (Stage.RECOVERY, 10)
    assert found.message.key is MessageKey.LOWER_THAN_BEFORE
    assert "You logged 10 days since then. Your last score is 3, for day 10." in found.words
    assert [row.day for row in found.rows] == [*range(10, 0, -1), *range(-1, -8, -1)]


def test_the_message_is_as_of_today_even_where_the_night_was_missed(our):
    our.log(BASELINE | dict.fromkeys(range(1, 11), 3))
    later = stand(our, NOW + timedelta(days=2))
    assert (later.day, later.message.key) == (12, MessageKey.LOWER_THAN_BEFORE)
    assert stand(our, NOW + timedelta(days=5)).message.key is MessageKey.NOT_ENOUGH_SCORES


@pytest.mark.parametrize(
    ("days_ago", "now_keys", "main"),
    [
        (0, {PhaseKey.NUMBING, PhaseKey.SORE_SPOT}, PhaseKey.SORE_SPOT),
        (2, {PhaseKey.SORE_SPOT, PhaseKey.ONSET}, PhaseKey.ONSET),
        (5, {PhaseKey.ONSET}, PhaseKey.ONSET),
        (6, {PhaseKey.FULL_EFFECT}, PhaseKey.FULL_EFFECT),
        (15, {PhaseKey.LASTING}, PhaseKey.LASTING),
    ],
)
def test_phases_that_overlap_both_hold_and_one_is_the_main_one(our, days_ago, now_keys, main):
    planned(our, injected_on=TODAY - timedelta(days=days_ago), status=Status.PERFORMED)
    steps = stand(our).steps
    assert {step.key for step in steps if step.is_now} == now_keys
    assert [step.key for step in steps if step.is_main] == [main]
    assert len(steps) == 5


RISING = {0: 1, 1: 1, 4: 5}


def test_soreness_that_rises_is_a_reason_to_call_whatever_the_pain(our):
    our.log(BASELINE | dict.fromkeys((0, 1, 2, 3, 4), 2), soreness=RISING)
    assert stand(our).reasons_to_call == ("soreness_rising",)


def test_soreness_that_rises_after_a_diagnostic_injection_is_a_reason_to_call(our):
    planned(our, status=Status.PERFORMED, intent="diagnostic")
    our.log(dict.fromkeys(RISING, 2), soreness=RISING)
    found = stand(our)
    assert (found.stage, found.reasons_to_call) == (Stage.BLOCK, ("soreness_rising",))


@pytest.mark.parametrize(("pain", "reasons"), [(8, ()), (9, ("pain_up",))])
def test_pain_two_points_above_the_days_before_is_a_reason_to_call(our, pain, reasons):
    our.log(BASELINE | {8: 7, 9: pain, 10: pain})
    assert stand(our).reasons_to_call == reasons


@pytest.mark.parametrize("logged", [0, 9])
def test_one_statement_however_many_days(our, django_assert_num_queries, logged):
    our.log(BASELINE | dict.fromkeys(range(1, logged + 1), 5))
    our.patient.refresh_from_db()
    with django_assert_num_queries(1):
        course(patient=our.patient, now=NOW)
