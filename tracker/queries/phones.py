"""Whose phones may act for a patient, for the person who holds them and for the clinic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tracker import trail
from tracker.access import Device
from tracker.models import Patient


class NoPhone(LookupError):
    """No such phone, or somebody else's."""


@dataclass(frozen=True, slots=True)
class Phone:
    """One that nobody has ended. `helper` is the name of the caregiver who holds it; empty: the patient.

    A borrowed one is listed while its time lasts: it has no way back, and holds nothing.
    `last_seen_at` is kept to the day. Where `is_over` it has to join anew, and may hand in what it holds.
    """

    id: int
    name: str
    helper: str
    made_at: datetime
    last_seen_at: datetime | None
    is_over: bool
    is_this: bool
    is_borrowed: bool


def own_phones(*, reader: Device, now: datetime) -> tuple[Phone, ...]:
    """Of the person who reads, this one first; one statement."""
    trail.saw([reader.patient_id])
    phones = [_phone(row, now, reader) for row in _own(reader) if not _is_gone(row, now)]
    return tuple(sorted(phones, key=lambda phone: not phone.is_this))


def phones_of(*, patient: UUID, now: datetime) -> tuple[Phone, ...]:
    """Of the patient and of every caregiver, for the clinic; one statement."""
    found = _open(patient__public_id=patient)
    return tuple(_phone(row, now) for row in found if not _is_gone(row, now))


def own_phone(*, reader: Device, phone: int) -> Device:
    """One of the reader's own. Raises NoPhone."""
    trail.saw([reader.patient_id])
    return _only(_own(reader), phone)


def phone_of(*, patient: Patient, phone: int) -> Device:
    """One that acts for a patient. Raises NoPhone."""
    return _only(_open(patient_id=patient.pk), phone)


def _open(**whose: object) -> QuerySet[Device]:
    return (
        Device.objects.select_related("caregiver", "patient")
        .filter(ended_at=None, **whose)
        .order_by("caregiver_id", "-last_seen_at", "-id")
    )


def _own(reader: Device) -> QuerySet[Device]:
    return _open(patient_id=reader.patient_id, caregiver_id=reader.caregiver_id)


def _only(phones: QuerySet[Device], wanted: int) -> Device:
    found = phones.filter(pk=wanted).first()
    if found is None:
        raise NoPhone
    return found


def _is_gone(row: Device, now: datetime) -> bool:
    return row.is_borrowed and row.expires_at <= now


def _phone(row: Device, now: datetime, reader: Device | None = None) -> Phone:
    return Phone(
        id=row.pk,
        name=row.name,
        helper=row.caregiver.name if row.caregiver else "",
        made_at=row.made_at,
        last_seen_at=row.last_seen_at,
        is_over=row.expires_at <= now,
        is_this=row == reader,
        is_borrowed=row.is_borrowed,
    )
