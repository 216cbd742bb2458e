from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from tests.cast import NOW, TODAY, injection_record
from tracker.access import NotAllowed
from tracker.actions import injections, pictures
from tracker.actions.injections import Agent, MovesBeyondEntries
from tracker.domain.roles import Role
from tracker.models import Assessment, AuditEvent, ChartPicture, DiaryEntry, Injection, Reading, Track
from tracker.queries.charts import NoChart, chart_tag, recovery_chart
from tracker.queries.pictures import picture_png

pytestmark = pytest.mark.django_db
BASELINE = {-3: 7, -2: 7, -1: 7}
LIDOCAINE = Agent(name="dexamethasone", dose_mg=Decimal(10), lot="L-77")


def move(cast, days: int, **more) -> int:
    record = injection_record(injected_on=cast.injection.injected_on + timedelta(days=days))
    return injections.change(
        by=cast.clinician, injection=cast.injection, record=record, agents=[], now=NOW, **more
    )


def cancel(cast) -> None:
    record = injection_record(status="cancelled")
    injections.change(by=cast.clinician, injection=cast.injection, record=record, agents=[], now=NOW)


def correct_baseline(cast) -> None:
    injections.correct_baseline(
        by=cast.clinician, injection=cast.injection, baseline=Decimal(6), reason="misread scale", now=NOW
    )


def test_a_record_keeps_its_agents_with_dose_and_lot(our):
    injections.change(
        by=our.clinician, injection=our.injection, record=injection_record(), agents=[LIDOCAINE], now=NOW
    )
    agent = our.injection.agents.get()
    assert (agent.name, agent.dose_mg, agent.lot, agent.clinic_id) == (
        "dexamethasone",
        10,
        "L-77",
        our.clinic.pk,
    )


def test_moving_the_date_recomputes_every_day_and_is_recorded(our):
    our.log(BASELINE | {1: 6, 2: 5, 3: 4})
    move(our, -2)
    found = Assessment.objects.get(injection=our.injection)
    assert found.as_of_day == 12
    assert found.case["daily_average"] == {"-1": 7, "0": 7, "1": 7, "3": 6, "4": 5, "5": 4}
    event = AuditEvent.objects.filter(action="injection.change").get()
    assert event.detail == {"fields": ["injected_on"], "moved_days": -2}


def test_a_form_that_was_open_meanwhile_takes_back_no_corrected_baseline(our):
    stale = Injection.objects.get(pk=our.injection.pk)
    correct_baseline(our)
    record = injection_record(operator="Dr Other")
    moved_days = injections.change(by=our.clinician, injection=stale, record=record, agents=[], now=NOW)
    found = Injection.objects.get(pk=our.injection.pk)
    assert (found.baseline_override, found.operator, moved_days) == (Decimal(6), "Dr Other", 0)


def test_a_baseline_corrected_meanwhile_takes_back_no_move(our):
    stale = Injection.objects.get(pk=our.injection.pk)
    assert move(our, -2) == -2
    injections.correct_baseline(
        by=our.clinician, injection=stale, baseline=Decimal(6), reason="misread scale", now=NOW
    )
    assert Assessment.objects.get(injection=our.injection).as_of_day == 12


def test_moving_beyond_all_entries_asks_first_and_loses_nothing(our):
    our.log(BASELINE)
    with pytest.raises(MovesBeyondEntries, match="None of the 3 days"):
        move(our, -400)
    our.injection.refresh_from_db()
    assert our.injection.injected_on == TODAY - timedelta(days=10)
    move(our, -400, move_anyway=True)
    assert not Track.objects.get(injection=our.injection).codes
    move(our, 400)
    assert Assessment.objects.get(injection=our.injection).result["baseline"] == 7.0
    assert DiaryEntry.objects.count() == 3


