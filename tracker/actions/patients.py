"""Adding a patient, and correcting what the clinic knows of one."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from tracker.access import Actor, check_may
from tracker.actions import audit
from tracker.domain.roles import Permission
from tracker.models import Patient


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRecord:
    """What a form says of a patient."""

    given_name: str
    family_name: str
    born_on: date
    time_zone: str
    record_number: str = ""


def add(*, by: Actor, record: PatientRecord, now: datetime) -> Patient:
    """Enrol a patient: from now on the days are counted in `record.time_zone`. Raises ValidationError."""
    check_may(by, Permission.EDIT_PATIENTS)
    patient = Patient(clinic_id=by.clinic_id, enrolled_at=now, **asdict(record))
    patient.full_clean()
    with transaction.atomic():
        patient.save()
        audit.record(by=by, clinic_id=by.clinic_id, action="patient.add", now=now, patient_id=patient.pk)
    return patient


def correct(*, by: Actor, patient: Patient, record: PatientRecord, now: datetime) -> Patient:
    """Correct names and numbers. The time zone stays: changing it would move every day of the diary."""
    check_may(by, Permission.EDIT_PATIENTS)
    new = asdict(record) | {"time_zone": patient.time_zone}
    changed = sorted(name for name, value in new.items() if getattr(patient, name) != value)
    for name in changed:
        setattr(patient, name, new[name])
    patient.full_clean()
    with transaction.atomic():
        patient.save(update_fields=changed)
        audit.record(
            by=by,
            clinic_id=patient.clinic_id,
            action="patient.correct",
            now=now,
            patient_id=patient.pk,
            fields=changed,
        )
    return patient
