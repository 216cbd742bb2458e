"""A patient's whole record as a file, for the patient or for the clinic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tracker.access import Actor, Device, check_may, check_stepped_up
from tracker.actions import audit
from tracker.content.export import READ_ME
from tracker.content.languages import in_language
from tracker.documents.record_file import as_zip
from tracker.domain.roles import Permission
from tracker.models import Patient
from tracker.queries.export import patient_export


@dataclass(frozen=True, slots=True)
class RecordFile:
    """`name` says nothing about whose it is: it stays behind in lists of downloads."""

    name: str
    content: bytes


def take(*, by: Actor, patient: Patient, now: datetime) -> RecordFile:
    """Everything that is kept about a patient, as a ZIP. Raises NotAllowed, NotYours and StepUpNeeded."""
    permission = Permission.MANAGE_OWN_ACCESS if isinstance(by, Device) else Permission.EXPORT_PATIENTS
    check_may(by, permission, on=patient)
    check_stepped_up(by, now=now)
    record = patient_export(patient=patient, now=now)
    read_me = in_language(READ_ME, patient.language)
    content = as_zip(record, read_me=read_me.format(clinic=record.clinic, on=f"{now:%Y-%m-%d}"))
    audit.record(
        by=by,
        clinic_id=patient.clinic_id,
        action="export.take",
        now=now,
        patient_id=patient.pk,
        subject="export",
        rows=sum(len(table.rows) for table in record.tables),
    )
    return RecordFile(f"record-{now:%Y-%m-%d}.zip", content)
