"""Showing once more who holds a phone: codes by mail and from the clinic, and what they are worth."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.cast import NOW, make_caregiver, make_device
from tracker import access
from tracker.access import NotAllowed, StepUpNeeded
from tracker.actions import confirmations, invitations
from tracker.actions.confirmations import MOST_MAILS_A_DAY, NoAddress, TooManyCodes, WrongCode
from tracker.domain.step_up import MOST_TRIES, Way
from tracker.models import AuditEvent, Confirmation, Device, OutgoingMail, Patient

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=30)
"""When the phone's own joining counts no more."""


@pytest.fixture
def device(our) -> Device:
    """Our patient's phone, half an hour after it joined; codes reach its patient by mail."""
    Patient.objects.filter(pk=our.patient.pk).update(email="ada@example.org", email_verified_at=NOW)
    return phone_of(our)


def phone_of(our) -> Device:
    """The row as a request reads it."""
    return Device.objects.select_related("patient__clinic", "caregiver").get(pk=our.device.pk)


def mailed(at: int = -1) -> str:
    """The code in a mail that is owed."""
    body = list(OutgoingMail.objects.order_by("id"))[at].body
    found = re.search(r"\b\d{6}\b", body)
    assert found
    return found[0]


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_a_code_by_mail_goes_to_the_verified_address_and_steps_up(device):
    assert not access.has_stepped_up(device, now=LATER)
    confirmations.ask(by=device, now=LATER)
    assert OutgoingMail.objects.get().recipient == "ada@example.org"
    confirmations.check(by=device, code=mailed(), now=LATER + timedelta(minutes=9))
    assert access.has_stepped_up(device, now=LATER + timedelta(minutes=18))
    assert not access.has_stepped_up(device, now=LATER + timedelta(minutes=19))


def test_a_code_is_read_whatever_is_typed_between_its_digits(device):
    confirmations.ask(by=device, now=LATER)
    code = mailed()
    confirmations.check(by=device, code=f" {code[:3]}-{code[3:]} ", now=LATER)
    assert access.has_stepped_up(device, now=LATER)


def test_a_code_works_once_and_for_ten_minutes(device):
    confirmations.ask(by=device, now=LATER)
    with pytest.raises(WrongCode):
        confirmations.check(by=device, code=mailed(), now=LATER + timedelta(minutes=10))
    confirmations.check(by=device, code=mailed(), now=LATER)
    with pytest.raises(WrongCode):
        confirmations.check(by=device, code=mailed(), now=LATER)


def test_after_five_wrong_codes_the_right_one_does_not_work_either(device):
    confirmations.ask(by=device, now=LATER)
    code = mailed()
    left = []
    for _ in range(MOST_TRIES):
        with pytest.raises(WrongCode) as refused:
            confirmations.check(by=device, code=other_than(code), now=LATER)
        left.append(refused.value.tries_left)
    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(WrongCode):
        confirmations.check(by=device, code=code, now=LATER)
    assert not access.has_stepped_up(device, now=LATER)
    actions = list(AuditEvent.objects.order_by("-id").values_list("action", "outcome")[1:3])
    assert actions == [("confirmation.lock", "refused"), ("confirmation.wrong", "refused")]


def test_a_code_is_bound_to_the_phone_that_asked_for_it(our, device):
    other, _ = make_device(our.patient, our.clinician)
    confirmations.ask(by=device, now=LATER)
    with pytest.raises(WrongCode):
        confirmations.check(by=other, code=mailed(), now=LATER)
    assert not access.has_stepped_up(other, now=LATER)


def test_a_newer_code_takes_the_place_of_the_one_before(device):
    confirmations.ask(by=device, now=LATER)
    confirmations.ask(by=device, now=LATER)
    if mailed(0) != mailed(1):
        with pytest.raises(WrongCode):
            confirmations.check(by=device, code=mailed(0), now=LATER)
    confirmations.check(by=device, code=mailed(1), now=LATER)


def test_a_wrong_code_counts_for_every_code_that_waits(our, device):
    confirmations.ask(by=device, now=LATER)
    read_out = confirmations.issue_by_clinic(by=our.clinician, device=device, now=LATER)
    wrong = next(code for code in ("000000", "000001", "000002") if code not in (mailed(), read_out))
    with pytest.raises(WrongCode):
        confirmations.check(by=device, code=wrong, now=LATER)
    waiting = Confirmation.objects.filter(confirmed_at=None)
    assert set(waiting.values_list("way", "tries")) == {(Way.MAIL, 1), (Way.CLINIC, 1)}


def test_ten_mails_a_day_are_the_most(device):
    for _ in range(MOST_MAILS_A_DAY):
        confirmations.ask(by=device, now=LATER)
    with pytest.raises(TooManyCodes):
        confirmations.ask(by=device, now=LATER + timedelta(hours=23))
    confirmations.ask(by=device, now=LATER + timedelta(hours=25))


def test_an_address_that_was_never_verified_gets_no_code(our):
    Patient.objects.filter(pk=our.patient.pk).update(email="ada@example.org")
    with pytest.raises(NoAddress):
        confirmations.ask(by=phone_of(our), now=LATER)
    assert not OutgoingMail.objects.exists()


def test_without_mail_there_is_the_clinics_code_only(device, settings, our):
    settings.MAIL_IS_ON = False
    with pytest.raises(NoAddress):
        confirmations.ask(by=device, now=LATER)
    code = confirmations.issue_by_clinic(by=our.clinician, device=device, now=LATER)
    confirmations.check(by=device, code=code, now=LATER)
    assert access.has_stepped_up(device, now=LATER)


def test_neither_code_nor_address_is_in_the_trail(our, device):
    confirmations.ask(by=device, now=LATER)
    code = mailed()
    confirmations.check(by=device, code=code, now=LATER)
    for event in AuditEvent.objects.values():
        assert code not in str(event["detail"]) + event["subject"] and "ada@" not in str(event)
    assert code.encode() not in bytes(Confirmation.objects.latest("id").code_hash)


def test_joining_by_the_clinics_invitation_counts_for_ten_minutes(our):
    device, _ = make_device(our.patient, our.clinician)
    assert access.has_stepped_up(device, now=NOW + timedelta(minutes=9))
    assert not access.has_stepped_up(device, now=NOW + timedelta(minutes=10))


def test_joining_by_a_code_off_another_phone_counts_for_nothing(our):
    # Whoever holds an unlocked phone, and knows a date of birth, would have everything otherwise.
    code = invitations.issue_move(by=our.device, now=LATER)
    invitations.redeem(typed=code, born_on=our.patient.born_on, device_name="Another", now=LATER)
    assert not access.has_stepped_up(Device.objects.latest("id"), now=LATER)


def test_a_caregiver_never_steps_up(our):
    caregiver = make_caregiver(our.patient)
    device, _ = make_device(our.patient, our.clinician, caregiver=caregiver)
    for attempt in (
        lambda: confirmations.ask(by=device, now=NOW),
        lambda: confirmations.check(by=device, code="123456", now=NOW),
        lambda: confirmations.issue_by_clinic(by=our.clinician, device=device, now=NOW),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert not access.has_stepped_up(device, now=NOW)


def test_what_reaches_far_is_refused_without(our, device):
    access.check_stepped_up(our.clinician, now=LATER)
    with pytest.raises(StepUpNeeded):
        access.check_stepped_up(device, now=LATER)
