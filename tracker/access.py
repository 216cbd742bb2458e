"""Who may do what, and whose rows they see. `check_may` raises, `can` answers, `*_visible_to` select.

An actor is what acts: a membership (one user in one clinic) or a device (a patient's phone). A row of
somebody else's is never "forbidden", it is simply not there: strangers get a 404. A restricted record is not
there either for staff outside its care team, unless they opened it in an emergency (actions.care_team).
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar
from uuid import UUID, uuid5

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from tracker import trail
from tracker.domain.caregivers import Span
from tracker.domain.consent import Given, State, state
from tracker.domain.roles import PERMISSIONS, Permission, Role
from tracker.domain.step_up import HOLDS, STEPS_UP
from tracker.domain.study_days import local_today
from tracker.domain.zones import zone_of
from tracker.models import (
    BreakGlass,
    Caregiver,
    CareTeamMember,
    Confirmation,
    DiaryEntry,
    Injection,
    Patient,
    User,
    statements,
)
from tracker.models import Device as Device  # pages name the kind of actor they serve
from tracker.models import Membership as Membership

Actor = Membership | Device
OwnedRow = Patient | Injection | DiaryEntry | Device | Caregiver

OF_DIARY = (Permission.LOG_OWN_DIARY, Permission.SEE_OWN_DIARY)
"""What needs the patient's consent."""


class NotAllowed(Exception):
    """The actor is known and the row is theirs to see, but their role does not include this."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission
        super().__init__(f"Your role does not include: {permission.value.replace('_', ' ')}.")


class NotAgreed(NotAllowed):
    """Whose diary it is has not agreed to it, or no longer does: nothing is recorded, and nothing shown."""

    def __init__(self, permission: Permission) -> None:
        self.permission = permission
        Exception.__init__(self, "Open the diary first, and agree to what it does.")


class DeviceEnded(Exception):
    """The patient or the clinic signed this phone out: it has to forget what it holds.

    A borrowed one holds nothing but its key: what else is in that browser is somebody else's.
    """

    def __init__(self, *, is_borrowed: bool = False) -> None:
        self.is_borrowed = is_borrowed
        super().__init__()


class StepUpNeeded(Exception):
    """Whoever holds the phone has to show once more who they are: this reaches far."""


class NotYours(LookupError):
    """The row belongs to another clinic, or to another patient than the phone's: for them it is not there."""


def role_of(actor: Actor) -> Role:
    if isinstance(actor, Device):
        return Role.PATIENT if actor.caregiver_id is None else Role.PROXY
    return Role(actor.role)


def holder_of(device: Device) -> UUID:
    """Who holds the phone, for what its browser keeps: a caregiver is another person than the patient."""
    patient = device.patient.public_id
    return patient if device.caregiver_id is None else uuid5(patient, f"caregiver:{device.caregiver_id}")


def can(actor: Actor, permission: Permission) -> bool:
    """Whether the actor's role includes it, and for a phone what holds for this phone."""
    if permission not in PERMISSIONS[role_of(actor)]:
        return False
    return not isinstance(actor, Device) or _phone_can(actor, permission)


def _phone_can(device: Device, permission: Permission) -> bool:
    """A diary needs its patient's consent, and a caregiver stays within their own scope."""
    if permission in OF_DIARY and not consent_of(device).may_record:
        return False
    if device.is_append_only and permission is not Permission.LOG_OWN_DIARY:
        return False
    caregiver = device.caregiver
    if caregiver is None:
        return True
    return caregiver.may_log if permission is Permission.LOG_OWN_DIARY else caregiver.may_read


def consent_of(device: Device) -> State:
    """Where the patient stands whose diary it is: a caregiver asks nobody for another consent."""
    patient = device.patient
    given = Given(patient.consent_version, is_withdrawn=patient.withdrawn_at is not None)
    return state(given if given.version else None)


def is_asked_again(device: Device) -> bool:
    """Whether the patient has to see a consent text before more is shown; a caregiver never has to."""
    return device.caregiver_id is None and consent_of(device).has_to_be_asked


def check_may(actor: Actor, permission: Permission, *, on: OwnedRow | Membership | None = None) -> None:
    """Every action's first line; `on` is the row that it writes about. Raises NotYours and NotAllowed.

    A closed record is nobody's to write about, but for who is about to open it in an emergency.
    """
    if on is not None and not _is_of(actor, on):
        raise NotYours
    if permission is not Permission.BREAK_GLASS and _is_closed_to(actor, on):
        raise NotYours
    if not can(actor, permission):
        lacks_consent = isinstance(actor, Device) and not consent_of(actor).may_record
        raise (NotAgreed if lacks_consent and permission in OF_DIARY else NotAllowed)(permission)


def _is_of(actor: Actor, row: OwnedRow | Membership) -> bool:
    if isinstance(actor, Device) and not isinstance(row, Membership):
        return actor.patient_id == (row.pk if isinstance(row, Patient) else row.patient_id)
    return actor.clinic_id == row.clinic_id


def _is_closed_to(actor: Actor, row: OwnedRow | Membership | None) -> bool:
    if row is None or isinstance(row, Membership) or isinstance(actor, Device):
        return False
    return not is_open_to(actor, row if isinstance(row, Patient) else row.patient)


