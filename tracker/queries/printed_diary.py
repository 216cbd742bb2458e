"""What the printed diary of an injection needs to know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tracker import trail
from tracker.access import Actor, injections_visible_to
from tracker.domain.paper import sheet_days
from tracker.queries.protocols import rules_of
from tracker.queries.typed_days import NoSheet


@dataclass(frozen=True, slots=True)
class PrintedDiary:
    """Whose it is, in which language, and its days from 0 to the read-out of the injection's protocol."""

    name: str
    record_number: str
    language: str
    clinic: str
    phone: str
    days: tuple[date, ...]


def printed_diary(*, actor: Actor, injection: UUID) -> PrintedDiary:
    """One statement, one more for a protocol's version not seen before. Raises NoSheet."""
    found = injections_visible_to(actor).select_related("patient", "clinic").filter(public_id=injection)
    it = found.first()
    if it is None:
        raise NoSheet
    trail.saw([it.patient_id])
    return PrintedDiary(
        name=it.patient.full_name,
        record_number=it.patient.record_number,
        language=it.patient.language,
        clinic=it.clinic.name,
        phone=it.clinic.phone,
        days=sheet_days(it.injected_on, rules=rules_of(it)),
    )
