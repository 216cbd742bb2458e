"""A patient who stops taking part: everything closes at once, and the record stays."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import NOW, TODAY, make_caregiver, make_device
from tracker import access
from tracker.access import DeviceEnded, NotAllowed
from tracker.actions import assessments, invitations, patients
from tracker.actions.invitations import NotRedeemable
from tracker.domain.attention import Level
from tracker.domain.consent import CURRENT
from tracker.models import Assessment, AuditEvent, Caregiver, Consent, Device, DiaryEntry, Injection, Patient

pytestmark = pytest.mark.django_db


@pytest.fixture
def taking_part(our):
    """Our patient with consent, a diary that has fallen silent, and a caregiver with a phone."""
    Consent.objects.create(
        clinic_id=our.clinic.pk, patient=our.patient, version=CURRENT, language="en", given_at=NOW
    )
    our.log({-2: 7, -1: 7, 1: 6})
    make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient))
    return our


@pytest.mark.parametrize("who", ["device", "clinician"])
def test_nothing_opens_the_diary_any_more(taking_part, who):
    our = taking_part
    codes = [
        invitations.issue(by=our.clinician, patient=our.patient, now=NOW).code,
        invitations.issue(
            by=our.clinician, patient=our.patient, caregiver=Caregiver.objects.get(), now=NOW
        ).code,
    ]
    patients.withdraw(by=getattr(our, who), patient=our.patient, now=NOW)
    for device in Device.objects.all():
        with pytest.raises(DeviceEnded):
            access.device_of(token_hash=bytes(device.token_hash), now=NOW)
        with pytest.raises(DeviceEnded):
            access.device_of(append_hash=bytes(device.append_hash), now=NOW)
    for code in codes:
        with pytest.raises(NotRedeemable):
            invitations.look(typed=code, now=NOW)
    assert Caregiver.objects.get().ended_at == NOW


def test_it_is_on_record_and_what_was_said_stays(taking_part):
    our = taking_part
    patients.withdraw(by=our.device, patient=our.patient, now=NOW)
    assert Consent.objects.get().withdrawn_at == Patient.objects.get(pk=our.patient.pk).withdrawn_at == NOW
    assert DiaryEntry.objects.count() == 3
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.actor) == ("patient.withdraw", f"device:{our.device.pk}")
    assert event.detail == {"phones": 2}


def test_nobody_is_asked_to_look_in_on_a_silence_that_was_chosen(taking_part):
    our = taking_part
    assert "silent" in Assessment.objects.get().attention_reasons
    patients.withdraw(by=our.device, patient=our.patient, now=NOW)
    assert (Injection.objects.get().closed_on, Injection.objects.get().closed_reason) == (TODAY, "withdrew")
    assessments.rebuild(patient=our.patient, now=NOW + timedelta(days=1))
    assert Assessment.objects.get().attention == Level.NONE


def test_a_second_time_changes_nothing_of_the_first(taking_part):
    our = taking_part
    patients.withdraw(by=our.clinician, patient=our.patient, now=NOW)
    patients.withdraw(by=our.clinician, patient=our.patient, now=NOW + timedelta(days=3))
    assert Patient.objects.get(pk=our.patient.pk).withdrawn_at == NOW


def test_a_caregiver_cannot_withdraw_for_the_patient(taking_part):
    our = taking_part
    phone = Device.objects.exclude(caregiver=None).get()
    with pytest.raises(NotAllowed):
        patients.withdraw(by=phone, patient=our.patient, now=NOW)
