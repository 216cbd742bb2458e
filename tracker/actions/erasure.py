"""Erasing a patient's record: by the clinic where the rules allow it, or by itself when its time is over.

Only the audit trail stays: it holds the record's number, and no name, date of birth or score.
"""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.access import Actor, check_may
from tracker.actions import audit, patients
from tracker.domain.retention import ErasureReason, announced_for, check_may_erase, put_off
from tracker.domain.roles import Permission
from tracker.domain.study_days import local_today
from tracker.domain.zones import zone_of
from tracker.models import Clinic, Patient, statements
from tracker.queries.retention import last_activity_of


def erase(*, by: Actor, patient: Patient, reason: ErasureReason, family_name: str, now: datetime) -> int:
    """Erase everything about a patient; whoever does it types the family name. Returns the record's number.

    Raises ValidationError and domain.retention.TooEarly.
    """
    check_may(by, Permission.ERASE_PATIENTS, on=patient)
    if family_name.strip().casefold() != patient.family_name.casefold():
        raise ValidationError(
            {"family_name": "This is not the record’s family name. Type it as it stands above."}
        )
    with transaction.atomic():
        current = _locked(patient.pk)
        check_may_erase(
            reason,
            last_activity_on=last_activity_of(current),
            keep_years=current.clinic.keep_years,
            today=_today(current.clinic, now),
        )
        _erase(current, by=by, reason=reason, now=now)
    return patient.pk


def erase_due(*, patient_id: int, now: datetime) -> bool:
    """Erase a record whose announced day has come, unless it was used or put off meanwhile."""
    with transaction.atomic():
        patient = _locked(patient_id)
        if patient.erase_on is None or not _is_due(patient, today=_today(patient.clinic, now)):
            return False
        _erase(patient, by=None, reason=ErasureReason.PERIOD_OVER, now=now)
    return True


def keep_longer(*, by: Actor, patient: Patient, now: datetime) -> date:
    """Keep a record a year longer than was announced. Returns the new day."""
    check_may(by, Permission.ERASE_PATIENTS, on=patient)
    with transaction.atomic():
        current = _locked(patient.pk)
        current.erase_on = put_off(current.erase_on, today=_today(current.clinic, now))
        current.save(update_fields=["erase_on"])
        audit.record(
            by=by, clinic_id=current.clinic_id, action="patient.keep_longer", now=now, patient_id=current.pk
        )
    return current.erase_on


def _locked(patient_id: int) -> Patient:
    """The row as it stands once nobody else writes about the patient."""
    statements.lock(patient_id=patient_id)
    return Patient.objects.select_related("clinic").get(pk=patient_id)


def _is_due(patient: Patient, *, today: date) -> bool:
    announced = announced_for(
        patient.erase_on,
        last_activity_on=last_activity_of(patient),
        keep_years=patient.clinic.keep_years,
        today=today,
    )
    return announced is not None and announced <= today


def _today(clinic: Clinic, now: datetime) -> date:
    return local_today(now, zone=zone_of(clinic.time_zone))


def _erase(patient: Patient, *, by: Actor | None, reason: ErasureReason, now: datetime) -> None:
    patient_id, clinic_id = patient.pk, patient.clinic_id
    rows = patients.delete_rows(patient)
    audit.record(
        by=by,
        clinic_id=clinic_id,
        action="patient.erase",
        now=now,
        patient_id=patient_id,
        reason=reason.value,
        rows=dict(rows),
    )
