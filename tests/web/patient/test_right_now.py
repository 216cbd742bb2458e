""" "Right now" on the day of the injection."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, TODAY, injection_record
from tracker.actions import injections
from tracker.domain.track import Source
from tracker.models import Assessment, AuditEvent, Reading, Response, Track

RIGHT_NOW = reverse("patient:now")


def give(phone, **said):
    return phone.post(RIGHT_NOW, {"client_id": uuid.uuid4()} | said)


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


@pytest.mark.usefixtures("day_0")
def test_until_four_in_the_night_it_still_leads_there_and_takes_a_score(phone):
    night = NOW.replace(hour=3, minute=59) + timedelta(days=1)
    with time_machine.travel(night, tick=False):
        assert f'href="{RIGHT_NOW}"' in phone.get(reverse("patient:today")).text
        assert give(phone, moment="240", pain="6").status_code == 302
    assert Reading.objects.get().minutes == 240


def test_on_any_other_day_the_page_says_so(phone):
    assert RIGHT_NOW not in phone.get(reverse("patient:today")).text
    answer = phone.get(RIGHT_NOW)
    assert answer.status_code == 404 and "on the day of the injection" in answer.text


@pytest.mark.usefixtures("day_0")
@pytest.mark.parametrize(("moment", "minutes"), [("before", None), ("30", 30), ("240", 240)])
def test_a_score_is_stored_for_its_moment_and_shown(phone, moment, minutes):
    assert give(phone, moment=moment, pain="6").status_code == 302
    reading = Reading.objects.get()
    assert (reading.minutes, reading.pain, reading.source) == (minutes, 6, Source.PATIENT)
    assert "saved: 6" in phone.get(RIGHT_NOW).text


@pytest.mark.usefixtures("day_0")
def test_a_double_tap_stores_one_reading(phone):
    said = {"client_id": uuid.uuid4(), "moment": "30", "pain": "6"}
    for _ in range(2):
        assert phone.post(RIGHT_NOW, said).status_code == 302
    assert Reading.objects.count() == Response.objects.count() == 1
    answer = phone.post(RIGHT_NOW, said | {"pain": "2"})
    assert answer.status_code == 422 and "out of date" in answer.text


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
    answer = give(phone, **said)
    assert answer.status_code == 422 and problem in answer.text
    assert not Reading.objects.exists()


@pytest.mark.usefixtures("day_0")
def test_a_store_that_cannot_take_it_keeps_the_choices(phone, monkeypatch):
    def fail(**_):
        raise OperationalError("database is locked")

    monkeypatch.setattr("tracker.actions.responses.record", fail)
    answer = give(phone, moment="30", pain="6")
    assert answer.status_code == 503 and answer.headers["Retry-After"]
    assert answer.text.count(" checked") == 2 and "Not saved yet." in answer.text


@pytest.fixture
def block(our):
    record = injection_record(injected_on=TODAY, intent="diagnostic")
    injections.change(
        by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW, move_anyway=True
    )


def at(hour, minute):
    return time_machine.travel(NOW.replace(hour=hour, minute=minute), tick=False)


def through_a_block(phone, **later):
    """Before it, when it was, and two scores in their windows."""
    with at(14, 0):
        give(phone, moment="before", pain="8")
    with at(14, 20):
        assert give(phone, at="14:10").status_code == 302
    with at(14, 26):
        give(phone, moment="15", pain="1", reliever="no")
    with at(14, 41):
        give(phone, moment="30", pain="1", **({"reliever": "no"} | later))


@pytest.mark.usefixtures("block")
@pytest.mark.parametrize(("reliever", "result"), [("no", "positive"), ("yes", "not_assessable")])
def test_a_block_is_followed_without_a_script(phone, reliever, result):
    through_a_block(phone, reliever=reliever)
    assert Track.objects.get().after == [[15, 1], [30, 1]]
    assert Assessment.objects.get().label == f"diagnostic:{result}"
    assert AuditEvent.objects.filter(action="response.record").count() == 4


@pytest.mark.usefixtures("block")
def test_of_a_block_only_the_moment_that_is_due_can_be_chosen(phone):
    with at(14, 20):
        assert give(phone, moment="15", pain="1", reliever="no").status_code == 422  # nobody said when it was
        give(phone, at="14:10")
        html = phone.get(RIGHT_NOW).text
        assert (
            "15 minutes after 2:25 PM <strong>now</strong>" in html and 'value="15" required checked' in html
        )
        assert "in 20 min" in html and "in 7 h 50 min" in html
        assert give(phone, moment="30", pain="1", reliever="no").status_code == 422
    with at(14, 36):
        assert "<strong>missed</strong>" in phone.get(RIGHT_NOW).text
        assert give(phone, moment="15", pain="1", reliever="no").status_code == 422
    assert not Reading.objects.exists()


@pytest.mark.usefixtures("block")
@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({"at": ""}, "Choose the time of the injection."),
        ({"at": "25:00"}, "Choose the time of the injection."),
        ({"at": "19:31"}, "This time has not come yet."),
    ],
)
def test_a_time_that_cannot_be_is_named(phone, said, problem):
    answer = give(phone, **said)
    assert answer.status_code == 422 and problem in answer.text
    assert not Response.objects.exists()


@pytest.mark.usefixtures("block")
def test_a_score_after_a_block_says_whether_a_pain_reliever_was_taken(phone):
    with at(14, 25):
        give(phone, at="14:10")
        answer = give(phone, moment="15", pain="1")
    assert answer.status_code == 422 and "Say if you took a pain reliever, too." in answer.text
    assert not Reading.objects.exists()


@pytest.mark.usefixtures("day_0")
def test_the_address_of_the_phones_own_page_leads_here(phone):
    assert phone.get(reverse("patient:answer", args=[TODAY, "reading"])).url == RIGHT_NOW


def test_a_stranger_is_asked_to_join(db):
    assert Client().get(RIGHT_NOW).url == reverse("patient:join")
