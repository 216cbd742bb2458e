"""A copy of everything on the phone: asked who it is, then one tap."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, make_caregiver, make_device
from tracker.models import AuditEvent

EXPORT = reverse("patient:export")

pytestmark = pytest.mark.django_db


def test_one_tap_gives_the_whole_record(our, phone):
    our.log({1: 4})
    assert "Save the copy" in phone.get(EXPORT).text
    answer = phone.post(EXPORT)
    record = json.loads(zipfile.ZipFile(io.BytesIO(answer.content)).read("record.json"))
    assert record["patient"][0]["family_name"] == "Quill" and record["diary_entries"][0]["pain"] == 4


def test_the_file_is_saved_never_shown_and_kept_by_no_cache(our, phone):
    headers = phone.post(EXPORT).headers
    assert headers["Content-Type"] == "application/zip"
    assert headers["Content-Disposition"] == 'attachment; filename="record-2026-05-20.zip"'
    assert headers["Cache-Control"] == "no-store" and headers["X-Content-Type-Options"] == "nosniff"


def test_taking_it_is_one_event_and_looking_at_the_page_none_about_the_record(our, phone):
    before = AuditEvent.objects.count()
    phone.get(EXPORT)
    assert AuditEvent.objects.count() == before
    phone.post(EXPORT)
    events = AuditEvent.objects.order_by("number")[before:]
    assert [(event.action, event.actor) for event in events] == [("export.take", f"device:{our.device.pk}")]


@pytest.mark.parametrize("verb", ["get", "post"])
def test_whoever_holds_the_phone_is_asked_who_they_are_first(our, phone, verb):
    with time_machine.travel(NOW + timedelta(minutes=30), tick=False):
        answer = getattr(phone, verb)(EXPORT)
    assert answer.url == f"{reverse('patient:confirm')}?next=patient%3Aexport"
    assert not AuditEvent.objects.filter(action="export.take").exists()


def test_a_caregiver_takes_no_copy(our, still_clock):
    caregiver = make_caregiver(our.patient, may_read=True)
    client = Client()
    _, token = make_device(our.patient, our.clinician, caregiver=caregiver)
    client.cookies[settings.DEVICE_COOKIE_NAME] = token
    assert client.get(EXPORT).status_code == client.post(EXPORT).status_code == 403


def test_it_stands_among_what_the_patient_decides(phone):
    assert EXPORT in phone.get(reverse("patient:you")).text
