"""The plan in a phone's own copy."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from tests.api.bodies import SYNC, post
from tests.api.test_sync_forms import answered
from tests.cast import NOW, make_caregiver, make_device
from tracker.actions import care
from tracker.domain.care import CareFigures, CarePlan

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
MINE = "/api/v1/mine/"


def block(phone: Client) -> dict:
    return phone.get(MINE).json()["care"]


def test_a_phone_gets_every_step_with_its_days_and_no_gap(our, phone):
    plan = CarePlan(thinner_plan="as agreed", prescriber_agreed=True)
    care.write(by=our.clinician, injection=our.injection, plan=plan, now=NOW)
    found = block(phone)
    assert found["injected_on"] == our.injection.injected_on.isoformat() and found["is_performed"]
    steps = {step["key"]: step for step in found["steps"]}
    assert (steps["ice"]["first_day"], steps["ice"]["last_day"], steps["ice"]["span"]) == (0, 2, "day 0 to 2")
    assert "“as agreed”" in steps["thinner"]["text"] and steps["thinner"]["can_tick"]
    assert not any("{" in step["title"] + step["text"] for step in found["steps"])
    assert found["sugar"] is None


def test_what_was_said_comes_back_with_it(our, phone):
    plan = CarePlan(is_diabetic=True, figures=CareFigures(sugar_limit=250))
    care.write(by=our.clinician, injection=our.injection, plan=plan, now=NOW)
    for change in (
        answered("preparation", {"done": True}, part="driver"),
        answered("question", {"yes": False}, part="is_pregnant"),
        answered("sugar", {"mg_dl": 201}, part="noon"),
    ):
        assert post(phone, SYNC, {"changes": [change]}).json()["results"][0]["status"] == "created"
    found = block(phone)
    assert [step["key"] for step in found["steps"] if step["done"]] == ["driver"]
    assert {one["key"]: one["yes"] for one in found["questions"]}["is_pregnant"] is False
    assert found["sugar"] == {
        "last_day": 14,
        "limit": 250,
        "values": [{"on": "2026-05-20", "time": "noon", "mg_dl": 201}],
    }


def test_a_helper_who_may_only_log_gets_no_plan(our):
    helper = make_caregiver(our.patient, may_read=False)
    _, token = make_device(our.patient, our.clinician, caregiver=helper)
    theirs = Client()
    theirs.cookies[settings.DEVICE_COOKIE_NAME] = token
    assert block(theirs) is None
