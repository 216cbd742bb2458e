"""Enrolment in the recovery bay: one form, then the code."""

from __future__ import annotations

import re
import uuid
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, PASSWORD, TODAY, ClinicCast, make_caregiver, make_device, make_patient
from tracker.actions import codes, devices, invitations, protocols
from tracker.domain.roles import Role
from tracker.models import AuditEvent, Injection, Invitation, Patient
from tracker.web.clinic import enrolling

ENROL = reverse("clinic:enrol")
ENROLMENT = str(uuid.uuid4())
FORM = {
    "enrolment": ENROLMENT,
    "family_name": "Ortega",
    "given_name": "Ines",
    "born_on": "1964-07-09",
    "language": "en",
    "time_zone": "America/New_York",
    "injected_on": str(TODAY),
    "status": "performed",
    "region": "cervical",
    "level": "C6-C7",
    "indication": "M54.12",
    "operator": "Dr Vale",
}

pytestmark = pytest.mark.django_db


def test_one_form_makes_patient_injection_and_code(our: ClinicCast, desk: Client) -> None:
    page = desk.post(ENROL, FORM)
    patient = Patient.objects.get(public_id=ENROLMENT)
    injection = Injection.objects.get(patient=patient)
    assert page.status_code == 200
    assert (patient.full_name, patient.time_zone) == ("Ines Ortega", "America/New_York")
    assert (injection.status, injection.level, injection.guidance) == ("performed", "C6-C7", "fluoroscopy")
    assert patient.current_injection == injection
    code = re.search(r'<p class="code">([0-9A-Z-]+)</p>', page.text)[1]
    assert invitations.look(typed=code, now=AuditEvent.objects.latest("id").at).initial == "I"


def test_the_patients_language_is_english_unless_staff_know_better(our: ClinicCast, desk: Client) -> None:
    assert '<option value="en" selected>English</option>' in desk.get(ENROL).text
    desk.post(ENROL, FORM | {"language": "es"})
    assert Patient.objects.get(public_id=ENROLMENT).language == "es"


def test_the_protocol_is_asked_for_where_the_clinic_has_several(our: ClinicCast, desk: Client) -> None:
    boss = our.staff[Role.ADMINISTRATOR]
    neck = protocols.copy(by=boss, key="cervical-thoracic-interlaminar", now=NOW)
    assert 'name="protocol"' not in desk.get(ENROL).text
    low = protocols.copy(by=boss, key="lumbar-interlaminar", now=NOW)
    page = desk.get(ENROL).text
    assert '<option value="" selected>The usual one for the region</option>' in page
    assert f'value="{low.public_id}"' in page

    def pinned(protocol: str) -> object:
        ids = {"enrolment": str(uuid.uuid4()), "protocol": protocol}
        assert desk.post(ENROL, FORM | ids).status_code == 200
        version = Injection.objects.latest("id").protocol_version
        return version and version.protocol

    assert [pinned(choice) for choice in ("", str(neck.public_id), "shipped")] == [neck, neck, None]
    wrong = desk.post(ENROL, FORM | {"enrolment": str(uuid.uuid4()), "protocol": str(low.public_id)})
    assert wrong.status_code == 422 and "This protocol is for Lumbar" in wrong.text


def test_with_one_protocol_a_choice_that_nobody_was_asked_for_is_not_taken(
    our: ClinicCast, desk: Client
) -> None:
    neck = protocols.copy(by=our.staff[Role.ADMINISTRATOR], key="cervical-thoracic-interlaminar", now=NOW)
    desk.post(ENROL, FORM | {"protocol": "shipped"})
    assert Injection.objects.latest("id").protocol_version.protocol == neck


def test_the_picture_holds_the_link_and_nothing_of_it_is_sent_to_a_server(
    our: ClinicCast, desk: Client
) -> None:
    page = desk.post(ENROL, FORM).text
    token = re.search(r'value="http://testserver/join/#([\w.-]+)"', page)[1]
    invitation = Invitation.objects.latest("id")
    assert bytes(invitation.token_hash) == codes.hash_token(token.partition(".")[2])
    assert page.count("<svg") >= 1
    assert "no-store" in desk.get(ENROL).headers["Cache-Control"]


def test_the_form_begins_as_usual_in_the_recovery_bay(our: ClinicCast, desk: Client) -> None:
    page = desk.get(ENROL).text
    assert f'value="{TODAY}"' in page and 'value="C7-T1"' in page
    assert '<option value="performed" selected>' in page
    assert our.clinician.user.name in page


def test_a_nurse_finds_the_operator_of_the_last_injection_filled_in(
    our: ClinicCast, still_clock: None
) -> None:
    nurse = Client()
    assert nurse.login(email=our.staff[Role.NURSE].user.email, password=PASSWORD)
    assert 'value="Dr Vale"' in nurse.get(ENROL).text


