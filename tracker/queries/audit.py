"""What the audit trail says of one member of staff or one phone, and of records opened in an emergency."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tracker import trail
from tracker.access import patients_visible_to
from tracker.domain.roles import Role
from tracker.models import AuditEvent, BreakGlass, Device, Membership, Patient
from tracker.queries.audit_pages import NEWEST_FIRST, behind, place_of

PAGE_SIZE = 100
RECENT = timedelta(days=90)


class NoSuchEvent(LookupError):
    """This clinic's trail has no event of that number."""


class NoSuchActor(LookupError):
    """This clinic never had such a member of staff, or such a phone."""


@dataclass(frozen=True, slots=True)
class Named:
    """A patient as this reader may see them: `public_id` is None for a closed and for an erased record."""

    name: str
    public_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """One event. `patient` is None where it was about a list (`several` counts it) or about nobody.

    tracker.content.audit has the words: `what(action, subject, is_refused=...)`.
    """

    number: int
    at: datetime
    action: str
    subject: str
    is_refused: bool
    patient: Named | None
    several: int


@dataclass(frozen=True, slots=True)
class SeenPage:
    """The newest first; `earlier` opens the next page where there is one."""

    lines: tuple[Seen, ...]
    earlier: str | None


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything that one event says."""

    seen: Seen
    actor: str
    patients: tuple[Named, ...]
    request_id: str
    network: str
    detail: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Emergency:
    """A restricted record that somebody outside its care team opened, and why."""

    at: datetime
    until: datetime
    who: str
    patient: Named
    reason: str


def actor_words(*, actor: Membership, of: str) -> str:
    """Who an actor of the trail is: "Noor Whitlock, nurse", or a phone and whose. Raises NoSuchActor."""
    kind, number = _read_actor(of)
    if kind == "staff":
        member = (
            Membership.objects.filter(pk=number, clinic_id=actor.clinic_id).select_related("user").first()
        )
        if member is None:
            raise NoSuchActor
        return f"{member.user.name}, {Role(member.role).label.lower()}"
    phone = Device.objects.filter(pk=number).values_list("patient_id", "caregiver__name").first()
    if phone is None:
        raise NoSuchActor
    patient_id, caregiver = phone
    name = named(actor=actor, ids=[patient_id])[patient_id].name
    return f"the phone of {caregiver}, for {name}" if caregiver else f"the phone of {name}"


def seen_by(*, actor: Membership, of: str, since: datetime, until: datetime, earlier: str = "") -> SeenPage:
    """What a member of staff (`staff:12`) or a phone (`device:5`) saw and did, in three statements.

    An `earlier` that is none opens the first page.
    """
    events = AuditEvent.objects.filter(behind(earlier), actor=of, at__gte=since, at__lt=until)
    rows = list(events.order_by(*NEWEST_FIRST)[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    known = named(actor=actor, ids=[row.patient_id for row in shown if row.patient_id])
    return SeenPage(
        lines=tuple(_seen(row, known) for row in shown),
        earlier=place_of(shown[-1].at, shown[-1].pk) if len(rows) > PAGE_SIZE else None,
    )


def whole_event(*, actor: Membership, number: int) -> Whole:
    """One event with all the patients of a list, in four statements. Raises NoSuchEvent."""
    row = AuditEvent.objects.filter(number=number).first()
    if row is None:
        raise NoSuchEvent
    ids = _ids(row)
    known = named(actor=actor, ids=[*ids, *([row.patient_id] if row.patient_id else [])])
    return Whole(
        seen=_seen(row, known),
        actor=row.actor,
        patients=tuple(sorted((known[one] for one in ids), key=lambda named: named.name)),
        request_id=row.request_id,
        network=row.network,
        detail=tuple((name.replace("_", " "), _words(said)) for name, said in sorted(row.detail.items())),
    )


def emergencies(*, actor: Membership, now: datetime) -> tuple[Emergency, ...]:
    """The restricted records that were opened from outside in the last 90 days, the newest first."""
    rows = list(
        BreakGlass.objects.filter(at__gt=now - RECENT)
        .select_related("membership__user")
        .order_by("-at", "-pk")
    )
    known = named(actor=actor, ids=[row.patient_id for row in rows])
    return tuple(
        Emergency(
            at=row.at,
            until=row.until,
            who=f"{row.membership.user.name}, {Role(row.membership.role).label.lower()}",
            patient=known[row.patient_id],
            reason=row.reason,
        )
        for row in rows
    )


def named(*, actor: Membership, ids: Iterable[int]) -> dict[int, Named]:
    """Names for numbers: of the records that are open to the reader; of the others what finds them again."""
    wanted = set(ids)
    rows = Patient.objects.filter(pk__in=wanted).only(
        "clinic", "public_id", "given_name", "family_name", "record_number"
    )
    is_open = set(patients_visible_to(actor).filter(pk__in=wanted).values_list("pk", flat=True))
    known = {row.pk: _name(row, is_open=row.pk in is_open) for row in rows}
    trail.saw(known)
    return {one: known.get(one) or Named(f"Erased record {one}") for one in wanted}


def _name(row: Patient, *, is_open: bool) -> Named:
    if not is_open:
        return Named(f"Restricted record {row.record_number}".strip())
    return Named(f"{row.family_name}, {row.given_name}", row.public_id)


def _seen(row: AuditEvent, known: dict[int, Named]) -> Seen:
    return Seen(
        number=row.number,
        at=row.at,
        action=row.action,
        subject=row.subject,
        is_refused=row.outcome == "refused",
        patient=known[row.patient_id] if row.patient_id else None,
        several=len(_ids(row)),
    )


def _ids(row: AuditEvent) -> list[int]:
    return [int(one) for one in row.patients.split(",") if one]


def _words(said: Any) -> str:
    return ", ".join(map(str, said)) if isinstance(said, list) else str(said)


def _read_actor(of: str) -> tuple[str, int]:
    found = re.fullmatch(r"(staff|device):([1-9][0-9]{0,17})", of, re.ASCII)
    if found is None:
        raise NoSuchActor
    return found[1], int(found[2])
