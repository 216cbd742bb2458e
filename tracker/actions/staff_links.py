"""One-time links, by which staff choose a password; a second factor follows when they have signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from tracker import tenancy
from tracker.actions import audit, codes
from tracker.models import Membership, StaffInvitation, User


class LinkOver(ValueError):
    """Unknown, used, replaced and expired links get the same answer."""

    def __init__(self) -> None:
        super().__init__("This link does not work any more. Ask your clinic’s administrator for a new one.")


@dataclass(frozen=True, slots=True)
class OneTimeLink:
    """Whom it is for, and the secret end of the link. It is kept nowhere."""

    member: Membership
    token: str


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What a link shows before it is used."""

    clinic: str
    name: str
    email: str


def make(member: Membership, *, now: datetime) -> OneTimeLink:
    """A new link for somebody; the ones before it open nothing any more."""
    void(member, now=now)
    token = codes.new_token()
    StaffInvitation.objects.create(
        clinic_id=member.clinic_id,
        membership=member,
        token_hash=codes.hash_token(token),
        made_at=now,
        expires_at=now + settings.INVITATION_LIFE,
    )
    return OneTimeLink(member, f"{member.clinic.locator}.{token}")


def void(member: Membership, *, now: datetime) -> None:
    mine = StaffInvitation.objects.filter(membership=member, redeemed_at=None, voided_at=None)
    mine.update(voided_at=now)


def look(*, token: str, now: datetime) -> Glimpse:
    """Whose link this is; it can still be used afterwards. Raises LinkOver."""
    clinic_id, token_hash = _read(token)
    with tenancy.clinic(clinic_id):
        member = _open(token_hash, now).membership
        return Glimpse(member.clinic.name, member.user.name, member.user.email)


def welcome(*, token: str, name: str, password: str, now: datetime) -> User:
    """Use a link: the person says how they are called, and sets a password.

    Raises LinkOver, ValidationError.
    """
    clinic_id, token_hash = _read(token)
    with tenancy.clinic(clinic_id):
        link = _open(token_hash, now)
        user = link.membership.user
        user.name = name
        validate_password(password, user)
        user.set_password(password)  # before the transaction: a hash takes time, and SQLite has one writer
        user.full_clean()
        with transaction.atomic():
            open_still = StaffInvitation.objects.filter(pk=link.pk, redeemed_at=None, voided_at=None)
            if not open_still.update(redeemed_at=now):  # of two who use it at once, one gets in
                raise LinkOver
            user.save(update_fields=["name", "password"])
            _note_welcome(link.membership, now=now)
    return user


def _read(token: str) -> tuple[int, bytes]:
    """Where to look for a link, and what for. Raises LinkOver."""
    try:
        typed = codes.read(token)
    except codes.Unreadable:
        raise LinkOver from None
    clinic_id = codes.clinic_with(typed.locator)
    if clinic_id is None or typed.token_hash is None:
        raise LinkOver
    return clinic_id, typed.token_hash


def _open(token_hash: bytes, now: datetime) -> StaffInvitation:
    found = (
        StaffInvitation.objects.select_related("membership__user", "membership__clinic")
        .filter(token_hash=token_hash, redeemed_at=None, voided_at=None, expires_at__gt=now)
        .filter(membership__is_active=True)
        .first()
    )
    if found is None:
        raise LinkOver
    return found


def _note_welcome(member: Membership, *, now: datetime) -> None:
    audit.record(
        by=member,
        clinic_id=member.clinic_id,
        action="member.welcome",
        now=now,
        subject=f"staff:{member.pk}",
    )
