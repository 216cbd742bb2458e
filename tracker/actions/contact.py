"""The address to which a patient's codes are mailed. It counts once a code that went there came back."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext

from tracker.access import check_may, check_stepped_up
from tracker.actions import audit, confirmations, outbox
from tracker.actions.confirmations import WrongCode
from tracker.content.languages import in_language
from tracker.content.mails import ADDRESS_CHANGED
from tracker.domain.roles import Permission
from tracker.domain.step_up import Way
from tracker.models import Device, Membership, Patient, statements

LONGEST_ADDRESS = 254


class NoMail(ValueError):
    def __init__(self) -> None:
        super().__init__(
            gettext("No mail can be sent from here, so no address can be checked. Ask your clinic.")
        )


def enter(*, by: Membership, patient: Patient, email: str, now: datetime) -> None:
    """Write down what a patient told staff; empty takes the address away. Raises ValidationError.

    It serves for nothing until the patient has typed a code that went there.
    """
    check_may(by, Permission.EDIT_PATIENTS, on=patient)
    email = _checked(email) if email.strip() else ""
    with transaction.atomic():
        statements.lock(patient_id=patient.pk)
        _set(patient, email, verified_at=None, now=now)
        audit.record(by=by, clinic_id=by.clinic_id, action="contact.enter", now=now, patient_id=patient.pk)


def propose(*, by: Device, email: str, now: datetime) -> None:
    """Mail a code to a new address; the one before stays until it comes back.

    Raises ValidationError, NoMail, TooManyCodes and StepUpNeeded.
    """
    check_may(by, Permission.MANAGE_OWN_ACCESS, on=by.patient)
    check_stepped_up(by, now=now)
    _mail_code(by, _checked(email), "contact.propose", now)


def send_code(*, by: Device, now: datetime) -> None:
    """Mail a code to the address that the clinic wrote down. Raises NoMail and TooManyCodes."""
    check_may(by, Permission.MANAGE_OWN_ACCESS, on=by.patient)
    _mail_code(by, _checked(by.patient.email), "contact.send_code", now)


def _mail_code(by: Device, email: str, action: str, now: datetime) -> None:
    if not settings.MAIL_IS_ON:
        raise NoMail
    with transaction.atomic():
        statements.lock(patient_id=by.patient_id)
        confirmations.mail_code(device=by, way=Way.ADDRESS, to=email, new_address=email, now=now)
        audit.record(by=by, clinic_id=by.clinic_id, action=action, now=now, patient_id=by.patient_id)


def verify(*, by: Device, code: str, now: datetime) -> None:
    """Take the code that went to an address: from now on it is the patient's. Raises WrongCode."""
    check_may(by, Permission.MANAGE_OWN_ACCESS, on=by.patient)
    with transaction.atomic():
        outcome = confirmations.redeem(
            device=by, ways=(Way.ADDRESS,), code=code, event="contact.verify", now=now
        )
        if not isinstance(outcome, WrongCode):
            _set(by.patient, outcome.email, verified_at=now, now=now)
    # Raised out here: inside, the count of tries would be taken back with the transaction.
    if isinstance(outcome, WrongCode):
        raise outcome


def remove(*, by: Device, now: datetime) -> None:
    """Forget the address: codes come from the clinic only. Raises StepUpNeeded."""
    check_may(by, Permission.MANAGE_OWN_ACCESS, on=by.patient)
    check_stepped_up(by, now=now)
    with transaction.atomic():
        statements.lock(patient_id=by.patient_id)
        _set(by.patient, "", verified_at=None, now=now)
        audit.record(
            by=by, clinic_id=by.clinic_id, action="contact.remove", now=now, patient_id=by.patient_id
        )


def _set(patient: Patient, email: str, *, verified_at: datetime | None, now: datetime) -> None:
    """Store an address, and tell the one before where it was in use."""
    before = patient.email if patient.email_verified_at else ""
    patient.email, patient.email_verified_at = email, verified_at
    patient.save(update_fields=["email", "email_verified_at"])
    if settings.MAIL_IS_ON and before and before.casefold() != email.casefold():
        letter = in_language(ADDRESS_CHANGED, patient.language)
        key = f"address:{patient.pk}:{now:%Y%m%d%H%M%S%f}"
        outbox.put(
            clinic_id=patient.clinic_id, patient_id=patient.pk, key=key, to=before, letter=letter, now=now
        )


def _checked(email: str) -> str:
    email = email.strip()
    try:
        validate_email(email)
    except ValidationError:
        raise ValidationError(
            {"email": gettext("This is no e-mail address. Check it; it has one @.")}
        ) from None
    if len(email) > LONGEST_ADDRESS:
        raise ValidationError({"email": gettext("This address is too long. Choose another one.")})
    return email
