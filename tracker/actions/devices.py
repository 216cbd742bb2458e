"""Phones: what they hold, how long they may act, and how they end."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from tracker.access import Actor, check_may
from tracker.actions import audit
from tracker.actions.codes import hash_token
from tracker.domain.roles import Permission
from tracker.models import Device, Invitation, PushSubscription, statements

MOST = 3
"""Phones of one person at a time. A fourth ends the one that was not used for longest."""

LONGEST_NAME = 80

KEPT_TO, BORROWED_KEPT_TO = timedelta(days=1), timedelta(minutes=1)
"""How exactly the last use is kept: a write on every request would cost more than it tells."""


@dataclass(frozen=True, slots=True)
class Key:
    """What stands in a phone's cookie: its clinic and a secret, of which the hash is kept."""

    clinic_id: int
    secret_hash: bytes


@dataclass(frozen=True, slots=True)
class Keys:
    """The two cookies of a new phone, kept nowhere else. A borrowed one gets no `append`: it keeps nothing.

    `ended` names the phones that were signed out because this one was too many.
    """

    session: str
    append: str | None
    ended: tuple[str, ...] = ()


def read_key(cookie: str) -> Key | None:
    """None for anything that is no key of ours."""
    clinic_id, _, secret = cookie.partition(".")
    if not (
        secret and clinic_id.isascii() and clinic_id.isdigit() and len(clinic_id) < 19 and int(clinic_id)
    ):
        return None
    return Key(int(clinic_id), hash_token(secret))


def add(
    *, invitation: Invitation, name: str, now: datetime, is_borrowed: bool = False
) -> tuple[Device, Keys]:
    """Make the phone that an invitation let in, and end one where the person has too many.

    A borrowed one keeps nothing, so it has no key for handing in what waited.
    """
    session, append = secrets.token_urlsafe(32), None if is_borrowed else secrets.token_urlsafe(32)
    device = Device.objects.create(
        clinic_id=invitation.clinic_id,
        patient_id=invitation.patient_id,
        caregiver_id=invitation.caregiver_id,
        token_hash=hash_token(session),
        append_hash=hash_token(append) if append else None,
        name=name[:LONGEST_NAME],
        is_borrowed=is_borrowed,
        made_at=now,
        last_seen_at=now,
        expires_at=now + (settings.BORROWED_IDLE if is_borrowed else settings.DEVICE_IDLE),
    )
    too_many = _beyond_the_limit(device, now)
    for old in too_many:
        _end(old, by=device, now=now)
    clinic, ended = device.clinic_id, tuple(old.name for old in too_many)
    return device, Keys(f"{clinic}.{session}", f"{clinic}.{append}" if append else None, ended)


def _beyond_the_limit(device: Device, now: datetime) -> list[Device]:
    """Own and borrowed ones are counted apart: who borrows a phone for a day loses none of their own."""
    same_person = Device.objects.filter(
        patient_id=device.patient_id,
        caregiver_id=device.caregiver_id,
        is_borrowed=device.is_borrowed,
        ended_at=None,
        expires_at__gt=now,
    )
    return list(same_person.exclude(pk=device.pk).order_by("-last_seen_at", "-id")[MOST - 1 :])


def keep_alive(*, device: Device, now: datetime) -> None:
    """A phone that is used goes on: 90 days from its last use, 365 from its first; a borrowed one, hours."""
    if device.is_borrowed:
        _keep_borrowed(device, now)
        return
    if device.last_seen_at is not None and now - device.last_seen_at < KEPT_TO:
        return
    until = min(now + settings.DEVICE_IDLE, device.made_at + settings.DEVICE_LIFE)
    Device.objects.filter(pk=device.pk).update(last_seen_at=now, expires_at=until)


def _keep_borrowed(device: Device, now: datetime) -> None:
    """An hour from its last use, a day from its first. When it was used is kept to the day, as of any."""
    until = min(now + settings.BORROWED_IDLE, device.made_at + settings.BORROWED_LIFE)
    if until - device.expires_at >= BORROWED_KEPT_TO:
        Device.objects.filter(pk=device.pk).update(expires_at=until)


def end(*, by: Actor, device: Device, now: datetime) -> None:
    """Sign a phone out: its keys open nothing any more."""
    _check_may_decide(by, device)
    with transaction.atomic():
        statements.lock(patient_id=device.patient_id)
        _end(device, by=by, now=now)


def rename(*, by: Actor, device: Device, name: str, now: datetime) -> None:
    """Call a phone what its holder calls it, so that the right one is ended one day."""
    _check_may_decide(by, device)
    with transaction.atomic():
        Device.objects.filter(pk=device.pk).update(name=name[:LONGEST_NAME])
        audit.record(
            by=by,
            clinic_id=device.clinic_id,
            action="device.rename",
            now=now,
            patient_id=device.patient_id,
            subject=f"device:{device.pk}",
        )


def _check_may_decide(by: Actor, device: Device) -> None:
    """Everybody about their own phones, a patient about the caregivers' too, staff about all."""
    if not isinstance(by, Device):
        check_may(by, Permission.INVITE_PATIENTS, on=device)
    elif (by.patient_id, by.caregiver_id) != (device.patient_id, device.caregiver_id):
        check_may(by, Permission.MANAGE_OWN_ACCESS, on=device)


def close(those: QuerySet[Device], *, ended_by: Actor, now: datetime) -> int:
    """Sign phones out as a part of an action that records it. Returns how many there were."""
    PushSubscription.objects.filter(device__in=those).delete()
    ended = those.filter(ended_at=None).update(ended_at=now, ended_by=audit.actor_name(ended_by))
    return int(ended)


def _end(device: Device, *, by: Actor, now: datetime) -> None:
    PushSubscription.objects.filter(device=device).delete()
    Device.objects.filter(pk=device.pk, ended_at=None).update(ended_at=now, ended_by=audit.actor_name(by))
    audit.record(
        by=by,
        clinic_id=device.clinic_id,
        action="device.end",
        now=now,
        patient_id=device.patient_id,
        subject=f"device:{device.pk}",
    )
