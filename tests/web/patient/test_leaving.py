"""A phone's way out once its session is over: by the key that only hands in what was logged."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.api.bodies import SYNC, entry, post
from tests.api.test_outbox import OVER, joined
from tests.cast import NOW, make_caregiver
from tests.web.patient.test_joining import JOIN, LEAVE, TODAY
from tracker.actions import devices
from tracker.models import AuditEvent, Device

pytestmark = pytest.mark.usefixtures("still_clock")

LATE = OVER + timedelta(days=1)
WIPED = '"cache", "storage"'


@pytest.fixture
def late(our):
    """Our patient's phone, on the day after its session was over."""
    client = joined(our)
    with time_machine.travel(LATE, tick=False):
        yield client


def newest() -> Device:
    return Device.objects.latest("id")


def test_the_page_asks_and_shows_nothing_of_anybody(our, late):
    page = late.get(LEAVE)
    assert page.status_code == 200 and "Sign out of this phone?" in page.text
    for word in ("harbour", "Ada", str(our.patient.public_id), f'href="{TODAY}"', "diary-of"):
        assert word not in page.text
    assert newest().ended_at is None


def test_a_caregiver_s_phone_does_not_say_there_whom_they_help(our):
    client = joined(our, caregiver=make_caregiver(our.patient, to_on=None))
    assert "Ada" in client.get(LEAVE).text
    del client.cookies[settings.DEVICE_COOKIE_NAME]
    page = client.get(LEAVE)
    assert page.status_code == 200 and "Ada" not in page.text


def test_it_ends_the_phone_and_wipes_the_browser(our, late):
    answer = late.post(LEAVE)
    assert answer.status_code == 200 and "This phone is signed out" in answer.text
    assert answer.headers["Clear-Site-Data"] == WIPED
    assert not answer.cookies[settings.APPEND_COOKIE_NAME].value
    assert newest().ended_at == LATE
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.patient_id, event.subject) == (
        "device.end",
        our.patient.pk,
        f"device:{newest().pk}",
    )


def test_after_that_the_key_hands_in_no_more(late):
    key = late.cookies[settings.APPEND_COOKIE_NAME].value
    late.post(LEAVE)
    late.cookies[settings.APPEND_COOKIE_NAME] = key
    assert post(late, SYNC, {"changes": [entry()]}).status_code == 401


def test_a_phone_that_lost_its_session_cookie_leaves_too(our):
    client = joined(our)
    del client.cookies[settings.DEVICE_COOKIE_NAME]
    assert client.post(LEAVE).headers["Clear-Site-Data"] == WIPED
    assert newest().ended_at == NOW


def test_the_key_signs_out_its_own_phone_only(our, late):
    late.post(LEAVE)
    assert list(Device.objects.exclude(ended_at=None)) == [newest()]


def test_no_other_form_takes_the_key(our, late):
    for address in (
        reverse("patient:phone_end", args=[newest().pk]),
        reverse("patient:phone_end", args=[our.device.pk]),
        reverse("patient:withdraw"),
    ):
        assert late.post(address).url == JOIN
    assert not Device.objects.exclude(ended_at=None).exists()


def test_a_phone_without_a_key_is_led_to_the_way_in(db):
    assert Client().post(LEAVE).url == Client().get(LEAVE).url == JOIN


def test_a_phone_that_was_ended_meanwhile_is_wiped(our, late):
    devices.end(by=our.clinician, device=newest(), now=LATE)
    assert late.post(LEAVE).headers["Clear-Site-Data"] == WIPED
