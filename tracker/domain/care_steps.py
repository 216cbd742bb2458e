"""A care plan laid out by days: what to do before, what happens on the day, and what holds after it.

A phone picks today's steps by the study day alone, so that it needs neither server nor clock but its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from tracker.domain.care import CarePlan
from tracker.domain.procedure import Guidance, Region
from tracker.domain.ruleset import ESI_RULES, RuleSet

BOOKED = -366
"""The study day on which preparing begins at the earliest: an injection is planned at most a year ahead."""

ASKED_AGAIN = -3
"""Infections are asked about from this day on (docs/evidence.md 5.1): what was so a week ago says little."""

EFFECTS_LAST_DAY = 3
"""Warm face, poor sleep, jitters: usual until then (docs/evidence.md 4.1)."""

RELIEVERS_LAST_DAY = 4
"""The sore spot lasts that long at most (docs/evidence.md 1.1)."""


SUGAR_TIMES = ("morning", "noon", "evening", "night")
"""When sugar is measured: the part of an answer, so that each time of a day has its own."""


class Part(StrEnum):
    """What of the plan a step belongs to; ABOUT is what will be done, read at any time before."""

    BEFORE = "before"
    ABOUT = "about"
    DAY = "day"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Procedure:
    """What the plan has to know of the injection itself: where it goes, by what sight, and what goes in.

    A block is a test; a steroid goes in as well only where the record names one.
    """

    region: str = Region.CERVICAL
    guidance: str = Guidance.FLUOROSCOPY
    is_numbed: bool = True
    is_block: bool = False
    has_steroid: bool = True


USUAL = Procedure()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do or to know, on which study days (both ends included), and whether it can be ticked.

    `key` never changes its meaning: ticks are kept by it. `wording` chooses between several texts of a step.
    `from_at` and `until_at` are moments by the patient's clock; `clear_until_at` the end of clear drinks.
    """

    key: str
    part: Part
    first_day: int
    last_day: int
    wording: str = ""
    can_tick: bool = False
    from_at: datetime | None = None
    until_at: datetime | None = None
    clear_until_at: datetime | None = None

    def holds(self, day: int) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Question:
    """Asked before the injection: whoever answers yes calls before they come. No step has its key."""

    key: str
    first_day: int = BOOKED
    last_day: int = 0

    def holds(self, day: int) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything for one injection. `sugar_last_day` is the last day of the sugar log; None without one."""

    steps: tuple[Step, ...]
    questions: tuple[Question, ...]
    arrives_at: datetime | None = None
    sugar_last_day: int | None = None
    is_for_another_day: bool = False

    def ticked(self, key: str) -> Step | None:
        """The step with this key, if it can be ticked."""
        return next((step for step in self.steps if step.key == key and step.can_tick), None)

    def asks(self, key: str, *, day: int) -> bool:
        """Whether a question is asked on a day."""
        return any(one.key == key and one.holds(day) for one in self.questions)

    def asks_sugar(self, day: int) -> bool:
        return self.sugar_last_day is not None and 0 <= day <= self.sugar_last_day


def lay_out(
    care: CarePlan,
    *,
    injected_on: date,
    zone: ZoneInfo,
    procedure: Procedure = USUAL,
    rules: RuleSet = ESI_RULES,
) -> Plan:
    """The plan by days. Hours without food are hours that pass, also on a night of a clock change."""
    arrives_at = _arrival(care, injected_on, zone)
    return Plan(
        steps=(
            *_before(care, injected_on, arrives_at, rules),
            *_about(care, procedure),
            *_of_the_day(care, arrives_at),
            *_after(care, injected_on, procedure, rules),
        ),
        questions=tuple(_questions(care)),
        arrives_at=arrives_at,
        sugar_last_day=care.figures.sugar_days if care.is_diabetic and procedure.has_steroid else None,
        is_for_another_day=not care.holds_on(injected_on),
    )


def _arrival(care: CarePlan, injected_on: date, zone: ZoneInfo) -> datetime | None:
    """An hour that a clock change leaves out is the one that clocks show instead.

    A time was meant for the day that the clinic had in mind: on another one nobody comes at that hour.
    """
    if care.arrive_at is None or not care.holds_on(injected_on):
        return None
    typed = datetime.combine(injected_on, care.arrive_at, tzinfo=zone)
    return typed.astimezone(UTC).astimezone(zone)


def _earlier(moment: datetime | None, hours: int | None) -> datetime | None:
    if moment is None or hours is None:
        return None
    return (moment.astimezone(UTC) - timedelta(hours=hours)).astimezone(moment.tzinfo)


def _before(care: CarePlan, injected_on: date, arrives_at: datetime | None, rules: RuleSet) -> Iterable[Step]:
    if care.thinner_plan:
        yield _thinner(care, injected_on)
    has_more = bool(care.thinner_plan) or care.is_diabetic
    yield Step("medicines", Part.BEFORE, BOOKED, 0, "other" if has_more else "", can_tick=True)
    if care.needs_driver:
        yield _task("driver")
    if care.is_diabetic:
        yield _task("diabetes_medicine")
    yield _fasting(care, arrives_at)
    yield Step("baseline", Part.BEFORE, rules.baseline_first_day, rules.baseline_last_day)


def _task(key: str) -> Step:
    return Step(key, Part.BEFORE, BOOKED, 0, can_tick=True)


def _thinner(care: CarePlan, injected_on: date) -> Step:
    """A plan with the dates of another day is not shown: the patient is asked to call."""
    if not care.holds_on(injected_on):
        return Step("thinner", Part.BEFORE, BOOKED, 0, "moved")
    at = care.thinner_last_dose_at
    return Step("thinner", Part.BEFORE, BOOKED, 0, "dose" if at else "", can_tick=True, until_at=at)


def _fasting(care: CarePlan, arrives_at: datetime | None) -> Step:
    food, drinks = care.figures.fasting_hours, care.figures.clear_fluids_hours
    if not food:
        wording = "as_told" if food is None else "none"
        return Step("fasting", Part.BEFORE, BOOKED, 0, wording, can_tick=food is None)
    wording = f"{'from' if arrives_at else 'hours'}{'' if drinks is None else '_drinks'}"
    return Step(
        "fasting",
        Part.BEFORE,
        BOOKED,
        0,
        wording,
        can_tick=True,
        from_at=_earlier(arrives_at, food),
        until_at=arrives_at,
        clear_until_at=_earlier(arrives_at, drinks),
    )


def _about(care: CarePlan, procedure: Procedure) -> Iterable[Step]:
    yield Step("where", Part.ABOUT, BOOKED, 0, procedure.region)
    if procedure.guidance != Guidance.NONE:
        yield Step("picture", Part.ABOUT, BOOKED, 0)
    injected = "block" if procedure.is_block else "numbed" if procedure.is_numbed else ""
    yield Step("injected", Part.ABOUT, BOOKED, 0, injected)
    yield Step("how_long", Part.ABOUT, BOOKED, 0, "minutes" if care.figures.visit_minutes else "")


def _of_the_day(care: CarePlan, arrives_at: datetime | None) -> Iterable[Step]:
    figures = care.figures
    if arrives_at:
        yield Step("arrive", Part.DAY, 0, 0, from_at=arrives_at)
    yield Step("feelings", Part.DAY, 0, 0)
    if figures.observation_minutes:
        yield Step("observation", Part.DAY, 0, 0)
    yield Step("way_home", Part.DAY, 0, 0, "driver" if care.needs_driver else "")
    yield Step("rest", Part.DAY, 0, 0, "company" if figures.company_hours else "")


def _after(care: CarePlan, injected_on: date, procedure: Procedure, rules: RuleSet) -> Iterable[Step]:
    figures = care.figures
    if care.thinner_plan:
        yield from _restart(care, injected_on)
    yield from _windows(procedure, rules)
    yield Step("driving", Part.AFTER, 0, _days_of(figures.no_driving_hours))
    if figures.ice_days:
        yield Step("ice", Part.AFTER, 0, figures.ice_days - 1)
    yield Step("relievers", Part.AFTER, 0, RELIEVERS_LAST_DAY, "agreed" if care.pain_relievers else "")
    if figures.no_bath_hours:
        yield Step("bathing", Part.AFTER, 0, _days_of(figures.no_bath_hours))
    yield Step("bandage", Part.AFTER, 1, 1)
    yield Step("lifting", Part.AFTER, 0, figures.no_lifting_days - 1)
    yield Step("moving", Part.AFTER, figures.no_lifting_days, max(figures.no_lifting_days, rules.readout_day))
    if procedure.has_steroid:
        yield Step("effects", Part.AFTER, 0, EFFECTS_LAST_DAY)
        if care.is_diabetic:
            yield Step("sugar", Part.AFTER, 0, figures.sugar_days, "limit" if figures.sugar_limit else "")


def _windows(procedure: Procedure, rules: RuleSet) -> Iterable[Step]:
    """The numbing of the first hours and the steroid of the days after, told apart; a block has the first."""
    if procedure.is_numbed or procedure.is_block:
        yield Step("numbing", Part.AFTER, 0, 0)
    if not procedure.is_block:
        yield Step("steroid", Part.AFTER, 0, rules.readout_day)


def _restart(care: CarePlan, injected_on: date) -> Iterable[Step]:
    """Until the day on which the thinner is taken again, and that day, which can be ticked."""
    again = care.thinner_restart_at
    if not care.holds_on(injected_on):
        yield Step("restart", Part.AFTER, 0, RELIEVERS_LAST_DAY, "moved")
    elif again is None:
        yield Step("restart", Part.AFTER, 0, RELIEVERS_LAST_DAY)
    else:
        day = (again.date() - injected_on).days
        if day > 0:
            yield Step("restart_later", Part.AFTER, 0, day - 1, from_at=again)
        yield Step("restart", Part.AFTER, day, day, "at", can_tick=True, from_at=again)


def _days_of(hours: int) -> int:
    """The last study day that hours after the injection can reach into."""
    return -(-hours // 24)


def _questions(care: CarePlan) -> Iterable[Question]:
    yield Question("has_infection", ASKED_AGAIN)
    yield Question("takes_antibiotics", ASKED_AGAIN)
    yield Question("is_pregnant")
    yield Question("had_reaction")
    if not care.thinner_plan:
        yield Question("takes_thinner")
    if not care.is_diabetic:
        yield Question("has_diabetes")
