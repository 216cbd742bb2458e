"""Enrolment as the desk follows it: who has no phone yet, and what became of a code that was handed over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Exists, OuterRef

from tracker import trail
from tracker.access import Actor, injections_visible_to, patients_visible_to
from tracker.models import Device, Invitation
from tracker.queries.worklist import matching

LONGEST_LIST = 20


@dataclass(frozen=True, slots=True)
class Phoneless:
    """A patient on the list whom no phone acts for yet."""

    public_id: UUID
    name: str
    born_on: date
    record_number: str


class CodeState(StrEnum):
    OPEN = "open"
    JOINED = "joined"
    LOCKED = "locked"
    """By five wrong dates of birth."""
    OVER = "over"
    """Too old, or replaced by a newer one."""


def phoneless(*, actor: Actor, search: str = "") -> tuple[Phoneless, ...]:
    """The newest first, at most LONGEST_LIST; one statement."""
    phones = Device.objects.filter(patient=OuterRef("pk"), caregiver=None, ended_at=None)
    found = list(
        matching(patients_visible_to(actor), search)
        .filter(~Exists(phones), withdrawn_at=None)
        .order_by("-enrolled_at", "-id")[:LONGEST_LIST]
    )
    trail.saw(patient.pk for patient in found)
    return tuple(
        Phoneless(one.public_id, f"{one.family_name}, {one.given_name}", one.born_on, one.record_number)
        for one in found
    )


def last_operator(*, actor: Actor) -> str:
    """Who did the injection that was entered last, most likely the next one's too; empty at the beginning."""
    latest = injections_visible_to(actor).order_by("-id").values_list("operator", flat=True)
    return latest.first() or ""


def code_state(*, actor: Actor, invitation: int, now: datetime) -> CodeState | None:
    """What became of a code; None where there is no such one. It tells of the code, and of nobody's diary."""
    found = Invitation.objects.filter(pk=invitation, patient__in=patients_visible_to(actor)).first()
    if found is None:
        return None
    if found.redeemed_at is not None:
        return CodeState.JOINED
    if found.void_reason == "tries":
        return CodeState.LOCKED
    return CodeState.OPEN if found.voided_at is None and found.expires_at > now else CodeState.OVER
