"""One table, one function: every action declares here what it did, and every page's guard what was seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from tracker import trail
from tracker.access import Actor
from tracker.domain.audit_chain import Event, mac_of
from tracker.models import AuditEvent, AuditHead, Device, statements

EVENT_FIELDS = tuple(field.name for field in fields(Event))


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
    patients: Iterable[int] = (),
    subject: str = "",
    outcome: str = "done",
    **detail: Any,
) -> None:
    """Write one event, and seal it to the one before it.

    `detail` holds names of fields, verdicts and counts: never a score, name or note. A list of `patients`
    stands in one event.
    """
    request = trail.current()
    several = ",".join(map(str, patients))
    with transaction.atomic(savepoint=False):  # inside an action's own, which is undone as a whole
        head = next(iter(statements.AUDIT_HEADS.rows()), None) or AuditHead(clinic_id=clinic_id)
        event = Event(
            clinic_id=clinic_id,
            number=head.count + 1,
            at=now,
            actor=actor_name(by),
            on_behalf_of=_on_behalf_of(by),
            action=action,
            patient_id=patient_id,
            patients=several and f",{several},",
            subject=subject,
            outcome=outcome,
            request_id=request.request_id,
            network=request.network,
            detail=detail,
        )
        head.count, head.mac = event.number, mac_of(event, previous=bytes(head.mac), key=settings.AUDIT_KEY)
        statements.store([_row(event, head.mac)])
        statements.store([head], over=("clinic",))
    request.events += 1


def record_reading(*, by: Actor, now: datetime, page: str) -> None:
    """Write down whose data this request has shown, unless an action has written it down already."""
    if trail.current().patients and not trail.current().events:
        _record_seen(by, now=now, action="view", subject=page)


def record_audit_reading(*, by: Actor, now: datetime, about: str, **detail: Any) -> None:
    """Write down that somebody read the trail itself: about what, and whom it named to them."""
    _record_seen(by, now=now, action="audit.read", subject=about, **detail)


def _record_seen(by: Actor, *, now: datetime, action: str, subject: str, **detail: Any) -> None:
    ids = list(trail.current().patients)
    alone, several = (ids[0], []) if len(ids) == 1 else (None, ids)
    record(
        by=by,
        clinic_id=by.clinic_id,
        action=action,
        now=now,
        patient_id=alone,
        patients=several,
        subject=subject,
        outcome=trail.current().outcome,
        **detail,
    )


def _on_behalf_of(by: Actor | None) -> str:
    return f"patient:{by.patient_id}" if isinstance(by, Device) and by.caregiver_id is not None else ""


def _row(event: Event, mac: bytes) -> AuditEvent:
    return AuditEvent(**{name: getattr(event, name) for name in EVENT_FIELDS}, mac=mac)
