"""Writing a care plan down: what is stored, what is refused, and what the trail says."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from tests.cast import NOW
from tracker.actions import care
from tracker.domain.attention import Level
from tracker.domain.care import CareFigures, CarePlan
from tracker.models import Alert, AuditEvent, Injection, Patient
from tracker.models import CarePlan as Row
from tracker.queries.care import care_sheet

ZONE = ZoneInfo("America/New_York")


@pytest.fixture
def injection(our):
    Patient.objects.filter(pk=our.patient.pk).update(time_zone=ZONE.key)
    return Injection.objects.select_related("patient").get(pk=our.injection.pk)


def whole(injection) -> CarePlan:
    on = datetime.combine(injection.injected_on, time(20), tzinfo=ZONE)
    return CarePlan(
        figures=CareFigures(fasting_hours=6, clear_fluids_hours=2, sugar_limit=300, ice_days=2),
        planned_for=injection.injected_on,
        arrive_at=time(8, 30),
        is_diabetic=True,
        pain_relievers="what we agreed on",
        thinner_plan="as Dr Vale said",
        prescriber_agreed=True,
        thinner_last_dose_at=on - timedelta(days=5),
        thinner_restart_at=on + timedelta(days=1),
    )


def write(our, injection, plan):
    care.write(by=our.clinician, injection=injection, plan=plan, now=NOW)


def stored(injection) -> CarePlan:
    row = Injection.objects.select_related("patient").get(pk=injection.pk)
    return care_sheet(injection=row, now=NOW).care


def test_what_was_written_is_read_back_by_the_patients_clock(our, injection):
    write(our, injection, whole(injection))
    found = stored(injection)
    assert found == whole(injection)
    assert found.thinner_restart_at.hour == 20


def test_without_a_row_the_shipped_figures_hold(injection):
    assert stored(injection) == CarePlan()


def test_the_trail_names_fields_and_no_words(our, injection):
    write(our, injection, CarePlan())
    write(our, injection, CarePlan(pain_relievers="what we agreed on", arrive_at=time(8)))
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.patient_id) == ("care.write", our.patient.pk)
    assert event.detail == {"fields": ["arrive_at", "pain_relievers"]}
    assert Row.objects.count() == 1


def test_a_plan_is_about_the_date_that_holds_as_it_is_written(our, injection):
    write(our, injection, whole(injection))
    Injection.objects.filter(pk=injection.pk).update(injected_on=injection.injected_on + timedelta(days=1))
    moved = Injection.objects.select_related("patient").get(pk=injection.pk)
    assert not stored(moved).holds_on(moved.injected_on)
    write(our, moved, whole(moved))
    assert stored(moved).holds_on(moved.injected_on)


def test_what_is_wrong_is_refused_by_its_field_and_nothing_is_stored(our, injection):
    with pytest.raises(ValidationError) as refused:
        write(our, injection, CarePlan(thinner_plan="as Dr Vale said"))
    assert list(refused.value.message_dict) == ["prescriber_agreed"]
    assert not Row.objects.exists()


def test_the_database_holds_no_plan_that_nobody_agreed_to(our, injection):
    write(our, injection, whole(injection))
    with pytest.raises(IntegrityError), transaction.atomic():
        Row.objects.update(prescriber_agreed=False)


def test_the_clinics_words_are_sealed(our, injection):
    write(our, injection, whole(injection))
    with connection.cursor() as cursor:
        cursor.execute("SELECT thinner_plan, pain_relievers FROM tracker_careplan")
        assert not any("agreed" in text or "Vale" in text for text in cursor.fetchone())


# --- Sugar ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mg_dl", "day", "changes", "is_raised"),
    [
        (301, 1, {}, True),
        (300, 1, {}, False),
        (301, 14, {}, False),  # the log ends on day 8 here
        (301, 8, {}, True),
        (301, -1, {}, False),
        (301, 1, {"is_diabetic": False}, False),
        (900, 1, {"figures": CareFigures()}, False),  # no limit, no judgement
    ],
)
def test_sugar_above_the_clinics_limit_raises_an_alert(our, injection, mg_dl, day, changes, is_raised):
    plan = CarePlan(is_diabetic=True, figures=CareFigures(sugar_limit=300, sugar_days=8))
    write(our, injection, replace(plan, **changes))
    our.answer("sugar", day, part="morning", mg_dl=mg_dl)
    assert [alert.level for alert in Alert.objects.all()] == [Level.ORANGE] * is_raised
    assert our.patient.alert_level == (Level.ORANGE if is_raised else Level.NONE)


def test_sugar_without_a_plan_is_kept_and_judged_by_nobody(our):
    our.answer("sugar", 1, part="morning", mg_dl=900)
    assert not Alert.objects.exists()
