"""Who may do what, and whose rows they see. `check_may` raises, `can` answers, `*_visible_to` select.

An actor is what acts: a membership (one user in one clinic) or a device (a patient's phone). A row of
somebody else's is never "forbidden", it is simply not there: strangers get a 404.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from tracker.domain.roles import PERMISSIONS, Permission, Role
from tracker.models import Device as Device  # pages name the kind of actor they serve
from tracker.models import DiaryEntry, Injection, Patient, User, statements
from tracker.models import Membership as Membership

Actor = Membership | Device
OwnedRow = Patient | Injection | DiaryEntry


class NotAllowed(Exception):
    """The actor is known and the row is theirs to see, but their role does not include this."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission
        super().__init__(f"Your role does not include: {permission.value.replace('_', ' ')}.")


class NotYours(LookupError):
    """The row belongs to another clinic, or to another patient than the phone's: for them it is not there."""


def role_of(actor: Actor) -> Role:
    return Role.PATIENT if isinstance(actor, Device) else Role(actor.role)


def can(actor: Actor, permission: Permission) -> bool:
    return permission in PERMISSIONS[role_of(actor)]


def check_may(actor: Actor, permission: Permission, *, on: OwnedRow | None = None) -> None:
    """Every action's first line; `on` is the row that it writes about. Raises NotYours and NotAllowed."""
    if on is not None and not _is_of(actor, on):
        raise NotYours
    if not can(actor, permission):
        raise NotAllowed(permission)


def _is_of(actor: Actor, row: OwnedRow) -> bool:
    patient_id = row.pk if isinstance(row, Patient) else row.patient_id
    is_patients = not isinstance(actor, Device) or actor.patient_id == patient_id
    return actor.clinic_id == row.clinic_id and is_patients


def patients_visible_to(actor: Actor) -> QuerySet[Patient]:
    """A clinic's staff see its patients; a device sees the one it was made for."""
    mine = Patient.objects.filter(clinic_id=actor.clinic_id)
    if isinstance(actor, Device):
        return mine.filter(id=actor.patient_id)
    return mine if can(actor, Permission.SEE_PATIENTS) else mine.none()


def owned_by(actor: Actor) -> dict[str, int] | None:
    """What the owner columns of a patient's row have to hold for this actor to see it; None: nothing does."""
    if isinstance(actor, Device):
        return {"clinic_id": actor.clinic_id, "patient_id": actor.patient_id}
    return {"clinic_id": actor.clinic_id} if can(actor, Permission.SEE_PATIENTS) else None


def injections_visible_to(actor: Actor) -> QuerySet[Injection]:
    owner = owned_by(actor)
    return Injection.objects.none() if owner is None else Injection.objects.filter(**owner)


def membership_of(user: User) -> Membership | None:
    """The clinic a member of staff works in; read on every request, so that a removed role acts at once."""
    return (
        Membership.objects.select_related("clinic", "user")
        .filter(user_id=user.pk, is_active=True, user__is_active=True)
        .order_by("id")
        .first()
    )


def device_of(token_hash: bytes, *, now: datetime) -> Device | None:
    """The device that holds this token, unless it was ended or its time is over."""
    return next(iter(statements.DEVICES.rows(token_hash=token_hash, expires_at__gt=now)), None)
