"""Stopping to take part, on the patient's phone."""

from __future__ import annotations

from datetime import timedelta

import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, make_caregiver, make_device
from tracker.models import Patient

STOP = reverse("patient:withdraw")


def test_the_page_says_what_happens_and_does_nothing_yet(our, phone):
    html = phone.get(STOP).text
    assert "You do not have to say why" in html and "harbour clinic" in html
    assert Patient.objects.get(pk=our.patient.pk).withdrawn_at is None


def test_one_tap_stops_at_any_time_and_the_phone_forgets(our, phone):
    later = NOW + timedelta(days=3)
    with time_machine.travel(later, tick=False):
        answer = phone.post(STOP)
        assert answer.status_code == 200 and "You take part no more" in answer.text
        assert answer.headers["Clear-Site-Data"] and not answer.cookies[settings.DEVICE_COOKIE_NAME].value
        assert "555 0100" in answer.text
        again = Client()
        again.cookies[settings.DEVICE_COOKIE_NAME] = our.device_token
        assert again.get(reverse("patient:today")).status_code == 401
    assert Patient.objects.get(pk=our.patient.pk).withdrawn_at == later


def test_a_caregiver_is_not_asked(our, still_clock):
    client = Client()
    token = make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient))[1]
    client.cookies[settings.DEVICE_COOKIE_NAME] = token
    assert client.get(STOP).status_code == client.post(STOP).status_code == 403
    assert Patient.objects.get(pk=our.patient.pk).withdrawn_at is None


def test_the_last_page_names_the_emergency_number_of_the_clinics_country(our, phone):
    our.clinic.emergency_number = "112"
    our.clinic.save()
    assert '<bdi dir="ltr" data-emergency>112</bdi>' in phone.post(reverse("patient:withdraw")).text
