"""Which injection a patient's plan is about, and which answers belong to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import NOW, TODAY, injection_record
from tracker.actions import care, injections, protocols
from tracker.domain.care import CarePlan
from tracker.domain.procedure import Status
from tracker.domain.roles import Role
from tracker.queries.care import care_of, care_sheet


def planned(our, *, day, **changes):
    """Another injection, so many days from today."""
    record = injection_record(status=Status.SCHEDULED, injected_on=TODAY + timedelta(days=day), **changes)
    return injections.add(by=our.clinician, patient=our.patient, record=record, agents=[], now=NOW)


def about(our):
    our.patient.refresh_from_db()
    return care_of(patient=our.patient, now=NOW)


def move(our, *, to, **changes):
    record = injection_record(injected_on=TODAY + timedelta(days=to), **changes)
    injections.change(
        by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW, move_anyway=True
    )


def test_the_performed_one_is_followed_for_two_weeks(our):
    found = about(our)
    assert (found.injection, found.day, found.is_performed) == (our.injection.public_id, 10, True)


@pytest.mark.parametrize(
    ("performed", "planned_in", "is_next"),
    [(-10, 7, True), (-10, 8, False), (-15, 60, True), (-14, 60, False), (-30, -1, True)],
)
def test_a_next_one_takes_over_when_it_is_near_or_the_weeks_are_over(our, performed, planned_in, is_next):
    move(our, to=performed)
    following = planned(our, day=planned_in)
    assert about(our).injection == (following if is_next else our.injection).public_id


def test_a_planned_one_that_was_overtaken_is_forgotten(our):
    planned(our, day=-12)
    assert about(our).injection == our.injection.public_id


def test_without_an_injection_there_is_no_plan(our):
    move(our, to=-10, status=Status.CANCELLED)
    assert about(our) is None


def test_answers_up_to_the_injection_before_are_about_that_one(our):
    our.answer("preparation", -2, part="driver", done=True)
    our.answer("preparation", 8, part="medicines", done=True)
    assert about(our).answers.done == {"driver": True, "medicines": True}
    planned(our, day=3)
    assert about(our).answers.done == {"medicines": True}


def test_the_newest_answer_stands(our):
    our.answer("question", -2, part="is_pregnant", yes=True)
    our.answer("question", -1, part="is_pregnant", yes=False)
    our.answer("sugar", 1, part="morning", mg_dl=180)
    our.answer("sugar", 1, part="morning", mg_dl=210)
    found = about(our).answers
    assert found.yes == {"is_pregnant": False}
    assert found.sugar == {(our.injection.injected_on + timedelta(days=1), "morning"): 210}


def test_a_block_speaks_of_a_steroid_only_where_the_record_names_one(our):
    care.write(by=our.clinician, injection=our.injection, plan=CarePlan(is_diabetic=True), now=NOW)
    move(our, to=-10, intent="diagnostic")
    assert about(our).plan.sugar_last_day is None
    agents = [injections.Agent(name="dexamethasone", dose_mg=10)]
    record = injection_record(intent="diagnostic")
    injections.change(by=our.clinician, injection=our.injection, record=record, agents=agents, now=NOW)
    assert about(our).plan.sugar_last_day == 14


def test_a_plan_takes_two_statements(our, django_assert_num_queries):
    our.patient.refresh_from_db()
    with django_assert_num_queries(2):
        care_of(patient=our.patient, now=NOW)


def test_a_plan_that_nobody_wrote_has_the_figures_of_the_injections_protocol(our):
    boss = our.staff[Role.ADMINISTRATOR]
    ours = protocols.copy(by=boss, key="cervical-thoracic-interlaminar", now=NOW)
    body = {"name": "Ours", "care": {"fasting_hours": 6, "no_driving_hours": 12}}
    protocols.save_draft(by=boss, protocol=ours, body=body, now=NOW)
    protocols.publish(by=boss, protocol=ours, note="", now=NOW)
    before = care_sheet(injection=our.injection, now=NOW)
    injections.change(
        by=our.clinician,
        injection=our.injection,
        record=injection_record(),
        agents=[],
        now=NOW,
        protocol=str(ours.public_id),
    )
    after = care_sheet(injection=our.injection, now=NOW)
    assert (before.care.figures.fasting_hours, after.care.figures.fasting_hours) == (None, 6)
    assert (before.care.figures.no_driving_hours, after.care.figures.no_driving_hours) == (24, 12)
