"""A phone says where it takes reminders: exactly that, of its own, and to known places only."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from tests.cast import ClinicCast
from tests.gateways.push_host import Phone
from tracker.gateways.push_service import public_key
from tracker.models import Device, Patient, PushSubscription

PUSH, MINE = "/api/v1/push/", "/api/v1/mine/"
SENT = {"endpoint": "https://push.example.org/abc", "keys": Phone().keys}

pytestmark = pytest.mark.django_db


def post(phone: Any, body: Any) -> Any:
    return phone.post(PUSH, body, content_type="application/json")


def test_a_phone_subscribes_and_ends_it(our: ClinicCast, phone):
    assert post(phone, SENT).status_code == 204
    found = PushSubscription.objects.get()
    assert (found.device_id, found.endpoint, found.origin) == (
        our.device.pk,
        SENT["endpoint"],
        "http://testserver",
    )
    assert phone.delete(PUSH).status_code == 204
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"endpoint": "https://evil.example/a"}, "endpoint"),
        ({"endpoint": "http://169.254.169.254/latest"}, "endpoint"),
        ({"endpoint": 7}, "endpoint"),
        ({"endpoint": "https://push.example.org/" + "a" * 1000}, "endpoint"),
        ({"keys": {"p256dh": SENT["keys"]["p256dh"]}}, "keys.auth"),
        ({"keys": SENT["keys"] | {"more": "x"}}, "keys.more"),
        ({"keys": SENT["keys"] | {"auth": "A" * 25}}, "keys.auth"),
        ({"keys": "x"}, "keys"),
        ({"keys": SENT["keys"] | {"auth": "AAAA"}}, "endpoint"),
        ({"device": 1}, "device"),
    ],
)
def test_anything_else_is_refused_with_the_field_at_fault(our: ClinicCast, phone, change, field):
    answer = post(phone, SENT | change)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not PushSubscription.objects.exists()


def test_somebody_elses_phone_takes_no_reminders(our: ClinicCast, phone):
    Device.objects.filter(pk=our.device.pk).update(is_borrowed=True)
    assert post(phone, SENT).status_code == 403
    assert not PushSubscription.objects.exists()


def test_the_copy_has_the_key_until_the_phone_has_subscribed(our: ClinicCast, phone):
    assert phone.get(MINE).json()["push_key"] == "" and phone.get(MINE).json()["reminder_at"] is None
    Patient.objects.filter(pk=our.patient.pk).update(reminder_at=time(20))
    copy = phone.get(MINE).json()
    assert (copy["push_key"], copy["reminder_at"]) == (public_key(), "20:00")
    post(phone, SENT)
    assert phone.get(MINE).json()["push_key"] == ""