def patients_visible_to(actor: Actor) -> QuerySet[Patient]:
    """A clinic's staff see its patients, but closed records; a device sees the one it was made for."""
    mine = Patient.objects.filter(clinic_id=actor.clinic_id)
    if isinstance(actor, Device):
        return mine.filter(id=actor.patient_id)
    return mine.filter(_open_to(actor)) if can(actor, Permission.SEE_PATIENTS) else mine.none()


def patients_closed_to(member: Membership) -> QuerySet[Patient]:
    """The restricted records of the clinic that this member of staff may not open as things stand."""
    return Patient.objects.filter(~_open_to(member), clinic_id=member.clinic_id)


def is_open_to(actor: Actor, patient: Patient) -> bool:
    """Whether a record of the actor's clinic is not restricted, or not for them. Mostly no statement."""
    if isinstance(actor, Device) or not patient.is_restricted:
        return True
    return Patient.objects.filter(_open_to(actor), pk=patient.pk).exists()


def _open_to(member: Membership, *, patient: str = "") -> Q:
    """Not restricted, or of the member's own care team, or opened by them in an emergency that is not over.

    `patient` is the way to the record with two underscores, empty where the record itself is asked for. The
    clock is read here: that an emergency is over must not depend on what somebody hands down.
    """
    unrestricted = Q(**{f"{patient}is_restricted": False})
    if not can(member, Permission.BREAK_GLASS):  # an auditor who was on a care team in an earlier role
        return unrestricted
    theirs = {"patient": OuterRef(f"{patient}pk"), "membership": member}
    return (
        unrestricted
        | Q(Exists(CareTeamMember.objects.filter(**theirs)))
        | Q(Exists(BreakGlass.objects.filter(**theirs, until__gt=timezone.now())))
    )


def owned_by(actor: Actor) -> dict[str, int] | None:
    """What the owner columns of a patient's row have to hold for this actor to see it; None: nothing does.

    Whether the record is open to them is a second question: `is_open_to`.
    """
    if isinstance(actor, Device):
        return {"clinic_id": actor.clinic_id, "patient_id": actor.patient_id}
    return {"clinic_id": actor.clinic_id} if can(actor, Permission.SEE_PATIENTS) else None


def injections_visible_to(actor: Actor) -> QuerySet[Injection]:
    owner = owned_by(actor)
    if owner is None:
        return Injection.objects.none()
    mine = Injection.objects.filter(**owner)
    return mine if isinstance(actor, Device) else mine.filter(_open_to(actor, patient="patient__"))


def caregivers_visible_to(actor: Actor) -> QuerySet[Caregiver]:
    """Of the patients that the actor sees; to a caregiver's own phone nobody's."""
    if isinstance(actor, Device) and actor.caregiver_id is not None:
        return Caregiver.objects.none()
    return Caregiver.objects.filter(patient__in=patients_visible_to(actor))


def membership_of(user: User) -> Membership | None:
    """The clinic a member of staff works in; read on every request, so that a removed role acts at once."""
    return (
        Membership.objects.select_related("clinic", "user")
        .filter(user_id=user.pk, is_active=True, user__is_active=True)
        .order_by("id")
        .first()
    )


def device_of(*, now: datetime, **hashed: bytes) -> Device | None:
    """The device that holds a token (`token_hash` or `append_hash`), unless its time is over.

    `append_hash` outlives the session: it may hand in what was logged, and no more. Raises DeviceEnded, of a
    borrowed phone when its time is over too: nothing of this person stays on it.
    """
    found = next(iter(statements.DEVICES.rows(**hashed)), None)
    if found is None:
        return None
    if found.ended_at is not None or (found.is_borrowed and found.expires_at <= now):
        raise DeviceEnded(is_borrowed=found.is_borrowed)
    if found.caregiver is not None:
        _keep_to_span(found, found.caregiver, now)
    is_over = found.expires_at <= now and "append_hash" not in hashed
    return None if is_over else found


def _keep_to_span(device: Device, caregiver: Caregiver, now: datetime) -> None:
    """A caregiver acts from the first day that was agreed to the last, by the patient's calendar.

    Before the first their phone may do nothing yet. Raises DeviceEnded after the last.
    """
    today = local_today(now, zone=zone_of(device.patient.time_zone))
    span = Span(caregiver.from_on, caregiver.to_on)
    if caregiver.ended_at is not None or span.is_over(today):
        raise DeviceEnded(is_borrowed=device.is_borrowed)
    if not span.is_active(today):
        caregiver.may_log = caregiver.may_read = False


def has_stepped_up(device: Device, *, now: datetime) -> bool:
    """Whether its holder has just shown once more who they are (tracker.actions.confirmations)."""
    return Confirmation.objects.filter(device=device, way__in=STEPS_UP, confirmed_at__gt=now - HOLDS).exists()


def check_stepped_up(actor: Actor, *, now: datetime) -> None:
    """For what reaches far; staff have other walls (tracker.web.confirmed). Raises StepUpNeeded."""
    if isinstance(actor, Device) and not has_stepped_up(actor, now=now):
        raise StepUpNeeded


Owned = TypeVar("Owned", bound=models.Model)


def seen(rows: QuerySet[Owned], *, public_id: UUID) -> Owned:
    """One visible row for a page, noted as seen. Raises the model's DoesNotExist."""
    row = rows.get(public_id=public_id)
    trail.saw([row.pk if isinstance(row, Patient) else row.patient_id])  # type: ignore[attr-defined]  # an OwnedRow
    return row
