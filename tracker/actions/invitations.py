"""A person's way in: the clinic issues a link and a code, a phone shows who holds it and becomes a device."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, ngettext

from tracker import tenancy
from tracker.access import Actor, NotYours, can, check_may, check_stepped_up
from tracker.actions import audit, codes, confirmations, devices
from tracker.actions.codes import Typed
from tracker.actions.devices import Keys
from tracker.domain.roles import Permission
from tracker.models import Caregiver, Device, Invitation, Patient, statements

MOST_TRIES = 5
"""Wrong dates of birth after which an invitation opens nothing any more, and the clinic is told."""

MOVING_LIFE = timedelta(minutes=10)


class NotRedeemable(ValueError):
    """Unknown, used, voided and expired codes get the same answer."""

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "This code does not work. Check each letter; if it is right, ask your clinic for a new one."
            )
        )


class WrongBirthDate(ValueError):
    """The date of birth is not the patient's: right code, perhaps the wrong person. At 0 the code is void."""

    def __init__(self, tries_left: int) -> None:
        self.tries_left = tries_left
        left = ngettext(
            "This is not the date of birth that the clinic has. {count} try is left.",
            "This is not the date of birth that the clinic has. {count} tries are left.",
            tries_left,
        ).format(count=tries_left)
        none = gettext("The date of birth was wrong five times. Ask your clinic for a new code.")
        super().__init__(left if tries_left else none)


@dataclass(frozen=True, slots=True)
class Issued:
    """What the clinic hands over once: the link's token, and the code for typing."""

    token: str
    code: str
    invitation_id: int


@dataclass(frozen=True, slots=True)
class Glimpse:
    """All that a code shows before the date of birth: whether it can be the right person's."""

    clinic: str
    initial: str
    is_for_caregiver: bool


def issue(*, by: Actor, patient: Patient, now: datetime, caregiver: Caregiver | None = None) -> Issued:
    """Void the person's open invitations and make a new one, for 72 hours.

    Staff invite everybody; a patient's phone invites the patient's caregivers. Raises StepUpNeeded.
    """
    _check_may_invite(by, patient, caregiver)
    check_stepped_up(by, now=now)
    token, code = codes.new_token(), codes.new_code(by.clinic.locator)
    with transaction.atomic():
        statements.lock(patient_id=patient.pk)
        voided = void_open(patient_id=patient.pk, caregiver=caregiver, reason="reissued", now=now)
        until = now + settings.INVITATION_LIFE
        made = _make(patient, caregiver, token=token, code=code, now=now, expires_at=until)
        audit.record(
            by=by,
            clinic_id=patient.clinic_id,
            action="invitation.issue",
            now=now,
            patient_id=patient.pk,
            subject=f"caregiver:{caregiver.pk}" if caregiver else "",
            voided=voided,
        )
    return Issued(f"{by.clinic.locator}.{token}", code, made.pk)


def _check_may_invite(by: Actor, patient: Patient, caregiver: Caregiver | None) -> None:
    if caregiver is None:
        check_may(by, Permission.INVITE_PATIENTS, on=patient)
        return
    own = isinstance(by, Device)
    check_may(by, Permission.MANAGE_OWN_ACCESS if own else Permission.MANAGE_CAREGIVERS, on=caregiver)
    if caregiver.patient_id != patient.pk or caregiver.ended_at is not None:
        raise NotYours


def issue_move(*, by: Device, now: datetime) -> str:
    """A code of six digits that brings the same person to another phone, or into the installed app."""
    if not can(by, Permission.SEE_OWN_DIARY):  # whoever may log or read may do it on another phone
        check_may(by, Permission.LOG_OWN_DIARY, on=by.patient)
    with transaction.atomic():
        statements.lock(patient_id=by.patient_id)
        void_open(patient_id=by.patient_id, caregiver=by.caregiver, reason="reissued", now=now)
        code = _free_digits(by.patient.clinic.locator, now=now)
        _make(by.patient, by.caregiver, token=None, code=code, now=now, expires_at=now + MOVING_LIFE)
        audit.record(
            by=by, clinic_id=by.clinic_id, action="invitation.move", now=now, patient_id=by.patient_id
        )
    return code


def look(*, typed: str, now: datetime) -> Glimpse:
    """Whose code this seems to be. Redeems nothing. Raises NotRedeemable and codes.Unreadable."""
    found = codes.read(typed)
    with tenancy.clinic(_clinic_of(found)):
        invitation = _open(found, now)
        if invitation is None:
            raise NotRedeemable
        return Glimpse(
            clinic=invitation.clinic.name,
            initial=invitation.patient.given_name[:1],
            is_for_caregiver=invitation.caregiver_id is not None,
        )


