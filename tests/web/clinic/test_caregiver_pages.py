"""Caregivers, addresses, codes and withdrawal from the clinic's side."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, TODAY, make_caregiver, make_device, make_patient
from tests.factors import confirm
from tracker import access
from tracker.actions import confirmations, patients
from tracker.models import Caregiver, Device, Patient

BEA = {
    "name": "Bea Quill",
    "relation": "daughter",
    "may_log": "on",
    "may_read": "on",
    "from_on": str(TODAY),
    "consent_reason": "cannot hold a phone, agreed aloud",
}


@pytest.fixture
def desk(desk: Client) -> Client:
    confirm(desk)
    return desk


def page(name: str, our, *more) -> str:
    return reverse(f"clinic:{name}", args=[our.patient.public_id, *more])


def record(desk: Client, our) -> str:
    return desk.get(page("patient", our)).text


def test_staff_name_a_caregiver_with_the_reason_and_hand_over_a_code(our, desk):
    assert desk.post(page("caregiver_new", our), BEA).url == page("caregivers", our)
    bea = Caregiver.objects.get()
    html = desk.get(page("caregivers", our)).text
    assert "Agreed by staff: cannot hold a phone, agreed aloud" in html and "No phone yet" in html
    shown = desk.post(page("caregiver_invite", our, bea.pk)).text
    code = re.search(r'class="code">([^<]+)<', shown)[1]
    helper = Client()
    helper.post(reverse("patient:join"), {"code": code, "born_on": str(our.patient.born_on)})
    assert Device.objects.latest("id").caregiver == bea
    assert "Caregivers (1)" in record(desk, our)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"consent_reason": ""}, "Write why the patient cannot agree"),
        ({"may_log": "", "may_read": ""}, "Choose at least one thing"),
    ],
)
def test_what_is_missing_is_said_and_nobody_is_named(our, desk, wrong, words):
    answer = desk.post(page("caregiver_new", our), BEA | wrong)
    assert answer.status_code == 422 and words in answer.text
    assert not Caregiver.objects.exists()


def test_naming_somebody_for_a_patient_asks_again_who_is_at_the_desk(our, desk):
    confirm(desk, ago=600)
    answer = desk.get(page("caregiver_new", our))
    assert answer.url.startswith(reverse("account_reauthenticate"))


def test_a_caregiver_is_ended_at_once(our, desk):
    bea = make_caregiver(our.patient, name="Bea Quill")
    assert "Bea Quill" in desk.get(page("caregiver_end", our, bea.pk)).text
    assert desk.post(page("caregiver_end", our, bea.pk)).url == page("caregivers", our)
    assert Caregiver.objects.get().ended_at == NOW
    for gone in ("caregiver_end", "caregiver_invite"):
        assert desk.post(page(gone, our, bea.pk)).status_code == 404


def test_a_caregiver_is_found_below_their_own_patient_only(our, desk):
    neighbour = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    theirs = make_caregiver(neighbour)
    for name in ("caregiver_end", "caregiver_invite"):
        assert desk.post(page(name, our, theirs.pk)).status_code == 404
    assert Caregiver.objects.get().ended_at is None


def test_a_code_is_read_out_for_the_phone_in_the_patients_hand(our, desk):
    helper, _ = make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient))
    html = desk.get(page("code", our)).text
    assert "First make sure who is calling" in html and html.count('type="radio"') == 1
    shown = desk.post(page("code", our), {"phone": our.device.pk}).text
    code = re.search(r'class="code">(\d{6})<', shown)[1]
    confirmations.check(by=our.device, code=code, now=NOW)
    assert desk.post(page("code", our), {"phone": helper.pk}).status_code == 422
    assert not access.has_stepped_up(helper, now=NOW)


def test_without_a_phone_the_way_is_an_invitation(our, desk):
    Device.objects.update(ended_at=NOW)
    assert "Invite them to the app instead" in desk.get(page("code", our)).text
    assert desk.post(page("code", our), {"phone": our.device.pk}).status_code == 422


def test_an_address_is_written_down_unconfirmed_and_taken_away(our, desk):
    for typed, stored in ((" ada@example.org ", "ada@example.org"), ("", "")):
        assert desk.post(page("address", our), {"email": typed}).url == page("patient", our)
        patient = Patient.objects.get(pk=our.patient.pk)
        assert (patient.email, patient.email_verified_at) == (stored, None)
    answer = desk.post(page("address", our), {"email": "ada"})
    assert answer.status_code == 422 and "no e-mail address" in answer.text


def test_a_patient_who_says_so_stops_and_the_record_says_it(our, desk, phone):
    assert "need give no reason" in desk.get(page("withdraw", our)).text
    assert desk.post(page("withdraw", our)).url == page("patient", our)
    assert "Takes part no more since 20 May 2026." in record(desk, our)
    assert page("withdraw", our) not in record(desk, our)
    assert phone.get(reverse("patient:today")).status_code == 401


def test_a_record_without_an_injection_leads_there_as_well(our, desk):
    neighbour = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    html = desk.get(reverse("clinic:patient", args=[neighbour.public_id])).text
    assert reverse("clinic:caregivers", args=[neighbour.public_id]) in html
    patients.withdraw(by=our.clinician, patient=neighbour, now=NOW)
    assert "Takes part no more" in desk.get(reverse("clinic:patient", args=[neighbour.public_id])).text
