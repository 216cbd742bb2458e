"""Showing once more who holds a phone, before something that reaches far: a code of six digits.

It comes by mail to an address that was verified, or a member of staff reads it out to a caller whom they
know. It works on the phone that asked for it, for ten minutes, five times at most.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext, ngettext

from tracker.access import NotAllowed, check_may
from tracker.actions import audit, codes, outbox
from tracker.content.languages import in_language
from tracker.content.mails import CODE, code_letter
from tracker.domain.roles import Permission
from tracker.domain.step_up import MOST_TRIES, STEPS_UP, Way
from tracker.models import Confirmation, Device, Membership, statements

CODE_MINUTES = 10
MOST_MAILS_A_DAY = 10
"""For one patient: with five tries each, nobody guesses a code of six digits."""


class NoAddress(ValueError):
    def __init__(self) -> None:
        super().__init__(
            gettext("No code can be mailed to you. Call your clinic: they can read one out to you.")
        )


class TooManyCodes(ValueError):
    def __init__(self) -> None:
        said = gettext("{most} codes were sent in the last 24 hours. Wait a day, or call your clinic.")
        super().__init__(said.format(most=MOST_MAILS_A_DAY))


class WrongCode(ValueError):
    """The code is not the one that was sent; without a try left, or too late, none is right any more."""

    def __init__(self, tries_left: int) -> None:
        self.tries_left = tries_left
        left = ngettext(
            "This is not the code. Check each digit: {count} try is left.",
            "This is not the code. Check each digit: {count} tries are left.",
            tries_left,
        ).format(count=tries_left)
        super().__init__(
            left if tries_left else gettext("This code does not work any more. Ask for another one.")
        )


def can_mail(device: Device) -> bool:
    """Whether a code can reach this phone's patient by mail."""
    return bool(settings.MAIL_IS_ON and device.patient.email_verified_at)


def ask(*, by: Device, now: datetime) -> None:
    """Mail a code to the patient's verified address. Raises NoAddress and TooManyCodes."""
    check_may(by, Permission.MANAGE_OWN_ACCESS, on=by.patient)
    if not can_mail(by):
        raise NoAddress
    with transaction.atomic():
        statements.lock(patient_id=by.patient_id)
        mail_code(device=by, way=Way.MAIL, to=by.patient.email, now=now)
        audit.record(
            by=by, clinic_id=by.clinic_id, action="confirmation.ask", now=now, patient_id=by.patient_id
        )


def issue_by_clinic(*, by: Membership, device: Device, now: datetime) -> str:
    """A code to read out to a patient who calls, for the phone in their hand. Shown once."""
    check_may(by, Permission.INVITE_PATIENTS, on=device)
    if device.caregiver_id is not None:  # a caregiver has nothing that would ask for one
        raise NotAllowed(Permission.MANAGE_OWN_ACCESS)
    with transaction.atomic():
        statements.lock(patient_id=device.patient_id)
        _, code = _make(device, way=Way.CLINIC, now=now)
        audit.record(
            by=by,
            clinic_id=by.clinic_id,
            action="confirmation.issue",
            now=now,
            patient_id=device.patient_id,
            subject=f"device:{device.pk}",
        )
    return code


def check(*, by: Device, code: str, now: datetime) -> None:
    """Take a code; from now on, for a while, this phone may do what reaches far. Raises WrongCode."""
    check_may(by, Permission.MANAGE_OWN_ACCESS, on=by.patient)
    with transaction.atomic():
        outcome = redeem(device=by, ways=STEPS_UP, code=code, event="confirmation.confirm", now=now)
    # Raised out here: inside, the count of tries would be taken back with the transaction.
    if isinstance(outcome, WrongCode):
        raise outcome


def joined(*, device: Device, now: datetime) -> None:
    """A patient who has just come in by the clinic's invitation need not show at once who they are."""
    Confirmation.objects.create(
        clinic_id=device.clinic_id,
        device=device,
        way=Way.JOINED,
        code_hash=b"",
        made_at=now,
        expires_at=now,
        confirmed_at=now,
    )


def mail_code(*, device: Device, way: Way, to: str, now: datetime, new_address: str = "") -> None:
    """Owe somebody a mail with a new code for a phone. Raises TooManyCodes."""
    recent = Confirmation.objects.filter(
        device__patient_id=device.patient_id, made_at__gt=now - timedelta(days=1)
    ).exclude(way__in=(Way.CLINIC, Way.JOINED))
    if recent.count() >= MOST_MAILS_A_DAY:
        raise TooManyCodes
    confirmation, code = _make(device, way=way, now=now, email=new_address)
    letter = code_letter(in_language(CODE, device.patient.language), code=code, minutes=CODE_MINUTES)
    outbox.put(
        clinic_id=device.clinic_id,
        patient_id=device.patient_id,
        key=f"code:{confirmation.pk}",
        to=to,
        letter=letter,
        now=now,
    )


def redeem(
    *, device: Device, ways: Collection[Way], code: str, event: str, now: datetime
) -> Confirmation | WrongCode:
    """The open confirmation of a phone that a code closes. A wrong code is counted, and given back."""
    statements.lock(patient_id=device.patient_id)
    waiting = Confirmation.objects.filter(
        device=device, way__in=ways, confirmed_at=None, expires_at__gt=now, tries__lt=MOST_TRIES
    )
    typed, known = codes.hash_code(code), list(waiting)
    found = next((one for one in known if hmac.compare_digest(bytes(one.code_hash), typed)), None)
    if found is None:
        left = MOST_TRIES - 1 - min((one.tries for one in known), default=MOST_TRIES - 1)
        waiting.update(tries=F("tries") + 1)
        locks = known and not left
        _record(device, "confirmation.lock" if locks else "confirmation.wrong", now, outcome="refused")
        return WrongCode(left)
    Confirmation.objects.filter(pk=found.pk).update(confirmed_at=now)
    _record(device, event, now)
    return found


def _record(device: Device, action: str, now: datetime, *, outcome: str = "done") -> None:
    audit.record(
        by=device,
        clinic_id=device.clinic_id,
        action=action,
        now=now,
        patient_id=device.patient_id,
        outcome=outcome,
    )


def _make(device: Device, *, way: Way, now: datetime, email: str = "") -> tuple[Confirmation, str]:
    """A new code; an earlier one that came the same way works no more."""
    Confirmation.objects.filter(device=device, way=way, confirmed_at=None, expires_at__gt=now).update(
        expires_at=now
    )
    code = codes.six_digits()
    made = Confirmation.objects.create(
        clinic_id=device.clinic_id,
        device=device,
        way=way,
        email=email,
        code_hash=codes.hash_code(code),
        made_at=now,
        expires_at=now + timedelta(minutes=CODE_MINUTES),
    )
    return made, code