def test_a_form_sent_twice_is_one_patient_with_a_new_code(our: ClinicCast, desk: Client) -> None:
    first, second = (desk.post(ENROL, FORM).text for _ in range(2))
    assert Patient.objects.filter(family_name="Ortega").count() == 1
    assert Injection.objects.filter(patient__family_name="Ortega").count() == 1
    assert Invitation.objects.filter(voided_at=None, patient__family_name="Ortega").count() == 1
    assert first != second


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"family_name": ""}, "This field is required."),
        ({"born_on": "2150-01-01"}, "Choose a day from 1900 until today"),
        ({"indication": ""}, "This field is required."),
        ({"injected_on": "1970-01-01"}, "Check the year"),
        ({"record_number": "harbour-1"}, "Another patient of this clinic has this record number."),
        ({"enrolment": "x"}, "Nothing was saved yet"),
    ],
)
def test_what_is_wrong_is_said_and_no_code_is_made(
    our: ClinicCast, desk: Client, changes: dict[str, str], said: str
) -> None:
    before = Invitation.objects.count()
    page = desk.post(ENROL, FORM | changes)
    assert page.status_code == 422
    assert said in page.text
    assert 'value="Ines"' in page.text
    assert Invitation.objects.count() == before


def test_an_id_of_another_clinics_patient_opens_nothing(
    our: ClinicCast, their: ClinicCast, desk: Client
) -> None:
    page = desk.post(ENROL, FORM | {"enrolment": str(their.patient.public_id)})
    assert page.status_code == 422
    assert "Zanzibar" not in page.text
    assert not Patient.objects.filter(family_name="Ortega").exists()


def test_life_of_the_code_is_told(our: ClinicCast, desk: Client) -> None:
    assert settings.INVITATION_LIFE.total_seconds() == 72 * 3600
    assert "until Saturday 23 May, 19:30" in desk.post(ENROL, FORM).text


# --- What becomes of the code ----------------------------------------------------------------------


def state(desk: Client) -> str:
    return desk.get(reverse("clinic:code_state", args=[Invitation.objects.latest("id").pk])).json()["state"]


def redeem(cast: ClinicCast, code: str, *, born_on: date | None = None) -> None:
    invitations.redeem(
        typed=code, born_on=born_on or cast.patient.born_on, device_name="x", now=NOW + timedelta(minutes=1)
    )


def test_the_page_hears_that_the_phone_has_joined(our: ClinicCast, desk: Client) -> None:
    page = desk.post(reverse("clinic:invite", args=[our.patient.public_id])).text
    address = reverse("clinic:code_state", args=[Invitation.objects.latest("id").pk])
    assert f'data-code-state="{address}"' in page
    assert state(desk) == "open"
    redeem(our, re.search(r'<p class="code">([0-9A-Z-]+)</p>', page)[1])
    assert state(desk) == "joined"


def test_a_code_that_opens_nothing_any_more_is_told_apart(our: ClinicCast, desk: Client) -> None:
    code = invitations.issue(by=our.clinician, patient=our.patient, now=NOW).code
    for _ in range(5):
        with pytest.raises(invitations.WrongBirthDate):
            redeem(our, code, born_on=date(1999, 1, 1))
    assert state(desk) == "locked"
    old = invitations.issue(by=our.clinician, patient=our.patient, now=NOW).invitation_id
    invitations.issue(by=our.clinician, patient=our.patient, now=NOW)
    assert desk.get(reverse("clinic:code_state", args=[old])).json() == {"state": "over"}
    Invitation.objects.update(expires_at=NOW)
    assert state(desk) == "over"


def test_asking_about_a_code_keeps_no_session_alive_and_is_no_look_at_a_record(
    our: ClinicCast, desk: Client
) -> None:
    invitations.issue(by=our.clinician, patient=our.patient, now=NOW)
    events = AuditEvent.objects.count()
    state(desk)
    assert AuditEvent.objects.count() == events
    assert enrolling.code_state.is_background


def test_a_helpers_code_stands_on_the_same_page(our: ClinicCast, desk: Client) -> None:
    helper = make_caregiver(our.patient)
    page = desk.post(reverse("clinic:caregiver_invite", args=[our.patient.public_id, helper.pk])).text
    assert "The code for Wilma Quaint, neighbour of Ada Quill" in page and "<svg" in page
    assert Invitation.objects.latest("id").caregiver == helper


# --- Patients who are on the list already ----------------------------------------------------------

WAITING = reverse("clinic:phoneless")


def test_those_without_a_phone_are_listed_with_a_way_to_a_code(our: ClinicCast, desk: Client) -> None:
    ebb = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    page = desk.get(WAITING).text
    assert "Ebb, Nils" in page and "Quill" not in page
    assert reverse("clinic:invite", args=[ebb.public_id]) in page
    assert AuditEvent.objects.latest("id").patient_id == ebb.pk


def test_a_phone_that_was_ended_or_a_helpers_does_not_count(our: ClinicCast, desk: Client) -> None:
    make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient))
    assert "Every patient has a phone" in desk.get(WAITING).text
    devices.end(by=our.clinician, device=our.device, now=NOW)
    assert "Quill, Ada" in desk.get(WAITING).text


def test_a_search_narrows_the_list_and_who_takes_part_no_more_is_not_on_it(
    our: ClinicCast, desk: Client
) -> None:
    for number, family in enumerate(("Ebb", "Flow", "Gone")):
        make_patient(our.clinic, given="Nils", family=family, number=f"n-{number}")
    Patient.objects.filter(family_name="Gone").update(withdrawn_at=NOW)
    page = desk.post(WAITING, {"q": "flo"}).text
    assert "Flow, Nils" in page and "Ebb" not in page
    assert "Gone" not in desk.get(WAITING).text
    assert "Nobody without a phone matches “zzz”" in desk.post(WAITING, {"q": "zzz\0"}).text
