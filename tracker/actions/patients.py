"""Adding a patient, and correcting what the clinic knows of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext

from tracker.access import Actor, check_may
from tracker.actions import assessments, audit, devices, injections, invitations
from tracker.domain.procedure import Closing
from tracker.domain.roles import Permission
from tracker.domain.study_days import local_today
from tracker.domain.zones import zone_of
from tracker.models import Caregiver, Consent, Device, DiaryDay, Patient, statements

EARLIEST_BIRTH = date(1900, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientRecord:
    """What a form says of a patient. Without a `language` the record's own stays."""

    given_name: str
    family_name: str
    born_on: date
    time_zone: str
    record_number: str = ""
    language: str | None = None


def add(*, by: Actor, record: PatientRecord, now: datetime, public_id: UUID | None = None) -> Patient:
    """Enrol a patient: from now on the days are counted in `record.time_zone`. Raises ValidationError.

    A form that may be sent twice brings the patient's id with it.
    """
    check_may(by, Permission.EDIT_PATIENTS)
    patient = Patient(clinic_id=by.clinic_id, enrolled_at=now, **_said(record))
    patient.public_id = public_id or patient.public_id
    _check(patient, now=now)
    with transaction.atomic():
        _save(patient)
        audit.record(by=by, clinic_id=by.clinic_id, action="patient.add", now=now, patient_id=patient.pk)
    return patient


def correct(*, by: Actor, patient: Patient, record: PatientRecord, now: datetime) -> Patient:
    """Correct names and numbers. The time zone stays: changing it would move every day of the diary."""
    check_may(by, Permission.EDIT_PATIENTS, on=patient)
    new = _said(record) | {"time_zone": patient.time_zone}
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


def set_preferences(
    *,
    by: Actor,
    patient: Patient,
    language: str,
    reminder_at: time | None,
    now: datetime,
    two_taps: bool | None = None,
) -> None:
    """In which language the diary speaks, and when it reminds; None: never. Raises ValidationError.

    `two_taps`: whether the second number saves an entry by itself; None leaves that as it is.
    """
    own = isinstance(by, Device)
    check_may(by, Permission.MANAGE_OWN_ACCESS if own else Permission.EDIT_PATIENTS, on=patient)
    _check_language(language)
    with transaction.atomic():
        new: dict[str, Any] = {"language": language, "reminder_at": reminder_at}
        new |= {} if two_taps is None else {"two_taps": two_taps}
        Patient.objects.filter(pk=patient.pk).update(**new)
        audit.record(
            by=by,
            clinic_id=patient.clinic_id,
            action="patient.set_preferences",
            now=now,
            patient_id=patient.pk,
        )


def withdraw(*, by: Actor, patient: Patient, now: datetime) -> None:
    """The patient takes part no more: nothing opens the diary now, and nothing is asked of anybody.

    What was said so far stays in the record for as long as the clinic has to keep it. Staff do the same for
    a patient who tells them.
    """
    own = isinstance(by, Device)
    check_may(by, Permission.MANAGE_OWN_ACCESS if own else Permission.EDIT_PATIENTS, on=patient)
    with transaction.atomic():
        statements.lock(patient_id=patient.pk)
        Consent.objects.filter(patient=patient, withdrawn_at=None).update(withdrawn_at=now)
        Patient.objects.filter(pk=patient.pk, withdrawn_at=None).update(withdrawn_at=now)
        Caregiver.objects.filter(patient=patient, ended_at=None).update(ended_at=now)
        invitations.void_all(patient=patient, now=now)
        phones = devices.close(Device.objects.filter(patient=patient), ended_by=by, now=now)
        today = local_today(now, zone=zone_of(patient.time_zone))
        injections.close_current(patient=patient, why=Closing.WITHDREW, on=today)
        assessments.rebuild(patient=patient, now=now)
        audit.record(
            by=by,
            clinic_id=patient.clinic_id,
            action="patient.withdraw",
            now=now,
            patient_id=patient.pk,
            phones=phones,
        )


def delete_rows(patient: Patient) -> Counter[str]:
    """Delete a patient with everything that hangs on them; only the audit trail stays.

    Returns how many rows went, by the name of their model.
    """
    Patient.objects.filter(pk=patient.pk).update(current_injection=None)
    # A day restricts the entries that it points to.
    _, days = DiaryDay.objects.filter(patient=patient).delete()
    _, rest = patient.delete()
    return Counter({label.rpartition(".")[2]: rows for label, rows in {**days, **rest}.items()})


def _said(record: PatientRecord) -> dict[str, Any]:
    """By the names of the row's fields. Raises ValidationError."""
    if record.language is not None:
        _check_language(record.language)
    return {name: said for name, said in asdict(record).items() if said is not None}


def _check_language(language: str) -> None:
    if language not in dict(settings.LANGUAGES):
        raise ValidationError({"language": gettext("Choose one of the languages on the list.")})


def _check(patient: Patient, *, now: datetime) -> None:
    # The zone of a record that is there stays: a name that is not known any more holds up no correction.
    kept = {"time_zone"} if patient.pk else set()
    patient.full_clean(exclude=kept, validate_constraints=False)  # the number: see `_save`
    today = local_today(now, zone=zone_of(patient.time_zone))
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
