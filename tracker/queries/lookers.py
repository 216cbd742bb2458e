"""Who looked at one patient's record, and who did what in it: for the patient's page and for the clinic's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet

from tracker import trail
from tracker.domain.roles import Role
from tracker.models import AuditEvent, Device, Membership, Patient
from tracker.queries.audit_pages import NEWEST_FIRST, behind, place_of

USUAL_SPAN = timedelta(days=90)
PAGE_SIZE = 50


class Kind(StrEnum):
    STAFF = "staff"
    CAREGIVER = "caregiver"
    PATIENT = "patient"
    """The patient's own phone."""
    SYSTEM = "system"
    """Nobody who was signed in."""


@dataclass(frozen=True, slots=True)
class Who:
    """`name` is the person's, for an own phone the phone's; `role` what they are, in a word.

    Both are empty where that is not known any more.
    """

    kind: Kind
    name: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """One event. tracker.content.audit has the words: `what(action, subject, is_refused=...)`."""

    at: datetime
    who: Who
    action: str
    subject: str
    is_refused: bool


@dataclass(frozen=True, slots=True)
class Looks:
    """One page, the newest first; `earlier` opens the next one where there is one."""

    lines: tuple[Look, ...]
    earlier: str | None


@dataclass(frozen=True, slots=True)
class _Event:
    id: int
    at: datetime
    actor: str
    on_behalf_of: str
    action: str
    subject: str
    outcome: str


FIELDS = ("id", "at", "actor", "on_behalf_of", "action", "subject", "outcome")


def who_looked(*, patient: Patient, since: datetime, earlier: str = "", own_phones: bool = True) -> Looks:
    """A page of the events about a patient, in four statements; without `own_phones` those of others only.

    A list that showed the patient among others counts. An `earlier` that is none opens the first page.
    """
    trail.saw([patient.pk])
    phones = {f"device:{phone.pk}": phone for phone in phones_of(patient)}
    events = AuditEvent.objects.filter(behind(earlier), at__gte=since)
    if not own_phones:
        events = events.exclude(
            actor__in=[actor for actor, phone in phones.items() if phone.caregiver_id is None]
        )
    alone = _newest(events.filter(patient_id=patient.pk))
    # The condition is that of the index `events_of_lists`, in its words.
    in_lists = _newest(events.filter(~Q(patients=""), patients__contains=f",{patient.pk},"))
    found = sorted(alone + in_lists, key=lambda event: (event.at, event.id), reverse=True)
    shown = found[:PAGE_SIZE]
    staff = staff_among(event.actor for event in shown)
    return Looks(
        lines=tuple(_look(event, staff, phones) for event in shown),
        earlier=place_of(shown[-1].at, shown[-1].id) if len(found) > PAGE_SIZE else None,
    )


def phones_of(patient: Patient) -> QuerySet[Device]:
    return (
        Device.objects.filter(patient=patient)
        .select_related("caregiver")
        .only("name", "clinic", "caregiver__clinic", "caregiver__name", "caregiver__relation")
    )


def _newest(events: QuerySet[AuditEvent]) -> list[_Event]:
    rows = events.order_by(*NEWEST_FIRST).values_list(*FIELDS)[: PAGE_SIZE + 1]
    return [_Event(*row) for row in rows]


def staff_among(actors: Iterable[str]) -> dict[str, Membership]:
    ids = {int(actor.removeprefix("staff:")) for actor in actors if actor.startswith("staff:")}
    found = Membership.objects.filter(pk__in=ids).select_related("user")
    return {f"staff:{member.pk}": member for member in found}


def _look(event: _Event, staff: dict[str, Membership], phones: dict[str, Device]) -> Look:
    who = who_did(event, staff.get(event.actor), phones.get(event.actor))
    return Look(event.at, who, event.action, event.subject, is_refused=event.outcome == "refused")


def who_did(event: _Event | AuditEvent, member: Membership | None, phone: Device | None) -> Who:
    if event.actor.startswith("staff:"):
        return Who(Kind.STAFF, member.user.name, Role(member.role).label) if member else Who(Kind.STAFF)
    if not event.actor.startswith("device:"):
        return Who(Kind.SYSTEM)
    if event.on_behalf_of:
        caregiver = phone.caregiver if phone else None
        return Who(Kind.CAREGIVER, caregiver.name, caregiver.relation) if caregiver else Who(Kind.CAREGIVER)
    return Who(Kind.PATIENT, phone.name if phone else "")
