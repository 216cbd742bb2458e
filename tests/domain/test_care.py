"""What a clinic may lay down, and what is refused with which word."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tracker.domain.care import RANGES, CareFigures, CarePlan, problems

ON = date(2026, 6, 3)


def test_the_shipped_plan_has_nothing_wrong_and_promises_no_hours_without_food():
    assert problems(CarePlan(), injected_on=ON) == {}
    assert CareFigures().fasting_hours is None
    assert CareFigures().sugar_limit is None


@pytest.mark.parametrize("name", RANGES)
def test_every_figure_has_a_source_and_a_default_within_its_range(name):
    allowed, default = RANGES[name], getattr(CareFigures(), name)
    assert allowed.source
    assert allowed.may_be_blank if default is None else allowed.least <= default <= allowed.most


def problems_of(name: str, figure: int | None) -> dict[str, str]:
    changed: dict[str, Any] = {name: figure}
    return problems(CarePlan(figures=replace(CareFigures(), **changed)), injected_on=ON)


@pytest.mark.parametrize("name", RANGES)
def test_a_figure_beyond_its_range_is_refused_by_its_name(name):
    for figure in (RANGES[name].least - 1, RANGES[name].most + 1):
        assert str(RANGES[name].most) in problems_of(name, figure)[name]


@pytest.mark.parametrize("name", [name for name, allowed in RANGES.items() if not allowed.may_be_blank])
def test_a_figure_that_patients_are_told_cannot_be_left_out(name):
    assert name in problems_of(name, None)


@pytest.mark.parametrize(
    ("food", "drinks", "is_fine"),
    [(6, 2, True), (6, 6, True), (6, None, True), (6, 8, False), (None, 2, False), (0, 0, True)],
)
def test_drinks_never_end_before_food(food, drinks, is_fine):
    plan = CarePlan(figures=CareFigures(fasting_hours=food, clear_fluids_hours=drinks))
    assert ("clear_fluids_hours" not in problems(plan, injected_on=ON)) == is_fine


def moment(days: int) -> datetime:
    return datetime(2026, 6, 3, 20) + timedelta(days=days)


@pytest.mark.parametrize(
    ("plan", "field"),
    [
        (CarePlan(thinner_plan="as agreed"), "prescriber_agreed"),
        (CarePlan(thinner_last_dose_at=moment(-5)), "thinner_plan"),
        (CarePlan(thinner_restart_at=moment(1)), "thinner_plan"),
        (
            CarePlan(thinner_plan="x", prescriber_agreed=True, thinner_last_dose_at=moment(1)),
            "thinner_last_dose_at",
        ),
        (
            CarePlan(thinner_plan="x", prescriber_agreed=True, thinner_restart_at=moment(-1)),
            "thinner_restart_at",
        ),
    ],
)
def test_a_plan_about_blood_thinners_is_whole_or_refused(plan, field):
    assert list(problems(plan, injected_on=ON)) == [field]


def test_a_whole_plan_about_blood_thinners_is_taken():
    plan = CarePlan(
        thinner_plan="as agreed",
        prescriber_agreed=True,
        thinner_last_dose_at=moment(-5),
        thinner_restart_at=moment(0),
    )
    assert problems(plan, injected_on=ON) == {}
