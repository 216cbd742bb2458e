"""A patient's way in: the clinic issues a code, a phone redeems it once and becomes a device."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import datetime

from django.conf import settings
from django.db import transaction

from tracker.access import Actor, check_may
from tracker.actions import audit
from tracker.domain.roles import Permission
from tracker.models import Device, Invitation, Patient

CODE_BYTES = 15
"""120 random bits: 24 letters and digits, too many to guess and few enough to type."""

ALPHABET = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789ABCDEFGHJKMNPQRSTVWXYZ")
LOOKALIKES = str.maketrans("OIL", "011", " -")


class NotRedeemable(ValueError):
    """Unknown, used, voided and expired codes get the same answer."""

    def __init__(self) -> None:
        super().__init__(
            "This code does not work. Check each letter; if it is right, ask your clinic for a new one."
        )


def hash_code(code: str) -> bytes:
    """The stored form of a code or token, as typed: case, blanks, dashes and look-alikes do not matter."""
    return hashlib.sha256(code.strip().upper().translate(LOOKALIKES).encode()).digest()


def hash_token(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def issue(*, by: Actor, patient: Patient, now: datetime) -> str:
    """Void the patient's open invitations and return the code of a new one, in groups of six."""
    check_may(by, Permission.INVITE_PATIENTS, on=patient)
    code = base64.b32encode(secrets.token_bytes(CODE_BYTES)).decode().translate(ALPHABET)
    with transaction.atomic():
        open_ones = Invitation.objects.filter(patient=patient, redeemed_at=None, voided_at=None)
        voided = open_ones.update(voided_at=now)
        Invitation.objects.create(
            clinic_id=patient.clinic_id,
            patient=patient,
            code_hash=hash_code(code),
            made_at=now,
            expires_at=now + settings.INVITATION_LIFE,
        )
        audit.record(
            by=by,
            clinic_id=patient.clinic_id,
            action="invitation.issue",
            now=now,
            patient_id=patient.pk,
            voided=voided,
        )
    return "-".join(code[at : at + 6] for at in range(0, len(code), 6))


def redeem(*, code: str, device_name: str, now: datetime, replaces: Device | None = None) -> str:
    """Turn a code into a device and return the device's token, which is kept nowhere else.

    `replaces` is the device that this browser was so far: it ends, since its token is about to be lost.
    Raises NotRedeemable. Of two phones that redeem at once, one gets in.
    """
    with transaction.atomic():
        mine = Invitation.objects.filter(code_hash=hash_code(code), voided_at=None, expires_at__gt=now)
        if not mine.filter(redeemed_at=None).update(redeemed_at=now):
            raise NotRedeemable
        invitation = mine.get()
        token = secrets.token_urlsafe(32)
        device = Device.objects.create(
            clinic_id=invitation.clinic_id,
            patient_id=invitation.patient_id,
            token_hash=hash_token(token),
            name=device_name[:80],
            made_at=now,
            expires_at=now + settings.DEVICE_LIFE,
        )
        audit.record(
            by=device,
            clinic_id=device.clinic_id,
            action="invitation.redeem",
            now=now,
            patient_id=device.patient_id,
        )
        if replaces is not None:
            end_device(by=replaces, now=now)
    return token


def end_device(*, by: Device, now: datetime) -> None:
    """Sign this phone out; its token opens nothing any more."""
    with transaction.atomic():
        Device.objects.filter(pk=by.pk, ended_at=None).update(ended_at=now)
        audit.record(by=by, clinic_id=by.clinic_id, action="device.end", now=now, patient_id=by.patient_id)
