""" "Right now" on the day of the injection."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, TODAY, injection_record
from tracker.actions import injections
from tracker.domain.track import Source
from tracker.models import Reading

RIGHT_NOW = reverse("patient:now")


@pytest.fixture
def day_0(our):
    record = injection_record(injected_on=TODAY)
    injections.change(
        by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW, move_anyway=True
    )


@pytest.mark.usefixtures("day_0")
def test_today_leads_there_on_the_day_of_the_injection(phone):
    html = phone.get(reverse("patient:today")).text
    assert f'href="{RIGHT_NOW}"' in html and "shown, not counted" in html


def test_on_any_other_day_the_page_says_so(phone):
    assert RIGHT_NOW not in phone.get(reverse("patient:today")).text
    answer = phone.get(RIGHT_NOW)
    assert answer.status_code == 404 and "on the day of the injection" in answer.text


@pytest.mark.usefixtures("day_0")
@pytest.mark.parametrize(("moment", "minutes"), [("before", None), ("30", 30), ("240", 240)])
def test_a_score_is_stored_for_its_moment_and_shown(phone, moment, minutes):
    assert phone.post(RIGHT_NOW, {"moment": moment, "pain": "6"}).status_code == 302
    reading = Reading.objects.get()
    assert (reading.minutes, reading.pain, reading.source) == (minutes, 6, Source.PATIENT)
    assert "saved: 6" in phone.get(RIGHT_NOW).text


@pytest.mark.usefixtures("day_0")
def test_a_double_tap_stores_one_reading(phone):
    for _ in range(2):
        phone.post(RIGHT_NOW, {"moment": "30", "pain": "6"})
    assert Reading.objects.count() == 1


@pytest.mark.usefixtures("day_0")
@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"moment": "31", "pain": "6"}, "Choose when."),
        ({"pain": "6"}, "Choose when."),
        ({"moment": "30"}, "Pain: choose a number from 0 to 10."),
        ({"moment": "30", "pain": "11"}, "Pain: choose a number from 0 to 10."),
    ],
)
def test_what_is_missing_or_wrong_is_named(phone, said, problem):
    answer = phone.post(RIGHT_NOW, said)
    assert answer.status_code == 422 and problem in answer.text
    assert not Reading.objects.exists()


@pytest.mark.usefixtures("day_0")
def test_a_store_that_cannot_take_it_keeps_the_choices(phone, monkeypatch):
    def fail(**_):
        raise OperationalError("database is locked")

    monkeypatch.setattr("tracker.actions.readings.record", fail)
    answer = phone.post(RIGHT_NOW, {"moment": "30", "pain": "6"})
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert answer.text.count(" checked") == 2 and "Not saved yet." in answer.text


def test_a_stranger_is_asked_to_join(db):
    assert Client().get(RIGHT_NOW).url == reverse("patient:join")