def test_a_performed_injection_cannot_lie_ahead(our):
    with pytest.raises(ValidationError) as error:
        move(our, 11)
    assert "scheduled" in error.value.message_dict["injected_on"][0]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"closed_on": TODAY - timedelta(days=30), "closed_reason": "surgery"}, "closed_on"),
        ({"closed_on": TODAY}, "closed_reason"),
        ({"closed_on": TODAY + timedelta(days=1), "closed_reason": "surgery"}, "closed_on"),
        ({"injected_on": date(26, 5, 10)}, "injected_on"),
        ({"injected_on": date(1969, 5, 10)}, "injected_on"),  # born in 1970
        ({"injected_on": TODAY - timedelta(days=7306)}, "injected_on"),
        ({"injected_on": TODAY + timedelta(days=367), "status": "scheduled"}, "injected_on"),
        ({"injected_on": date.max, "status": "scheduled"}, "injected_on"),
        ({"region": "sacral"}, "region"),
        ({"operator": ""}, "operator"),
    ],
)
def test_a_wrong_record_names_its_field(our, wrong, field):
    with pytest.raises(ValidationError) as error:
        injections.change(
            by=our.clinician, injection=our.injection, record=injection_record(**wrong), agents=[], now=NOW
        )
    assert field in error.value.message_dict


@pytest.mark.parametrize(
    "right",
    [
        {"injected_on": TODAY + timedelta(days=366), "status": "scheduled"},
        {"injected_on": TODAY - timedelta(days=7305)},
        {"closed_on": TODAY, "closed_reason": "surgery"},
    ],
)
def test_a_date_at_the_edge_of_what_can_be_right_is_taken(our, right):
    record = injection_record(**right)
    injections.change(by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW)
    our.injection.refresh_from_db()
    assert our.injection.injected_on == record.injected_on and our.injection.closed_on == record.closed_on


def test_cancelling_takes_the_injection_off_the_worklist_and_keeps_the_diary(our):
    our.log(BASELINE)
    cancel(our)
    our.patient.refresh_from_db()
    assert our.patient.current_injection is None
    assert not Assessment.objects.filter(injection=our.injection).exists()
    assert DiaryEntry.objects.count() == 3


def test_a_charts_tag_never_returns_when_a_cancelled_injection_is_performed_after_all(our):
    our.log(BASELINE)
    our.log({1: 6})
    before = chart_tag(actor=our.clinician, injection=our.injection.public_id).rev
    cancel(our)
    with pytest.raises(NoChart):
        chart_tag(actor=our.clinician, injection=our.injection.public_id)
    with pytest.raises(NoChart):
        recovery_chart(actor=our.clinician, injection=our.injection.public_id)
    move(our, -1)
    assert chart_tag(actor=our.clinician, injection=our.injection.public_id).rev > before


def test_cancelling_throws_the_picture_away(our):
    pictures.ask(by=our.clinician, injection=our.injection, now=NOW)
    ChartPicture.objects.update(png=b"PNG")
    assert picture_png(actor=our.clinician, injection=our.injection.public_id) == b"PNG"
    cancel(our)
    assert not ChartPicture.objects.exists()
    with pytest.raises(NoChart):
        picture_png(actor=our.clinician, injection=our.injection.public_id)


def test_only_a_clinician_corrects_a_baseline_and_only_with_a_reason(our):
    our.log(BASELINE | {1: 6})
    with pytest.raises(ValidationError):
        injections.correct_baseline(
            by=our.clinician, injection=our.injection, baseline=Decimal(6), reason=" ", now=NOW
        )
    with pytest.raises(NotAllowed):
        injections.correct_baseline(
            by=our.staff[Role.NURSE], injection=our.injection, baseline=Decimal(6), reason="x", now=NOW
        )
    correct_baseline(our)
    assert Assessment.objects.get(injection=our.injection).result["baseline"] == 6.0


def test_a_baseline_above_ten_is_refused(our):
    with pytest.raises(ValidationError):
        injections.correct_baseline(
            by=our.clinician, injection=our.injection, baseline=Decimal(11), reason="typo", now=NOW
        )


def test_right_now_scores_reach_the_assessment_and_can_be_corrected(our):
    our.log(BASELINE)
    our.read((None, 8), (30, 5), (30, 2))
    assert Reading.objects.count() == 2
    assert Assessment.objects.get(injection=our.injection).result["immediate"] == "yes"


def test_an_auditor_changes_nothing(our):
    with pytest.raises(NotAllowed):
        injections.add(
            by=our.staff[Role.AUDITOR], patient=our.patient, record=injection_record(), agents=[], now=NOW
        )
