"""The address for a patient's codes, as far as a phone shows it: whoever holds it need not learn it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tracker import trail
from tracker.access import Device
from tracker.domain.step_up import MOST_TRIES, Way
from tracker.models import Confirmation, Patient


@dataclass(frozen=True, slots=True)
class Contact:
    """`masked` is like a***@example.org, and empty where there is none."""

    masked: str
    is_verified: bool


def contact(*, reader: Device) -> Contact:
    """One statement."""
    trail.saw([reader.patient_id])
    row = Patient.objects.only("clinic", "email", "email_verified_at").get(pk=reader.patient_id)
    return Contact(masked(row.email), row.email_verified_at is not None)


def waits_for_code(*, reader: Device, now: datetime) -> bool:
    """Whether a code that this phone asked for is on its way to an address."""
    sent = Confirmation.objects.filter(device=reader, way=Way.ADDRESS, confirmed_at=None, expires_at__gt=now)
    return sent.filter(tries__lt=MOST_TRIES).exists()


def own_phones(*, patient: Patient, now: datetime) -> tuple[Device, ...]:
    """The patient's own phones that may act now, the last used first: a code can be read out to each."""
    found = Device.objects.filter(patient=patient, caregiver=None, ended_at=None, expires_at__gt=now)
    return tuple(found.order_by("-last_seen_at", "-id"))


def masked(email: str) -> str:
    name, at, host = email.rpartition("@")
    return f"{name[:1]}***{at}{host}" if at else ""
