"""Restricted records: closed to all but the care team, and opened in an emergency for four hours."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection

from tests.cast import NOW, make_patient, make_staff
from tracker import access
from tracker.access import NotYours
from tracker.actions import care_team, diary, patients
from tracker.actions.care_team import EMERGENCY_LASTS
from tracker.domain.roles import Permission, Role
from tracker.models import AuditEvent, BreakGlass, CareTeamMember, Membership, OutgoingMail, Patient
from tracker.queries.charts import NoChart, chart_tag, recovery_chart
from tracker.queries.entries import entries
from tracker.queries.injection_sheet import case_of
from tracker.queries.patient_record import NoRecord, patient_record
from tracker.queries.worklist import worklist

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]

WHY = "Fever on day 3, called from the ward"


@pytest.fixture
def nurse(our):
    return our.staff[Role.NURSE]


@pytest.fixture
def restricted(our) -> Patient:
    """Our patient, whose record only the clinician may open."""
    care_team.arrange(
        by=our.clinician, patient=our.patient, is_restricted=True, team={our.clinician.pk}, now=NOW
    )
    our.log({1: 5, 2: 4})
    return Patient.objects.get(pk=our.patient.pk)


def sees(actor, cast) -> set[str]:
    """Which ways to the patient's data are open."""
    patient, injection = cast.patient, cast.injection.public_id
    ways = {
        "rows": lambda: access.patients_visible_to(actor).get(pk=patient.pk),
        "injections": lambda: access.injections_visible_to(actor).get(patient=patient),
        "record": lambda: patient_record(actor=actor, now=NOW, patient=patient.public_id),
        "record by injection": lambda: patient_record(actor=actor, now=NOW, injection=injection),
        "worklist": lambda: worklist(actor=actor, now=NOW).lines[0],
        "search": lambda: worklist(actor=actor, now=NOW, search="quill").lines[0],
        "labels": lambda: worklist(actor=actor, now=NOW).labels[0],
        "entries": lambda: entries(actor=actor, patient=patient, now=NOW).lines[0],
        "chart tag": lambda: chart_tag(actor=actor, injection=injection),
        "chart": lambda: recovery_chart(actor=actor, injection=injection),
        "case": lambda: case_of(actor=actor, injection=injection),
        "write": lambda: access.check_may(actor, Permission.SEE_PATIENTS, on=patient),
        "write on injection": lambda: access.check_may(actor, Permission.SEE_PATIENTS, on=cast.injection),
        "write on phone": lambda: access.check_may(actor, Permission.SEE_PATIENTS, on=cast.device),
    }
    closed = (
        Patient.DoesNotExist,
        type(cast.injection).DoesNotExist,
        NoRecord,
        NoChart,
        NotYours,
        IndexError,
    )
    found = set()
    for way, look in ways.items():
        try:
            look()
        except closed:
            continue
        found.add(way)
    return found


ALL_WAYS = 14


def test_without_a_restriction_every_way_is_open_to_all_staff(our):
    our.log({1: 5})
    for member in our.staff.values():
        assert len(sees(member, our)) == ALL_WAYS


def test_a_restricted_record_is_open_to_its_care_team_and_to_nobody_else(our, restricted):
    our.patient = restricted
    assert len(sees(our.clinician, our)) == ALL_WAYS
    for role in (Role.ADMINISTRATOR, Role.NURSE, Role.AUDITOR):
        assert sees(our.staff[role], our) == set()


def test_a_row_that_was_read_before_the_restriction_is_no_way_around_it(our, nurse, restricted):
    with pytest.raises(NotYours):
        access.check_may(nurse, Permission.EDIT_INJECTIONS, on=type(our.injection).objects.get())


def test_the_patients_own_phone_goes_on(our, restricted):
    assert recovery_chart(actor=our.device, injection=our.injection.public_id)
    our.log({3: 4})


def test_other_records_stay_open(our, nurse, restricted):
    other = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    assert list(access.patients_visible_to(nurse)) == [other]
    assert list(access.patients_closed_to(nurse)) == [restricted]
    assert list(access.patients_closed_to(our.clinician)) == []


