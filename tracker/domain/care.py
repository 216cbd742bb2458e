"""What a clinic lays down for one injection: how to prepare, the day itself, and the days after it.

Every figure is the clinic's own choice within a range, and names its source; the defaults are the product's.
Of blood thinners the product knows nothing but the clinic's own words: it ships no table of drugs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from typing import Any


@dataclass(frozen=True, slots=True)
class Range:
    """What a figure may be, both ends included, and its source. `may_be_blank`: as the clinic told them."""

    least: int
    most: int
    source: str
    may_be_blank: bool = False

    @property
    def words(self) -> str:
        return f"{self.least} to {self.most}{', or leave it empty' if self.may_be_blank else ''}"


def _figure(default: int | None, least: int, most: int, source: str) -> Any:
    """A figure with its range; one without a default may be left blank."""
    return field(default=default, metadata={"range": Range(least, most, source, default is None)})


_FASTING = "docs/evidence.md 5.1: clinics differ from none to 8 hours, so none is shipped"
_AFTER = "docs/evidence.md 5.3: leaflets differ"


@dataclass(frozen=True, slots=True, kw_only=True)
class CareFigures:
    """A clinic's choices in numbers. Days count from the day of the injection, which is the first."""

    fasting_hours: int | None = _figure(None, 0, 12, _FASTING)
    clear_fluids_hours: int | None = _figure(None, 0, 12, _FASTING)
    visit_minutes: int | None = _figure(None, 15, 480, "the clinic’s own; no source gives one")
    observation_minutes: int = _figure(30, 0, 240, "house choice; docs/evidence.md 5.3")
    company_hours: int = _figure(4, 0, 24, f"{_AFTER}: 4 to 6 hours")
    no_driving_hours: int = _figure(24, 12, 72, "docs/evidence.md 5.1: 12 or 24 hours, mostly 24")
    ice_minutes: int = _figure(15, 10, 20, f"{_AFTER}: 10 to 20 minutes an hour")
    ice_days: int = _figure(3, 0, 7, f"{_AFTER}: 1 to 3 days")
    no_bath_hours: int = _figure(48, 0, 168, f"{_AFTER}: 24 or 48 hours")
    no_lifting_days: int = _figure(1, 1, 14, f"{_AFTER}: rest and no lifting that day")
    sugar_days: int = _figure(14, 1, 28, "docs/evidence.md 4.1 and 5.1: up for 2 to 4 days; leaflets 7 to 14")
    sugar_limit: int | None = _figure(
        None, 100, 600, "the clinic’s own, mg/dL; docs/evidence.md 4.1 ships none"
    )


RANGES: Mapping[str, Range] = {one.name: one.metadata["range"] for one in fields(CareFigures)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CarePlan:
    """The plan of one injection: the figures, and what the clinic typed about this patient.

    `planned_for` is the date that the clinic had in mind. Where the injection has moved since, its dates
    about blood thinners are about another day, and nobody may go by them. The two moments are by the
    patient's clock. `pain_relievers` and `thinner_plan` are the clinic's own words, for the patient's eyes.
    """

    figures: CareFigures = CareFigures()
    planned_for: date | None = None
    arrive_at: time | None = None
    needs_driver: bool = True
    is_diabetic: bool = False
    pain_relievers: str = ""
    thinner_plan: str = ""
    prescriber_agreed: bool = False
    thinner_last_dose_at: datetime | None = None
    thinner_restart_at: datetime | None = None

    def holds_on(self, injected_on: date) -> bool:
        """Whether its dates are still about this day."""
        return self.planned_for is None or self.planned_for == injected_on


def is_high(mg_dl: int, *, limit: int | None) -> bool:
    """Whether sugar is above the clinic's limit; without one nobody can say."""
    return limit is not None and mg_dl > limit


def problems(plan: CarePlan, *, injected_on: date) -> dict[str, str]:
    """What is wrong with a plan, by field, in words for staff; empty where nothing is."""
    return _problems_of_thinner(plan, injected_on) | problems_of(plan.figures)


def problems_of(figures: CareFigures) -> dict[str, str]:
    """What is wrong with a clinic's figures, by field."""
    found = {
        name: f"Choose {allowed.words}."
        for name, allowed in RANGES.items()
        if not _is_within(getattr(figures, name), allowed)
    }
    return found or _problems_of_fasting(figures)


def _is_within(figure: object, allowed: Range) -> bool:
    if figure is None:
        return allowed.may_be_blank
    return isinstance(figure, int) and type(figure) is int and allowed.least <= figure <= allowed.most


def _problems_of_fasting(figures: CareFigures) -> dict[str, str]:
    food, drinks = figures.fasting_hours, figures.clear_fluids_hours
    if drinks is not None and (food is None or drinks > food):
        return {
            "clear_fluids_hours": "Drinks end with the food, or after it: give the hours without food, too."
        }
    return {}


def _problems_of_thinner(plan: CarePlan, injected_on: date) -> dict[str, str]:
    """A patient is shown a plan only once whoever prescribed the thinner has agreed to it."""
    last, again = plan.thinner_last_dose_at, plan.thinner_restart_at
    if plan.thinner_plan and not plan.prescriber_agreed:
        return {"prescriber_agreed": "Ask whoever prescribes the blood thinner first, then tick this."}
    if not plan.thinner_plan and (last or again):
        return {"thinner_plan": "Write down the plan that these dates belong to."}
    if last and last.date() > injected_on:
        return {"thinner_last_dose_at": "The last dose comes before the injection."}
    if again and again.date() < injected_on:
        return {"thinner_restart_at": "It is taken again after the injection."}
    return {}