def redeem(
    *,
    typed: str,
    born_on: date,
    device_name: str,
    now: datetime,
    replaces: Device | None = None,
    is_borrowed: bool = False,
) -> Keys:
    """Turn a code into a device, where the date of birth is the patient's.

    The date is a match of identity, "the right person got the letter", and never opens anything by itself.
    `replaces` is what the browser was until now: it ends, since its keys are lost. Where the phone
    `is_borrowed` it keeps nothing. Of two phones that redeem at once, one gets in. Raises NotRedeemable,
    WrongBirthDate, codes.Unreadable.
    """
    found = codes.read(typed)
    clinic_id = _clinic_of(found)
    at_home = replaces if replaces is not None and replaces.clinic_id == clinic_id else None
    with tenancy.clinic(clinic_id):
        outcome = _redeem(
            found,
            born_on=born_on,
            device_name=device_name,
            is_borrowed=is_borrowed,
            now=now,
            replaces=at_home,
        )
    # Raised out here: inside, the count of tries would be taken back with the transaction.
    if isinstance(outcome, Exception):
        raise outcome
    if replaces is not None and at_home is None:
        with tenancy.clinic(replaces.clinic_id):
            devices.end(by=replaces, device=replaces, now=now)
    return outcome


def _redeem(
    found: Typed,
    *,
    born_on: date,
    device_name: str,
    is_borrowed: bool,
    now: datetime,
    replaces: Device | None,
) -> Keys | NotRedeemable | WrongBirthDate:
    with transaction.atomic():
        invitation = _open(found, now)
        if invitation is None:
            return NotRedeemable()
        statements.lock(patient_id=invitation.patient_id)
        invitation = _open(found, now)  # again: another phone may have been faster
        if invitation is None:
            return NotRedeemable()
        if invitation.patient.born_on != born_on:
            return _count_try(invitation, now)
        Invitation.objects.filter(pk=invitation.pk).update(redeemed_at=now)
        if replaces is not None:  # before the new one: the person may be at the limit
            devices.end(by=replaces, device=replaces, now=now)
        device, keys = devices.add(invitation=invitation, name=device_name, now=now, is_borrowed=is_borrowed)
        if invitation.token_hash is not None and device.caregiver_id is None:
            # From the clinic. A code that moves a phone comes from that phone, and shows nothing new.
            confirmations.joined(device=device, now=now)
        audit.record(
            by=device,
            clinic_id=device.clinic_id,
            action="invitation.redeem",
            now=now,
            patient_id=device.patient_id,
            subject=f"device:{device.pk}",
        )
    return keys


def _count_try(invitation: Invitation, now: datetime) -> WrongBirthDate:
    invitation.tries += 1
    left = MOST_TRIES - invitation.tries
    if not left:
        invitation.voided_at, invitation.void_reason = now, "tries"
    invitation.save(update_fields=["tries", "voided_at", "void_reason"])
    audit.record(
        by=None,
        clinic_id=invitation.clinic_id,
        action="invitation.wrong_birth_date" if left else "invitation.lock",
        now=now,
        patient_id=invitation.patient_id,
        subject=f"invitation:{invitation.pk}",
        outcome="refused",
    )
    return WrongBirthDate(left)


def _clinic_of(found: Typed) -> int:
    clinic_id = codes.clinic_with(found.locator)
    if clinic_id is None:
        raise NotRedeemable
    return clinic_id


def _open(found: Typed, now: datetime) -> Invitation | None:
    mine = {"token_hash": found.token_hash} if found.token_hash else {"code_hash": found.code_hash}
    return (
        Invitation.objects.select_related("patient", "clinic", "caregiver")
        .filter(**mine, redeemed_at=None, voided_at=None, expires_at__gt=now)
        .first()
    )


def void_open(*, patient_id: int, caregiver: Caregiver | None, reason: str, now: datetime) -> int:
    """Let no code of this person's open anything any more. Returns how many did."""
    mine = Invitation.objects.filter(
        patient_id=patient_id, caregiver=caregiver, redeemed_at=None, voided_at=None
    )
    return int(mine.update(voided_at=now, void_reason=reason))


def void_all(*, patient: Patient, now: datetime) -> None:
    """Of the patient and of every caregiver."""
    Invitation.objects.filter(patient=patient, redeemed_at=None, voided_at=None).update(
        voided_at=now, void_reason="ended"
    )


def _free_digits(locator: str, *, now: datetime) -> str:
    """Six digits that open nothing else just now; what is over gives its digits back."""
    Invitation.objects.filter(redeemed_at=None, voided_at=None, expires_at__lte=now).update(
        voided_at=now, void_reason="expired"
    )
    while True:
        code = codes.new_digits(locator)
        if not Invitation.objects.filter(
            code_hash=codes.hash_code(code), redeemed_at=None, voided_at=None
        ).exists():
            return code


def _make(
    patient: Patient,
    caregiver: Caregiver | None,
    *,
    token: str | None,
    code: str,
    now: datetime,
    expires_at: datetime,
) -> Invitation:
    return Invitation.objects.create(
        clinic_id=patient.clinic_id,
        patient=patient,
        caregiver=caregiver,
        token_hash=codes.hash_token(token) if token else None,
        code_hash=codes.hash_code(code),
        made_at=now,
        expires_at=expires_at,
    )
