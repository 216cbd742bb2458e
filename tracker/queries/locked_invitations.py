"""Codes that five wrong dates of birth have locked, until somebody makes a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Coalesce

from tracker import trail
from tracker.access import Actor, can, patients_visible_to
from tracker.domain.roles import Permission
from tracker.models import Invitation

SHOWN_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class LockedInvitation:
    """`helper` is the caregiver whom the code was for; empty: the patient."""

    patient: UUID
    name: str
    helper: str


def locked_invitations(*, actor: Actor, now: datetime) -> tuple[LockedInvitation, ...]:
    """Of the patients that an actor may invite, the newest first; one statement, none for others."""
    if not can(actor, Permission.INVITE_PATIENTS):
        return ()
    of_whom = Coalesce("caregiver_id", Value(0))
    newer = Invitation.objects.annotate(whose=of_whom).filter(
        patient=OuterRef("patient"), whose=OuterRef("whose"), pk__gt=OuterRef("pk")
    )
    rows = (
        Invitation.objects.annotate(whose=of_whom)
        .filter(void_reason="tries", voided_at__gt=now - SHOWN_FOR, patient__in=patients_visible_to(actor))
        .exclude(Exists(newer))
        .select_related("patient", "caregiver")
        .order_by("-voided_at")
    )
    found = list(rows)
    trail.saw(row.patient_id for row in found)
    return tuple(
        LockedInvitation(
            row.patient.public_id, row.patient.full_name, row.caregiver.name if row.caregiver else ""
        )
        for row in found
    )
