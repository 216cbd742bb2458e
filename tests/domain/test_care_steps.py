"""A plan by days: moments by the patient's clock, also where clocks change, and what holds on which day."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.care import CareFigures, CarePlan
from tracker.domain.care_steps import BOOKED, USUAL, Part, Plan, Procedure, Step, lay_out

ON = date(2026, 6, 3)
NEW_YORK = ZoneInfo("America/New_York")


BLANK = CarePlan()


def laid(care: CarePlan = BLANK, *, on: date = ON, procedure: Procedure = USUAL) -> Plan:
    return lay_out(care, injected_on=on, zone=NEW_YORK, procedure=procedure)


def step(plan: Plan, key: str) -> Step:
    (found,) = [one for one in plan.steps if one.key == key]
    return found


def keys(plan: Plan, day: int, part: Part = Part.AFTER) -> list[str]:
    return [one.key for one in plan.steps if one.part is part and one.holds(day)]


def fasting(food: int | None, drinks: int | None = None, *, at: time | None = None, on: date = ON) -> Step:
    figures = CareFigures(fasting_hours=food, clear_fluids_hours=drinks)
    return step(laid(CarePlan(figures=figures, arrive_at=at, planned_for=on), on=on), "fasting")


def test_hours_without_food_are_counted_back_from_the_arrival():
    found = fasting(6, 2, at=time(8, 30))
    assert found.wording == "from_drinks"
    assert str(found.from_at) == "2026-06-03 02:30:00-04:00"
    assert str(found.clear_until_at) == "2026-06-03 06:30:00-04:00"
    assert str(found.until_at) == "2026-06-03 08:30:00-04:00"


def test_twelve_hours_begin_the_evening_before():
    assert str(fasting(12, at=time(8)).from_at) == "2026-06-02 20:00:00-04:00"


@pytest.mark.parametrize(
    ("on", "begins"),
    [
        (date(2026, 3, 8), "2026-03-08 00:00:00-05:00"),  # clocks go from 2 to 3: seven by the clock
        (date(2026, 11, 1), "2026-11-01 02:00:00-05:00"),  # a clock that was set back, five by the clock
        (date(2026, 11, 2), "2026-11-02 01:00:00-05:00"),
    ],
)
def test_on_a_night_of_a_clock_change_six_hours_are_six_hours(on, begins):
    arrival = time(7)
    if on == date(2026, 11, 1):
        arrival = time(8)
    assert str(fasting(6, at=arrival, on=on).from_at) == begins


def test_six_hours_before_the_night_hour_that_comes_twice():
    found = fasting(6, at=time(6, 30), on=date(2026, 11, 1))
    assert str(found.from_at) == "2026-11-01 01:30:00-04:00"  # the first of the two


def test_an_hour_that_does_not_exist_is_the_one_that_clocks_show():
    plan = laid(CarePlan(arrive_at=time(2, 30), planned_for=date(2026, 3, 8)), on=date(2026, 3, 8))
    assert str(plan.arrives_at) == "2026-03-08 03:30:00-04:00"


@pytest.mark.parametrize(
    ("food", "drinks", "wording", "can_tick"),
    [
        (None, None, "as_told", True),
        (0, None, "none", False),
        (6, None, "hours", True),
        (6, 2, "hours_drinks", True),
    ],
)
def test_without_an_arrival_no_moment_is_invented(food, drinks, wording, can_tick):
    found = fasting(food, drinks)
    assert (found.wording, found.can_tick, found.from_at) == (wording, can_tick, None)


def test_on_another_date_neither_the_hour_nor_the_thinners_dates_hold():
    care = CarePlan(
        planned_for=date(2026, 6, 1),
        arrive_at=time(8),
        thinner_plan="as agreed",
        thinner_last_dose_at=datetime(2026, 5, 27, 20),
        thinner_restart_at=datetime(2026, 6, 2, 20),
    )
    plan = laid(care)
    assert plan.is_for_another_day and plan.arrives_at is None
    assert (step(plan, "thinner").wording, step(plan, "thinner").can_tick) == ("moved", False)
    assert (step(plan, "restart").wording, step(plan, "restart").from_at) == ("moved", None)


def test_a_thinner_is_taken_again_on_its_evening_and_not_before():
    care = CarePlan(thinner_plan="as agreed", thinner_restart_at=datetime(2026, 6, 4, 20))
    plan = laid(care)
    assert "restart_later" in keys(plan, 0) and "restart" not in keys(plan, 0)
    assert "restart" in keys(plan, 1) and "restart_later" not in keys(plan, 1)
    assert step(plan, "restart").can_tick
    assert "restart" not in keys(plan, 2)


def test_without_a_plan_the_thinner_is_asked_about_and_nothing_is_said_of_it():
    plan = laid()
    assert "takes_thinner" in [one.key for one in plan.questions]
    assert not {"thinner", "restart", "restart_later"} & {one.key for one in plan.steps}
    told = laid(CarePlan(thinner_plan="as agreed", is_diabetic=True))
    assert not {"takes_thinner", "has_diabetes"} & {one.key for one in told.questions}


def test_infections_are_asked_about_in_the_last_days():
    asked = {one.key: one for one in laid().questions}
    assert (
        not asked["has_infection"].holds(-4)
        and asked["has_infection"].holds(-3)
        and asked["has_infection"].holds(0)
    )
    assert asked["is_pregnant"].holds(BOOKED) and not asked["is_pregnant"].holds(1)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (0, ["numbing", "steroid", "driving", "ice", "relievers", "bathing", "lifting", "effects"]),
        (1, ["steroid", "driving", "ice", "relievers", "bathing", "bandage", "moving", "effects"]),
        (2, ["steroid", "ice", "relievers", "bathing", "moving", "effects"]),
        (4, ["steroid", "relievers", "moving"]),
        (14, ["steroid", "moving"]),
        (15, []),
    ],
)
def test_each_day_has_its_care(day, expected):
    assert keys(laid(), day) == expected


def test_figures_of_a_clinic_move_the_days():
    figures = CareFigures(ice_days=0, no_bath_hours=24, no_lifting_days=3, no_driving_hours=12)
    plan = laid(CarePlan(figures=figures))
    assert not [one for one in plan.steps if one.key == "ice"]
    assert step(plan, "bathing").last_day == 1
    assert step(plan, "driving").last_day == 1
    assert (step(plan, "lifting").last_day, step(plan, "moving").first_day) == (2, 3)


def test_sugar_is_logged_for_two_weeks_by_whoever_has_diabetes():
    plan = laid(CarePlan(is_diabetic=True))
    assert [day for day in range(-2, 20) if plan.asks_sugar(day)] == list(range(15))
    assert "sugar" in keys(plan, 14)
    assert not any(laid().asks_sugar(day) for day in range(20))


def test_a_block_without_a_steroid_speaks_of_none():
    block = laid(CarePlan(is_diabetic=True), procedure=Procedure(is_block=True, has_steroid=False))
    assert not {"steroid", "effects", "sugar"} & {one.key for one in block.steps}
    assert block.sugar_last_day is None
    assert step(block, "injected").wording == "block"


def test_what_is_not_there_is_not_told():
    plan = laid(procedure=Procedure(guidance="none", is_numbed=False))
    assert not {"picture", "numbing"} & {one.key for one in plan.steps}


def test_a_key_names_one_step_or_question():
    full = CarePlan(
        arrive_at=time(8), thinner_plan="x", is_diabetic=True, thinner_restart_at=datetime(2026, 6, 4, 20)
    )
    steps = [one.key for one in laid(full).steps]
    assert len(set(steps)) == len(steps)
    assert not {one.key for one in laid().questions} & set(steps)
