"""The week's list of unusual access, from the trail as it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cast import ClinicCast, make_patient
from tests.scopes import inside
from tracker.actions import audit
from tracker.domain.roles import Role
from tracker.domain.unusual_access import Kind
from tracker.models import Patient, User
from tracker.queries.unusual_access import findings, last_week, week_list, week_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

MONDAY = date(2026, 5, 11)
WEEK = week_of(MONDAY, ZoneInfo("UTC"))
NOON, NIGHT = (datetime(2026, 5, 13, hour, 30, tzinfo=UTC) for hour in (12, 23))


def look(our: ClinicCast, *, at: datetime = NOON, by=None, patient_id: int | None = None, **what) -> None:
    audit.record(
        by=by or our.staff[Role.NURSE],
        clinic_id=our.clinic.pk,
        action="view",
        now=at,
        **({"patient_id": patient_id or our.patient.pk} | what),
    )


def kinds(our: ClinicCast, week=WEEK) -> list[Kind]:
    return [found.kind for found in findings(clinic=our.clinic, week=week)]


def test_an_ordinary_week_has_no_findings(our):
    look(our)
    assert kinds(our) == []


def test_the_same_family_name_is_the_last_word_of_a_members_name(our):
    User.objects.filter(pk=our.staff[Role.NURSE].user_id).update(name="Dr Mira Quill")
    look(our)
    assert kinds(our) == [Kind.SAME_NAME]


def test_many_records_in_an_hour_are_found_and_lists_and_phones_do_not_count(our):
    patients = [make_patient(our.clinic, given="A", family=f"B{n}", number=f"h{n}").pk for n in range(31)]
    for number, patient in enumerate(patients):
        look(our, at=NOON + timedelta(minutes=number), by=our.device, patient_id=patient)
        look(our, at=NOON + timedelta(minutes=number), by=our.clinician, patients=patients, patient_id=None)
    assert kinds(our) == []
    for number, patient in enumerate(patients):
        look(our, at=NOON + timedelta(minutes=number), patient_id=patient)
    (found,) = week_list(actor=our.staff[Role.AUDITOR], week=WEEK)
    assert (found.kind, found.who, len(found.patients)) == (Kind.MANY_PATIENTS, "nurse of harbour", 31)


@pytest.mark.parametrize(("nights_before", "found"), [(0, [Kind.AT_NIGHT]), (1, [Kind.AT_NIGHT]), (2, [])])
def test_a_night_is_unusual_for_who_did_not_work_at_night_in_the_weeks_before(our, nights_before, found):
    for night in range(nights_before):
        look(our, at=NIGHT - timedelta(days=9 + night))
    look(our, at=NIGHT)
    assert kinds(our) == found


def test_nights_longer_ago_than_four_weeks_do_not_count(our):
    for days in (40, 41, 42):
        look(our, at=NIGHT - timedelta(days=days))
    look(our, at=NIGHT)
    assert kinds(our) == [Kind.AT_NIGHT]


@pytest.mark.parametrize(("days", "found"), [(-5, []), (-2, [Kind.AT_NIGHT]), (4, [Kind.AT_NIGHT]), (5, [])])
def test_a_week_is_monday_to_sunday(our, days, found):
    look(our, at=NIGHT.replace(hour=22) + timedelta(days=days))
    assert kinds(our) == found


def test_a_week_is_by_the_clinics_clock(our):
    look(our, at=datetime(2026, 5, 11, 4, 59, tzinfo=UTC))
    west = week_of(MONDAY, ZoneInfo("America/Chicago"))
    assert kinds(our) == [Kind.AT_NIGHT]
    assert kinds(our, week=west) == []  # there it is Sunday


def test_the_last_week_is_the_one_that_is_over(our):
    sunday, monday = datetime(2026, 5, 17, 23, 59, tzinfo=UTC), datetime(2026, 5, 18, 0, 0, tzinfo=UTC)
    assert last_week(clinic=our.clinic, now=sunday).monday == date(2026, 5, 4)
    assert last_week(clinic=our.clinic, now=monday).monday == MONDAY


def test_an_hour_that_the_clocks_skip_makes_no_week_longer_or_shorter(our):
    spring = week_of(date(2026, 3, 8), ZoneInfo("America/Chicago"))
    assert spring.until - spring.since == timedelta(days=7)  # by the wall
    assert (spring.until.astimezone(UTC) - spring.since.astimezone(UTC)) == timedelta(days=7, hours=-1)


def test_a_reader_sees_names_of_open_records_only(our):
    User.objects.filter(pk=our.staff[Role.NURSE].user_id).update(name="Mira Quill")
    look(our)
    Patient.objects.filter(pk=our.patient.pk).update(is_restricted=True)
    (found,) = week_list(actor=our.staff[Role.AUDITOR], week=WEEK)
    assert [one.name for one in found.patients] == ["Restricted record harbour-1"]


def test_another_clinics_trail_is_not_looked_at(our, their):
    with inside(their):
        look(their, at=NIGHT)
    assert kinds(our) == []


def test_an_erased_patient_is_still_a_patient_in_the_count(our):
    look(our, at=NIGHT, patient_id=4711)
    (found,) = week_list(actor=our.staff[Role.AUDITOR], week=WEEK)
    assert [one.name for one in found.patients] == ["Erased record 4711"]
