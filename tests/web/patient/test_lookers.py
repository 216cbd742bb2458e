"""The patient's own view of who looked."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, make_caregiver, make_device
from tracker.actions import audit
from tracker.models import Patient

LOOKS = reverse("patient:lookers")


@pytest.fixture(autouse=True)
def next_day(our, phone):
    """A day after everything that made the cast, with the patient's clock two hours ahead of UTC."""
    Patient.objects.filter(pk=our.patient.pk).update(time_zone="Europe/Berlin")
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def test_staff_who_open_the_record_and_its_chart_are_named_with_the_hour(our, phone, desk, drawn_frames):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        desk.get(reverse("clinic:patient", args=[our.patient.public_id]))
        for theme in ("light", "dark"):
            desk.get(reverse("clinic:chart", args=[our.injection.public_id]), {"theme": theme})
    html = phone.get(LOOKS).text
    assert "Thursday 21 May 2026" in html
    assert "clinician of harbour, clinician" in html and "Saw the record" in html
    assert "Saw the chart, 2 times" in html
    assert "9:30 PM" in html


def test_own_phones_are_left_out_until_they_are_asked_for(phone):
    phone.get(reverse("patient:today"))
    assert "Own phone" not in phone.get(LOOKS).text
    html = phone.get(LOOKS, {"own": "1"}).text
    assert "Own phone (Test phone)" in html and "Saw today&#x27;s diary" in html


def test_a_helper_who_tried_more_than_was_agreed_stands_there(our, phone):
    caregiver = make_caregiver(our.patient, may_read=False)
    helper = Client()
    helper.cookies[settings.DEVICE_COOKIE_NAME] = make_device(
        our.patient, our.clinician, caregiver=caregiver
    )[1]
    helper.get(reverse("patient:course"))
    html = phone.get(LOOKS).text
    assert "Wilma Quaint, neighbour" in html and "Tried, and was not let in: saw the course" in html


def test_ninety_days_are_shown_or_a_year(our, phone):
    audit.record(
        by=our.clinician,
        clinic_id=our.clinic.pk,
        action="view",
        now=NOW - timedelta(days=100),
        patient_id=our.patient.pk,
        subject="clinic:case",
    )
    words = "Saw the figures behind the judgement"
    assert words not in phone.get(LOOKS).text
    assert words in phone.get(LOOKS, {"year": "1"}).text


def test_no_address_on_the_page_names_a_person_or_a_day_of_the_diary(our, phone, desk):
    for _ in range(60):
        audit.record(
            by=our.clinician,
            clinic_id=our.clinic.pk,
            action="diary.record",
            now=NOW,
            patient_id=our.patient.pk,
        )
    html = phone.get(LOOKS).text
    assert "?earlier=" in html and "Entered diary days" in html
    assert phone.get(LOOKS, {"earlier": html.split("?earlier=")[1].split('"')[0]}).status_code == 200


def test_it_is_the_patients_own_page(our):
    helper = Client()
    helper.cookies[settings.DEVICE_COOKIE_NAME] = make_device(
        our.patient, our.clinician, caregiver=make_caregiver(our.patient)
    )[1]
    assert helper.get(LOOKS).status_code == 403
