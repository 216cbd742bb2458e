"""A patient's address: it counts once a code that went there came back, and its owner hears of a change."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.cast import NOW
from tracker.access import StepUpNeeded
from tracker.actions import confirmations, contact
from tracker.actions.confirmations import WrongCode
from tracker.actions.contact import NoMail
from tracker.content.mails import ADDRESS_CHANGED
from tracker.models import AuditEvent, OutgoingMail, Patient

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=30)
NOTICE = ADDRESS_CHANGED["en"].subject


def address(our) -> tuple[str, bool]:
    patient = Patient.objects.get(pk=our.patient.pk)
    return patient.email, patient.email_verified_at is not None


def mails() -> list[tuple[str, str]]:
    return [(mail.recipient, mail.subject) for mail in OutgoingMail.objects.order_by("id")]


def code() -> str:
    found = re.search(r"\b\d{6}\b", OutgoingMail.objects.filter(key__startswith="code:").latest("id").body)
    assert found
    return found[0]


def verified(our, email: str = "ada@example.org") -> None:
    contact.propose(by=our.device, email=email, now=NOW)
    contact.verify(by=our.device, code=code(), now=NOW)


def test_a_new_address_counts_once_its_code_came_back(our):
    contact.propose(by=our.device, email=" ada@example.org ", now=NOW)
    assert address(our) == ("", False)
    contact.verify(by=our.device, code=code(), now=NOW + timedelta(minutes=5))
    assert address(our) == ("ada@example.org", True)
    assert [to for to, _ in mails()] == ["ada@example.org"]


def test_the_code_of_a_new_address_shows_nothing_of_who_holds_the_phone(our):
    verified(our)
    contact.propose(by=our.device, email="thief@example.org", now=NOW)
    with pytest.raises(WrongCode):
        confirmations.check(by=our.device, code=code(), now=NOW)


def test_a_wrong_code_leaves_the_address_as_it_is(our):
    contact.propose(by=our.device, email="ada@example.org", now=NOW)
    wrong = f"{(int(code()) + 1) % 1_000_000:06}"
    with pytest.raises(WrongCode):
        contact.verify(by=our.device, code=wrong, now=NOW)
    assert address(our) == ("", False)


def test_the_old_address_hears_of_the_new_one_after_it_is_verified(our):
    verified(our)
    contact.propose(by=our.device, email="new@example.org", now=NOW)
    assert NOTICE not in [subject for _, subject in mails()]
    contact.verify(by=our.device, code=code(), now=NOW)
    assert mails()[-1] == ("ada@example.org", NOTICE)
    assert address(our) == ("new@example.org", True)


def test_an_address_goes_and_hears_of_it(our):
    verified(our)
    contact.remove(by=our.device, now=NOW)
    assert address(our) == ("", False)
    assert mails()[-1] == ("ada@example.org", NOTICE)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda device: contact.propose(by=device, email="x@example.org", now=LATER),
        lambda device: contact.remove(by=device, now=LATER),
    ],
)
def test_a_change_needs_a_step_up(our, attempt):
    with pytest.raises(StepUpNeeded):
        attempt(our.device)
    assert not OutgoingMail.objects.exists()


def test_an_address_from_staff_counts_for_nothing_until_the_patient_types_its_code(our):
    contact.enter(by=our.clinician, patient=our.patient, email="ada@example.org", now=NOW)
    assert address(our) == ("ada@example.org", False)
    our.device.patient.refresh_from_db()
    contact.send_code(by=our.device, now=LATER)  # no step-up: the code goes where the clinic said
    contact.verify(by=our.device, code=code(), now=LATER)
    assert address(our) == ("ada@example.org", True)


def test_staff_who_change_a_verified_address_tell_the_old_one(our):
    verified(our)
    our.patient.refresh_from_db()
    contact.enter(by=our.clinician, patient=our.patient, email="new@example.org", now=NOW)
    assert address(our) == ("new@example.org", False)
    assert mails()[-1] == ("ada@example.org", NOTICE)
    contact.enter(by=our.clinician, patient=our.patient, email="", now=NOW)
    assert address(our) == ("", False)


@pytest.mark.parametrize(
    "wrong", ["", "ada", "ada@", "a b@example.org", "a@example.org\nBcc: x@example.org", "a" * 300 + "@e.org"]
)
def test_what_is_no_address_is_refused(our, wrong):
    with pytest.raises(ValidationError) as refused:
        contact.propose(by=our.device, email=wrong, now=NOW)
    assert list(refused.value.message_dict) == ["email"]


def test_where_no_mail_is_set_up_that_is_said(our, settings):
    settings.MAIL_IS_ON = False
    with pytest.raises(NoMail):
        contact.propose(by=our.device, email="ada@example.org", now=NOW)
    assert not OutgoingMail.objects.exists()


def test_no_address_is_in_the_trail(our):
    verified(our)
    contact.remove(by=our.device, now=NOW)
    assert "example.org" not in str(list(AuditEvent.objects.values()))
