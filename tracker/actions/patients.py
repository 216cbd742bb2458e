"""Adding a patient, and correcting what the clinic knows of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tracker.access import Actor, check_may
from tracker.actions import audit
from tracker.domain.roles import Permission
from tracker.domain.study_days import local_today
from tracker.models import Patient

EARLIEST_BIRTH = date(1900, 1, 1)


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
    _check(patient, now=now)
    with transaction.atomic():
        _save(patient)
        audit.record(by=by, clinic_id=by.clinic_id, action="patient.add", now=now, patient_id=patient.pk)
    return patient


def correct(*, by: Actor, patient: Patient, record: PatientRecord, now: datetime) -> Patient:
    """Correct names and numbers. The time zone stays: changing it would move every day of the diary."""
    check_may(by, Permission.EDIT_PATIENTS, on=patient)
    new = asdict(record) | {"time_zone": patient.time_zone}
    changed = sorted(name for name, value in new.items() if getattr(patient, name) != value)
    for name in changed:
        setattr(patient, name, new[name])
    _check(patient, now=now)
    with transaction.atomic():
        _save(patient, only=changed)
        audit.record(
            by=by,
            clinic_id=patient.clinic_id,
            action="patient.correct",
            now=now,
            patient_id=patient.pk,
            fields=changed,
        )
    return patient


def _check(patient: Patient, *, now: datetime) -> None:
    patient.full_clean(validate_constraints=False)  # the database says whether the number is taken: `_save`
    today = local_today(now, zone=ZoneInfo(patient.time_zone))
    if not EARLIEST_BIRTH <= patient.born_on <= today:
        raise ValidationError(
            {"born_on": f"Choose a day from {EARLIEST_BIRTH.year} until today. Check the year."}
        )


def _save(patient: Patient, *, only: Sequence[str] | None = None) -> None:
    """Store the row. Two forms may give one number at the same moment: only the database sees both."""
    try:
        with transaction.atomic():
            patient.save(update_fields=only)
    except IntegrityError:
        # The database's own words hold the number: they may reach no log.
        raise ValidationError(
            {"record_number": "Another patient of this clinic has this record number."}
        ) from None