def test_an_emergency_opens_the_record_to_one_person_for_four_hours(our, nurse, restricted):
    our.patient = restricted
    with time_machine.travel(NOW, tick=False) as clock:
        opened = care_team.open_in_emergency(by=nurse, patient=restricted, reason=f" {WHY} ", now=NOW)
        assert (opened.reason, opened.until) == (WHY, NOW + timedelta(hours=4))
        assert len(sees(nurse, our)) == ALL_WAYS
        assert sees(our.staff[Role.ADMINISTRATOR], our) == set()
        clock.move_to(NOW + EMERGENCY_LASTS - timedelta(seconds=1))
        assert len(sees(nurse, our)) == ALL_WAYS
        clock.move_to(NOW + EMERGENCY_LASTS)
        assert sees(nurse, our) == set()


def test_an_emergency_needs_a_reason_and_a_closed_record(our, nurse, restricted):
    for reason in ("", "  ", "x" * 501):
        with pytest.raises(ValidationError, match="Say why"):
            care_team.open_in_emergency(by=nurse, patient=restricted, reason=reason, now=NOW)
    with pytest.raises(ValidationError, match="open to you already"):
        care_team.open_in_emergency(by=our.clinician, patient=restricted, reason=WHY, now=NOW)
    assert not BreakGlass.objects.exists()


def test_the_reason_is_sealed_and_stands_in_no_event_and_no_mail(our, nurse, restricted):
    opened = care_team.open_in_emergency(by=nurse, patient=restricted, reason=WHY, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM tracker_breakglass")
        assert WHY not in cursor.fetchone()[0]
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.subject, event.detail) == ("glass.break", f"glass:{opened.pk}", {})
    said = [f"{mail.subject} {mail.body}" for mail in OutgoingMail.objects.all()]
    assert said and not any(word in text for text in said for word in (WHY, "Quill", "nurse of"))


def test_every_administrator_who_works_here_is_told_once(our, nurse, restricted):
    second = make_staff(our.clinic, Role.ADMINISTRATOR, word="second")
    gone = make_staff(our.clinic, Role.ADMINISTRATOR, word="gone")
    Membership.objects.filter(pk=gone.pk).update(is_active=False)
    care_team.open_in_emergency(by=nurse, patient=restricted, reason=WHY, now=NOW)
    told = [mail.recipient for mail in OutgoingMail.objects.order_by("pk")]
    assert told == [our.staff[Role.ADMINISTRATOR].user.email, second.user.email]


def test_where_no_mail_leaves_an_emergency_opens_the_record_all_the_same(our, nurse, restricted, settings):
    settings.MAIL_IS_ON = False
    assert care_team.open_in_emergency(by=nurse, patient=restricted, reason=WHY, now=NOW)
    assert not OutgoingMail.objects.exists()


def test_a_restricted_record_needs_somebody_of_the_clinic_who_looks_after_it(our, their):
    for team in (set(), {their.clinician.pk}, {our.staff[Role.AUDITOR].pk}, {4711}):
        with pytest.raises(ValidationError, match="at least one person"):
            care_team.arrange(by=our.clinician, patient=our.patient, is_restricted=True, team=team, now=NOW)
    assert not CareTeamMember.objects.exists()


def test_who_comes_and_who_goes_is_on_record(our, nurse, restricted):
    care_team.arrange(by=our.clinician, patient=restricted, is_restricted=True, team={nurse.pk}, now=NOW)
    detail = AuditEvent.objects.latest("id").detail
    assert detail == {"is_restricted": True, "added": [nurse.pk], "removed": [our.clinician.pk]}
    with pytest.raises(NotYours):
        care_team.arrange(by=our.clinician, patient=restricted, is_restricted=False, team=set(), now=NOW)


def test_who_became_an_auditor_is_on_no_care_team_any_more(our, restricted):
    Membership.objects.filter(pk=our.clinician.pk).update(role=Role.AUDITOR)
    auditor = Membership.objects.get(pk=our.clinician.pk)
    assert list(access.patients_visible_to(auditor)) == []


def test_a_lifted_restriction_opens_the_record_to_all_staff(our, nurse, restricted):
    care_team.arrange(by=our.clinician, patient=restricted, is_restricted=False, team=set(), now=NOW)
    our.patient = Patient.objects.get(pk=restricted.pk)
    assert len(sees(nurse, our)) == ALL_WAYS


def test_nobody_writes_into_a_closed_record(our, nurse, restricted):
    before = AuditEvent.objects.count()
    with pytest.raises(NotYours):
        diary.record(by=nurse, patient=restricted, changes=[], now=NOW)
    record = patients.PatientRecord(
        given_name="A", family_name="B", born_on=restricted.born_on, time_zone="UTC"
    )
    with pytest.raises(NotYours):
        patients.correct(by=nurse, patient=restricted, record=record, now=NOW)
    assert AuditEvent.objects.count() == before
