"""One table, one function: every action declares here what it did."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tracker.access import Actor
from tracker.models import AuditEvent, Device, statements


def actor_name(by: Actor | None) -> str:
    if by is None:
        return "system"
    return f"device:{by.pk}" if isinstance(by, Device) else f"staff:{by.pk}"


def record(
    *,
    by: Actor | None,
    clinic_id: int,
    action: str,
    now: datetime,
    patient_id: int | None = None,
    subject: str = "",
    **detail: Any,
) -> None:
    """Write one event. `detail` holds names of fields, verdicts and counts: never a score, name or note."""
    event = AuditEvent(
        clinic_id=clinic_id,
        at=now,
        actor=actor_name(by),
        action=action,
        patient_id=patient_id,
        subject=subject,
        detail=detail,
    )
    statements.store([event])
