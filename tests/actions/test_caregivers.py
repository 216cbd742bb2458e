"""Caregivers: named by the patient or by staff who say why, invited, and ended at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.cast import NOW, TODAY, make_caregiver, make_device, make_patient
from tracker import access
from tracker.access import DeviceEnded, NotAllowed, NotYours, StepUpNeeded
from tracker.actions import caregivers, devices, invitations
from tracker.actions.caregivers import MOST
from tracker.actions.invitations import NotRedeemable
from tracker.domain.caregivers import Appointment, ConsentBy, Scope, Span
from tracker.domain.roles import Permission
from tracker.models import AuditEvent, Caregiver, Device, Invitation

pytestmark = pytest.mark.django_db

BY_PATIENT = Appointment(
    name="Bea Quill",
    relation="daughter",
    scope=Scope(may_log=True),
    span=Span(TODAY, TODAY + timedelta(days=30)),
    consent_by=ConsentBy.PATIENT,
)
BY_STAFF = replace(BY_PATIENT, consent_by=ConsentBy.STAFF, consent_reason="cannot hold a phone; agreed aloud")


def as_asked(device: Device, *, now) -> Device | None:
    """The device as a request finds it."""
    return access.device_of(token_hash=bytes(device.token_hash), now=now)


def test_the_patients_phone_names_one(our):
    caregiver = caregivers.name_one(by=our.device, patient=our.patient, wanted=BY_PATIENT, now=NOW)
    kept = Caregiver.objects.get()
    assert kept == caregiver and kept.consent_by == f"device:{our.device.pk}"
    assert (kept.name, kept.relation, kept.may_log, kept.may_read) == ("Bea Quill", "daughter", True, False)
    assert AuditEvent.objects.latest("id").detail == {"may": ["log"]}


def test_staff_name_one_with_a_reason(our):
    caregivers.name_one(by=our.clinician, patient=our.patient, wanted=BY_STAFF, now=NOW)
    kept = Caregiver.objects.get()
    assert kept.consent_by == f"staff:{our.clinician.pk}"
    assert kept.consent_reason == "cannot hold a phone; agreed aloud"
    assert "phone" not in str(AuditEvent.objects.latest("id").detail)


def test_staff_without_a_reason_are_told_what_to_write(our):
    with pytest.raises(ValidationError) as refused:
        caregivers.name_one(
            by=our.clinician, patient=our.patient, wanted=replace(BY_STAFF, consent_reason=" "), now=NOW
        )
    assert list(refused.value.message_dict) == ["consent_reason"]


def test_nobody_claims_that_the_other_side_agreed(our):
    for by, wanted in ((our.device, BY_STAFF), (our.clinician, replace(BY_PATIENT, consent_reason="asked"))):
        caregivers.name_one(by=by, patient=our.patient, wanted=wanted, now=NOW)
    said = list(Caregiver.objects.order_by("id").values_list("consent_by", flat=True))
    assert said == [f"device:{our.device.pk}", f"staff:{our.clinician.pk}"]
    assert Caregiver.objects.earliest("id").consent_reason == ""


def test_a_phone_whose_holder_did_not_show_who_they_are_names_nobody(our):
    with pytest.raises(StepUpNeeded):
        caregivers.name_one(
            by=our.device, patient=our.patient, wanted=BY_PATIENT, now=NOW + timedelta(hours=1)
        )


def test_a_caregiver_names_nobody(our):
    device, _ = make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient))
    with pytest.raises(NotAllowed):
        caregivers.name_one(by=device, patient=our.patient, wanted=BY_PATIENT, now=NOW)


def test_five_are_the_most(our):
    made = [
        caregivers.name_one(by=our.device, patient=our.patient, wanted=BY_PATIENT, now=NOW)
        for _ in range(MOST)
    ]
    with pytest.raises(ValidationError, match="End one"):
        caregivers.name_one(by=our.device, patient=our.patient, wanted=BY_PATIENT, now=NOW)
    caregivers.end(by=our.device, caregiver=made[0], now=NOW)
    caregivers.name_one(by=our.device, patient=our.patient, wanted=BY_PATIENT, now=NOW)


def test_the_patients_phone_invites_a_caregiver_and_nobody_else(our):
    caregiver = make_caregiver(our.patient)
    issued = invitations.issue(by=our.device, patient=our.patient, caregiver=caregiver, now=NOW)
    assert invitations.look(typed=issued.code, now=NOW).is_for_caregiver
    with pytest.raises(NotAllowed):
        invitations.issue(by=our.device, patient=our.patient, now=NOW)
    with pytest.raises(StepUpNeeded):
        invitations.issue(
            by=our.device, patient=our.patient, caregiver=caregiver, now=NOW + timedelta(hours=1)
        )


def test_a_caregiver_of_another_patient_is_not_there(our):
    neighbour = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    theirs = make_caregiver(neighbour)
    for attempt in (
        lambda: invitations.issue(by=our.device, patient=our.patient, caregiver=theirs, now=NOW),
        lambda: invitations.issue(by=our.clinician, patient=our.patient, caregiver=theirs, now=NOW),
        lambda: caregivers.end(by=our.device, caregiver=theirs, now=NOW),
    ):
        with pytest.raises(NotYours):
            attempt()


@pytest.mark.parametrize("who", ["device", "clinician"])
def test_an_ended_caregivers_phones_and_codes_open_nothing_from_then_on(our, who):
    caregiver = make_caregiver(our.patient)
    device, _ = make_device(our.patient, our.clinician, caregiver=caregiver)
    code = invitations.issue(by=our.clinician, patient=our.patient, caregiver=caregiver, now=NOW).code
    assert as_asked(device, now=NOW) == device
    caregivers.end(by=getattr(our, who), caregiver=caregiver, now=NOW)
    with pytest.raises(DeviceEnded):
        as_asked(device, now=NOW)
    with pytest.raises(NotRedeemable):
        invitations.look(typed=code, now=NOW)
    caregiver.refresh_from_db()
    with pytest.raises(NotYours):
        invitations.issue(by=our.clinician, patient=our.patient, caregiver=caregiver, now=NOW)
    assert Invitation.objects.latest("id").void_reason == "ended"
    assert as_asked(our.device, now=NOW) == our.device  # the patient's own goes on


def test_after_the_last_day_by_the_patients_calendar_the_phone_has_ended(our):
    device, _ = make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient, to_on=TODAY))
    midnight = NOW.replace(hour=0, minute=0) + timedelta(days=1)
    assert as_asked(device, now=midnight - timedelta(seconds=1)) == device
    with pytest.raises(DeviceEnded):
        as_asked(device, now=midnight)
    with pytest.raises(DeviceEnded):
        access.device_of(append_hash=bytes(device.append_hash), now=midnight)


def test_before_the_first_day_the_phone_may_do_nothing_yet(our):
    tomorrow = TODAY + timedelta(days=1)
    caregiver = make_caregiver(our.patient, from_on=tomorrow, may_read=True)
    device, _ = make_device(our.patient, our.clinician, caregiver=caregiver)
    found = as_asked(device, now=NOW)
    assert found and not [permission for permission in Permission if access.can(found, permission)]
    found = as_asked(device, now=NOW + timedelta(days=1))
    assert access.can(found, Permission.LOG_OWN_DIARY) and access.can(found, Permission.SEE_OWN_DIARY)


@pytest.mark.parametrize(
    ("scope", "may"),
    [
        ({"may_log": True, "may_read": False}, {Permission.LOG_OWN_DIARY}),
        ({"may_log": False, "may_read": True}, {Permission.SEE_OWN_DIARY}),
        ({"may_log": False, "may_read": False, "gets_alerts": True}, set()),
    ],
)
def test_a_caregiver_may_what_was_agreed_and_no_more(our, scope, may):
    device, _ = make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient, **scope))
    found = as_asked(device, now=NOW)
    assert {permission for permission in Permission if access.can(found, permission)} == may


def test_a_phone_that_a_caregiver_signs_out_is_ended(our):
    device, _ = make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient))
    devices.end(by=device, device=device, now=NOW)
    with pytest.raises(DeviceEnded):
        as_asked(device, now=NOW)


@pytest.mark.parametrize(
    "scope", [{"may_log": True, "may_read": False}, {"may_log": False, "may_read": True}]
)
def test_whoever_may_log_or_read_moves_to_another_phone_and_stays_who_they_are(our, scope):
    caregiver = make_caregiver(our.patient, **scope)
    device, _ = make_device(our.patient, our.clinician, caregiver=caregiver)
    code = invitations.issue_move(by=device, now=NOW)
    invitations.redeem(typed=code, born_on=our.patient.born_on, device_name="Another", now=NOW)
    assert Device.objects.latest("id").caregiver == caregiver
