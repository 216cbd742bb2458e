"""Adding, correcting, reading and inviting a patient."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import ClinicCast
from tracker.actions import codes
from tracker.models import AuditEvent, Invitation, Patient

NEW = reverse("clinic:patient_new")
FORM = {
    "given_name": "Nia",
    "family_name": "Ortega",
    "born_on": "1975-02-03",
    "record_number": "n-9",
    "language": "en",
    "time_zone": "Europe/Berlin",
}


def test_a_new_patient_is_saved_and_the_injection_comes_next(our: ClinicCast, desk: Client) -> None:
    answer = desk.post(NEW, FORM)
    patient = Patient.objects.get(family_name="Ortega")
    assert answer.url == reverse("clinic:injection_new", args=[patient.public_id])
    assert (patient.clinic, patient.time_zone, str(patient.born_on)) == (
        our.clinic,
        "Europe/Berlin",
        "1975-02-03",
    )
    assert "Patient added" in desk.get(answer.url).text


def test_the_clinics_time_zone_is_chosen_beforehand(our: ClinicCast, desk: Client) -> None:
    assert '<option value="UTC" selected>' in desk.get(NEW).text


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("given_name", ""),
        ("family_name", "x" * 81),
        ("born_on", "31.13."),
        ("time_zone", "Mars/Olympus"),
        ("language", "tlh"),
    ],
)
def test_a_wrong_field_is_named_and_the_rest_stays(
    our: ClinicCast, desk: Client, field: str, wrong: str
) -> None:
    answer = desk.post(NEW, FORM | {field: wrong})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.text
    assert 'value="n-9"' in answer.text
    assert Patient.objects.count() == 1


def test_a_record_number_of_another_patient_is_refused_in_words(our: ClinicCast, desk: Client) -> None:
    answer = desk.post(NEW, FORM | {"record_number": "harbour-1"})
    assert answer.status_code == 422
    assert "Another patient of this clinic has this record number" in answer.text


def test_a_correction_is_saved_and_the_time_zone_stays(our: ClinicCast, desk: Client) -> None:
    edit = reverse("clinic:patient_edit", args=[our.patient.public_id])
    assert 'value="Quill"' in desk.get(edit).text
    answer = desk.post(edit, FORM | {"time_zone": "Asia/Tokyo", "language": "ar"})
    assert answer.url == reverse("clinic:patient", args=[our.patient.public_id])
    our.patient.refresh_from_db()
    assert (our.patient.family_name, our.patient.time_zone) == ("Ortega", "UTC")
    assert our.patient.language == "ar"


def test_the_invitation_shows_a_code_that_opens_the_diary_once(our: ClinicCast, desk: Client) -> None:
    page = desk.post(reverse("clinic:invite", args=[our.patient.public_id])).text
    code = re.search(r'<p class="code">([0-9A-Z-]+)</p>', page)[1]
    token = re.search(r'value="http://testserver/join/#([\w.-]+)"', page)[1]
    assert "until Saturday 23 May, 19:30" in page
    invitation = Invitation.objects.get(code_hash=codes.hash_code(code))
    assert bytes(invitation.token_hash) == codes.hash_token(token.partition(".")[2])
    assert (invitation.patient, invitation.redeemed_at) == (our.patient, None)
    assert AuditEvent.objects.latest("id").action == "invitation.issue"


def test_opening_the_invitation_address_makes_no_code(our: ClinicCast, desk: Client) -> None:
    count = Invitation.objects.count()
    assert desk.get(reverse("clinic:invite", args=[our.patient.public_id])).status_code == 405
    assert Invitation.objects.count() == count


def test_a_patient_without_an_injection_is_offered_one(our: ClinicCast, desk: Client) -> None:
    our.injection.delete()
    page = desk.get(reverse("clinic:patient", args=[our.patient.public_id])).text
    assert "No injection yet" in page
    assert reverse("clinic:injection_new", args=[our.patient.public_id]) in page
