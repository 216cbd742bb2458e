"""The plan as a patient reads it: amounts, moments, and a clinic's own words as they were typed."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tracker.content.care import ENGLISH
from tracker.domain.care import CareFigures, CarePlan
from tracker.domain.care_steps import lay_out
from tracker.web.care_words import Told, hours, minutes, moment_words, told

ON = date(2026, 6, 3)


def say(key: str, care: CarePlan) -> Told:
    plan = lay_out(care, injected_on=ON, zone=ZoneInfo("America/New_York"))
    (step,) = [one for one in plan.steps if one.key == key]
    return told(step, care, ENGLISH)


def test_hours_without_food_are_said_as_a_moment():
    care = CarePlan(
        figures=CareFigures(fasting_hours=6, clear_fluids_hours=2), planned_for=ON, arrive_at=time(8, 30)
    )
    found = say("fasting", care)
    assert found.title == "Nothing to eat from 2:30 AM on Wednesday 3 June"
    assert "clear drinks are fine until 6:30 AM on Wednesday 3 June." in found.text


def test_midnight_names_the_day_that_ends():
    assert moment_words(datetime(2026, 6, 3), ENGLISH) == "midnight at the end of Tuesday 2 June"
    assert moment_words(datetime(2026, 6, 3, 12), ENGLISH) == "12 noon on Wednesday 3 June"


def test_a_clinics_words_stay_as_they_were_typed():
    care = CarePlan(thinner_plan="No {name} pill from 29 May on; ask Dr Vale", prescriber_agreed=True)
    assert "“No {name} pill from 29 May on; ask Dr Vale”" in say("thinner", care).text


def test_a_thinner_is_taken_again_at_a_time():
    care = CarePlan(thinner_plan="x", thinner_restart_at=datetime(2026, 6, 4, 20))
    assert say("restart", care).title == "Your blood thinner: today at 8:00 PM"
    assert "You start again at 8:00 PM on Thursday 4 June." in say("restart_later", care).text


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "1 minute"), (90, "90 minutes"), (60, "60 minutes"), (120, "2 hours"), (150, "150 minutes")],
)
def test_minutes_are_said_as_people_say_them(count, words):
    assert minutes(count) == words


def test_one_hour_is_one():
    assert (hours(1), hours(6)) == ("1 hour", "6 hours")


def test_a_limit_has_its_unit():
    care = CarePlan(is_diabetic=True, figures=CareFigures(sugar_limit=300))
    assert "Is it above 300 mg/dL?" in say("sugar", care).text
