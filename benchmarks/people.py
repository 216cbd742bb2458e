"""The patients that send in the benchmarks, and what they send."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from benchmarks.dataset import with_diary
from tracker import tenancy
from tracker.actions import consents, diary, injections, invitations, patients
from tracker.domain.consent import CURRENT
from tracker.domain.procedure import Status
from tracker.domain.study_days import local_today
from tracker.domain.sync import Change
from tracker.models import Injection, Membership, Patient

AWAY_DAYS = 30


def with_course() -> list[Patient]:
    """Patients of the clinic with diaries, between day 1 and day 180 of a performed injection, shuffled."""
    with tenancy.clinic(with_diary().clinic_id):
        found = Patient.objects.filter(
            current_injection__status=Status.PERFORMED,
            current_injection__assessment__as_of_day__range=(1, 180),
        )
        return list(found.order_by("public_id"))


def token_of(patient: Patient) -> str:
    """The key of a phone that joins now."""
    member, now = with_diary(), timezone.now()
    with tenancy.clinic(member.clinic_id):
        code = invitations.issue(by=member, patient=patient, now=now).code
    keys = invitations.redeem(typed=code, born_on=patient.born_on, device_name="Benchmark", now=now)
    return keys.session


def todays_entry(patient: Patient, *, day_field: str = "day") -> dict[str, Any]:
    now = timezone.now()
    return _entry(local_today(now, ZoneInfo(patient.time_zone)), now, day_field=day_field)


def month_of_entries() -> list[dict[str, Any]]:
    """An entry for each of the days that a patient was away, made on its own day."""
    now = timezone.now()
    moments = [now - timedelta(days=back) for back in range(AWAY_DAYS, 0, -1)]
    return [_entry(moment.date(), moment) for moment in moments]


def _entry(day: date, entered_at: datetime, *, day_field: str = "day") -> dict[str, Any]:
    return {
        "client_id": str(uuid.uuid4()),
        day_field: day.isoformat(),
        "pain": 4,
        "soreness": 1,
        "entered_at": entered_at.isoformat(),
    }


def patient_away() -> Patient:
    """A patient who logged the week before an injection 31 days ago and has sent nothing since."""
    clinician = with_diary()
    with tenancy.clinic(clinician.clinic_id):
        return _away(clinician, now=timezone.now())


def _away(clinician: Membership, *, now: datetime) -> Patient:
    injected_at = now - timedelta(days=AWAY_DAYS + 1)
    record = patients.PatientRecord(
        given_name="Away", family_name="Offline", born_on=date(1970, 3, 4), time_zone="UTC"
    )
    enrolled_at = injected_at - timedelta(days=10)
    patient = patients.add(by=clinician, record=record, now=enrolled_at)
    consents.give(by=clinician, patient=patient, version=CURRENT, language="en", now=enrolled_at)
    injections.add(
        by=clinician, patient=patient, record=_injection_on(injected_at.date()), agents=[], now=now
    )
    week = [injected_at - timedelta(days=back) for back in range(7, 0, -1)]
    changes = [Change(uuid.uuid4(), moment.date(), 7, None, moment) for moment in week]
    diary.record(by=clinician, patient=patient, changes=changes, now=now)
    return patient


def _injection_on(day: date) -> injections.InjectionRecord:
    """Like one that the clinic has."""
    model = Injection.objects.filter(status=Status.PERFORMED, closed_on=None).first()
    fields = {name: getattr(model, name) for name in injections.InjectionRecord.__dataclass_fields__}
    return injections.InjectionRecord(**fields | {"injected_on": day})
