"""The people of a clinic: who is let in, as what, and for how long.

Nobody is given a password. A one-time link lets a person choose one, and a second factor after it; it is
handed over by whoever has made sure in person who they are.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from tracker import tenancy
from tracker.access import check_may
from tracker.actions import audit, second_factors, staff_links
from tracker.actions.staff_links import OneTimeLink
from tracker.domain.roles import STAFF_ROLES, Permission, Role
from tracker.models import Clinic, Membership, User

UNUSABLE = "!"
"""How Django marks a password that lets nobody in."""


def invite(*, by: Membership, email: str, name: str, role: Role, now: datetime) -> OneTimeLink:
    """Put somebody on the team; the link is handed over. Raises ValidationError."""
    check_may(by, Permission.MANAGE_STAFF)
    return _enlist(by.clinic, by=by, email=email, name=name, role=role, now=now)


def enlist(*, clinic: Clinic, email: str, name: str, role: Role, now: datetime) -> OneTimeLink:
    """The same by the operator of the machine, for a clinic's first people. Raises ValidationError."""
    with tenancy.clinic(clinic.pk):
        return _enlist(clinic, by=None, email=email, name=name, role=role, now=now)


def change_role(*, by: Membership, member: Membership, role: Role, now: datetime) -> None:
    """Acts on the member's next request. Raises ValidationError for a clinic's last administrator."""
    check_may(by, Permission.MANAGE_STAFF, on=member)
    _check_role(role)
    with transaction.atomic():
        member = _held(member)
        if role != Role.ADMINISTRATOR:
            _check_not_last(member)
        before, member.role = member.role, role
        member.save(update_fields=["role"])
        _note(member, by=by, action="member.role", now=now, before=before, after=str(role))


def end(*, by: Membership, member: Membership, now: datetime) -> None:
    """End somebody's access: sessions, open links, password, second factor. Their name stays with their work.

    Raises ValidationError for a clinic's last administrator.
    """
    check_may(by, Permission.MANAGE_STAFF, on=member)
    with transaction.atomic():
        member = _held(member)
        _check_not_last(member)
        member.is_active = False
        member.save(update_fields=["is_active"])
        staff_links.void(member, now=now)
        if not _works_elsewhere(member):
            _shut_out(member.user, now=now)
        _note(member, by=by, action="member.end", now=now)


def restore(*, by: Membership, member: Membership, now: datetime) -> OneTimeLink:
    """Let somebody back in, in the role they had. Raises ValidationError."""
    check_may(by, Permission.MANAGE_STAFF, on=member)
    with transaction.atomic():
        member = _held(member)
        if member.is_active:
            raise ValidationError("This person has access already.")
        member.is_active = True
        member.save(update_fields=["is_active"])
        return _renew(member, by=by, action="member.restore", now=now)


def renew(*, by: Membership, member: Membership, now: datetime) -> OneTimeLink:
    """A new link for who lost the password or the second factor: both are reset at once, sessions end.

    Raises ValidationError.
    """
    check_may(by, Permission.MANAGE_STAFF, on=member)
    if member.pk == by.pk:
        raise ValidationError("Change your own password on the page “Your account”.")
    if not member.is_active:
        raise ValidationError("Let this person back in first: that makes a new link.")
    with transaction.atomic():
        return _renew(_held(member), by=by, action="member.renew", now=now)


def readmit(*, clinic: Clinic, email: str, name: str, now: datetime) -> OneTimeLink:
    """A way in for an administrator of a clinic that lost all access, by the operator of the machine.

    Somebody new only where no administrator can sign in any more. Raises ValidationError.
    """
    with tenancy.clinic(clinic.pk), transaction.atomic():
        member = _administrators(clinic.pk).filter(user__email=email.lower()).first()
        if member:
            return _renew(_held(member), by=None, action="member.renew", now=now)
        if _able(clinic.pk).exists():
            raise ValidationError(
                "This clinic has an administrator who can sign in and make a link under Team. If they have "
                "lost access themselves, give their address."
            )
        return _enlist(clinic, by=None, email=email, name=name, role=Role.ADMINISTRATOR, now=now)


def _enlist(
    clinic: Clinic, *, by: Membership | None, email: str, name: str, role: Role, now: datetime
) -> OneTimeLink:
    _check_role(role)
    user = User(email=email.lower(), name=name)
    user.set_unusable_password()
    _check_free(user.email, clinic)
    user.full_clean()
    with transaction.atomic():
        user.save()
        member = Membership.objects.create(clinic=clinic, user=user, role=role)
        _note(member, by=by, action="member.invite", now=now, role=str(role))
        return staff_links.make(member, now=now)


def _renew(member: Membership, *, by: Membership | None, action: str, now: datetime) -> OneTimeLink:
    if _works_elsewhere(member):
        raise ValidationError("This person works for another clinic as well: ask who runs the machine.")
    _shut_out(member.user, now=now)
    _note(member, by=by, action=action, now=now)
    return staff_links.make(member, now=now)


def _shut_out(user: User, *, now: datetime) -> None:
    """Whatever the person could sign in with opens nothing any more, and whatever they had open is shut."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    second_factors.forget_all(user=user, now=now)


def _works_elsewhere(member: Membership) -> bool:
    others = Membership.objects.filter(user_id=member.user_id, is_active=True)
    return others.exclude(clinic_id=member.clinic_id).exists()


def _held(member: Membership) -> Membership:
    """The member anew, with nobody else changing the team until the transaction ends.

    Two administrators who demote each other at the same moment would leave a clinic without any.
    """
    Clinic.objects.select_for_update().get(pk=member.clinic_id)
    return Membership.objects.select_related("user", "clinic").get(pk=member.pk)


def _administrators(clinic_id: int) -> QuerySet[Membership]:
    return Membership.objects.filter(clinic_id=clinic_id, role=Role.ADMINISTRATOR, is_active=True)


def _able(clinic_id: int) -> QuerySet[Membership]:
    """The administrators who have a password: who was only invited may never come."""
    return _administrators(clinic_id).exclude(user__password__startswith=UNUSABLE)


def _check_not_last(member: Membership) -> None:
    able = _able(member.clinic_id)
    if able.filter(pk=member.pk).exists() and not able.exclude(pk=member.pk).exists():
        raise ValidationError(
            "This is the only administrator who can sign in. Make somebody else administrator first, "
            "and wait until they have signed in."
        )


def _check_role(role: Role) -> None:
    if role not in STAFF_ROLES:
        raise ValidationError({"role": f"“{role}” is no role of staff."})


def _check_free(email: str, clinic: Clinic) -> None:
    """Accounts of another clinic are nobody's business: their owners are neither named nor taken over."""
    user = User.objects.filter(email=email).first()
    if user is None:
        return
    member = Membership.objects.filter(user=user, clinic=clinic).first()
    if member is None:
        raise ValidationError({"email": "This address cannot be invited. Take another one."})
    if member.is_active:
        raise ValidationError({"email": "This person is on the team already."})
    raise ValidationError({"email": "This person was on the team before: let them back in on their page."})


def _note(member: Membership, *, by: Membership | None, action: str, now: datetime, **detail: Any) -> None:
    audit.record(
        by=by,
        clinic_id=member.clinic_id,
        action=action,
        now=now,
        subject=f"staff:{member.pk}",
        **detail,
    )
