"""Everything that is kept about one patient, to hand it over: every revision, and who looked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q

from tracker import trail
from tracker.content.audit import AUDIT, VIEW, AuditTexts
from tracker.content.languages import in_language
from tracker.documents.record_file import Record
from tracker.documents.tables import Table
from tracker.models import AuditEvent, Patient
from tracker.queries.export_tables import ACCESS, FORMAT, PARTS, VERSION, Part
from tracker.queries.lookers import Kind, Who, phones_of, staff_among, who_did


def patient_export(*, patient: Patient, now: datetime) -> Record:
    """The record as tables, in a fixed number of statements. The action asks who may have it."""
    trail.saw([patient.pk])
    return Record(
        format=FORMAT,
        version=VERSION,
        made_at=now,
        clinic=patient.clinic.name,
        clinic_phone=patient.clinic.phone,
        tables=(*[_table(part, patient) for part in PARTS], _access(patient)),
    )


def _table(part: Part, patient: Patient) -> Table:
    model: Any = part.model
    rows = model.objects.filter(**{part.patient: patient.pk}).order_by("pk")
    words = [column.words or _unchanged for column in part.columns]
    return Table(
        name=part.name,
        columns=tuple(column.name for column in part.columns),
        rows=tuple(
            tuple(say(value) for say, value in zip(words, row, strict=True))
            for row in rows.values_list(*[column.path for column in part.columns])
        ),
    )


def _unchanged(value: Any) -> Any:
    return value


def _access(patient: Patient) -> Table:
    """Who looked and who changed something, from the audit trail, oldest first."""
    texts = in_language(AUDIT, patient.language)
    events = sorted(_events(patient), key=lambda event: event.pk)
    staff = staff_among(event.actor for event in events)
    phones = {f"device:{phone.pk}": phone for phone in phones_of(patient)}
    rows = []
    for event in events:
        who = who_did(event, staff.get(event.actor), phones.get(event.actor))
        what = texts.what(event.action, event.subject, is_refused=event.outcome == "refused")
        about = "" if event.action == VIEW else event.subject
        rows.append((event.at, *_named(who, texts), what, about, event.outcome, event.detail))
    return Table("access", ACCESS, tuple(rows))


def _events(patient: Patient) -> list[AuditEvent]:
    """Of this patient alone, and of lists they stood in: two statements, so that each has its index."""
    said = AuditEvent.objects.only(
        *("clinic", "at", "actor", "on_behalf_of", "action", "subject", "outcome", "detail")
    )
    alone = said.filter(patient_id=patient.pk)
    # The condition is that of the index `events_of_lists`, in its words.
    in_lists = said.filter(~Q(patients=""), patients__contains=f",{patient.pk},")
    return [*alone, *in_lists]


def _named(who: Who, texts: AuditTexts) -> tuple[str, str]:
    """A name, and what they are to the patient or the clinic."""
    if who.kind is Kind.SYSTEM:
        return texts.system, ""
    if who.kind is Kind.PATIENT:
        return texts.own_phone.format(name=who.name) if who.name else texts.gone_phone, who.kind.value
    return who.name or texts.gone_person, who.role.lower()
