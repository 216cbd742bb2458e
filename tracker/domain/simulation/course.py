"""Random courses of recovery whose rates follow the published ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from math import log
from random import Random

from tracker.domain.simulation.plan import Manner, Plan, PlannedInjection
from tracker.domain.simulation.values import Region

DAILY_UNTIL = 28
TWICE_WEEKLY_UNTIL = 100
MONTHLY_DAYS = 30
BASELINE_FROM = -7
"""The default schedule of questions: daily, then twice a week, then monthly."""

HIGHEST_BASELINE = 8.5
LOWEST_BASELINE = 4.0
"""Random patients stay clear of the low-baseline and ceiling rules: the cast shows those."""


@dataclass(frozen=True, slots=True)
class SimulationParameters:
    """What random patients are drawn from. Shares are 0-1, scores NRS points, days study days.

    Each comment names its source, docs/demo-data.md says more; "assumption": no source gives a figure.
    """

    responder_share: float = 0.56  # 47 % (Schneider 2024) to 60 % (McCormick 2017)
    onset_by_day_1_share: float = 0.725  # Schneider 2024: of the three-week responders
    onset_by_day_4_share: float = 0.941  # Schneider 2024: 72.5 % + 21.6 %
    late_onset_days: tuple[int, ...] = (13, 16, 22)  # Schneider 2024: when the last 5.9 % began
    brief_relief_share: float = 1 / 3  # Schneider 2024: 19 of 57 had > 50 % on day 1
    brief_relief_last_days: tuple[int, int] = (3, 6)  # Schneider 2024: mostly gone by day 4-7
    partial_share: float = 0.3  # assumption: non-responders who settle at 30-49 % relief
    relief: tuple[float, float] = (0.66, 0.92)  # assumption: depth of a responder's relief
    partial_relief: tuple[float, float] = (0.34, 0.42)  # assumption
    residual_relief: tuple[float, float] = (0.0, 0.18)  # assumption: non-responders, and after a loss
    median_relief_days: float = 84.0  # Manchikanti 2018: about 12 weeks a procedure
    relief_days_spread: float = 0.35  # assumption: standard deviation of its logarithm
    flare_share: float = 0.045  # 1.8 % (multi-institutional series) to 6.7 % (Botwin 2003)
    flare_points: float = 2.6  # Fawi 2017: >= 2 points; the rest keeps rounding from hiding it
    flare_last_days: tuple[int, int] = (1, 3)  # rule 13: a flare begins on days 1-3
    soreness_last_day_weights: tuple[int, ...] = (
        45,
        45,
        6,
        4,
    )  # leaflets: 1-2 days (Lakeview), 2-4 (UW Health)
    baseline_mean: float = 6.8  # assumption
    baseline_spread: float = 1.0  # assumption: standard deviation between patients
    daily_spread: float = 0.45  # assumption: standard deviation from day to day
    adherence_at_start: float = 0.91  # Ono 2019: 85 % in the mean, falling with the study day
    adherence_at_day_28: float = 0.80  # Ono 2019
    adherence_floor: float = 0.78  # assumption: twice-weekly and monthly questions
    late_share: float = 0.04  # assumption, as are the three below
    offline_share: float = 0.02
    corrected_share: float = 0.02
    recalled_share: float = 0.01


PARAMETERS = SimulationParameters()


@dataclass(frozen=True, slots=True)
class RandomCourse:
    """A patient's true pain over time, before gaps and rounding: what the diary then samples."""

    baseline: float
    relief: float
    onset_day: int
    last_relief_day: int
    residual_relief: float
    flare_last_day: int

    def pain_on(self, day: int, parameters: SimulationParameters) -> float:
        """Expected average pain on a study day."""
        if day < 1:
            return self.baseline
        if day <= self.flare_last_day:
            return self.baseline + parameters.flare_points
        relieved = self.onset_day <= day <= self.last_relief_day
        return self.baseline * (1 - (self.relief if relieved else self.residual_relief))


def random_plan(rng: Random, *, day: int, parameters: SimulationParameters = PARAMETERS) -> Plan:
    """A random patient whose study day today is `day`; entries run up to yesterday evening.

    A patient before day 0 has an injection on the list and a baseline being collected.
    """
    course = _random_course(rng, parameters)
    pain = {
        asked: _noticed(course.pain_on(asked, parameters), rng, parameters)
        for asked in _asked_days(before=day)
        if asked != 0 and rng.random() < _adherence_on(asked, parameters)
    }
    soreness = {
        on: score for on, score in _soreness(rng, parameters).items() if on < day and (on in pain or on == 0)
    }
    return Plan(
        day=day,
        pain=pain,
        soreness=soreness,
        manners=_manners(pain, before=day, rng=rng, parameters=parameters),
        injections=(_injection(course, day=day, rng=rng),),
    )


def _random_course(rng: Random, parameters: SimulationParameters) -> RandomCourse:
    baseline = rng.gauss(parameters.baseline_mean, parameters.baseline_spread)
    flares = rng.random() < parameters.flare_share
    onset_day, last_relief_day, relief, residual = _response(rng, parameters)
    return RandomCourse(
        baseline=min(max(baseline, LOWEST_BASELINE), HIGHEST_BASELINE),
        relief=relief,
        onset_day=onset_day,
        last_relief_day=last_relief_day,
        residual_relief=residual,
        flare_last_day=rng.randint(*parameters.flare_last_days) if flares else 0,
    )


def _response(rng: Random, parameters: SimulationParameters) -> tuple[int, int, float, float]:
    """First and last day of relief of 50 % or more, its depth, and the relief outside of it."""
    residual = rng.uniform(*parameters.residual_relief)
    if rng.random() < parameters.responder_share:
        onset_day = _onset_day(rng, parameters)
        relief_days = rng.lognormvariate(log(parameters.median_relief_days), parameters.relief_days_spread)
        return onset_day, onset_day + round(relief_days) - 1, rng.uniform(*parameters.relief), residual
    if rng.random() < parameters.partial_share:
        residual = rng.uniform(*parameters.partial_relief)
    if rng.random() < parameters.brief_relief_share:
        last_day = rng.randint(*parameters.brief_relief_last_days)
        return 1, last_day, rng.uniform(*parameters.relief), residual
    return 1, 0, 0.0, residual


def _onset_day(rng: Random, parameters: SimulationParameters) -> int:
    drawn = rng.random()
    if drawn < parameters.onset_by_day_1_share:
        return 1
    return (
        rng.randint(2, 4)
        if drawn < parameters.onset_by_day_4_share
        else rng.choice(parameters.late_onset_days)
    )


def _noticed(pain: float, rng: Random, parameters: SimulationParameters) -> int:
    """The whole score that a patient types for that pain."""
    return min(max(round(rng.gauss(pain, parameters.daily_spread)), 0), 10)


def _asked_days(*, before: int) -> Iterable[int]:
    """The schedule's days up to yesterday: daily, from day 29 twice a week, after day 100 monthly.

    Counted from the injection, not on Tuesdays and Fridays: the same patient on any date.
    """
    daily = range(BASELINE_FROM, DAILY_UNTIL + 1)
    twice_weekly = (day for day in range(DAILY_UNTIL + 1, TWICE_WEEKLY_UNTIL + 1) if day % 7 in (3, 6))
    monthly = range(TWICE_WEEKLY_UNTIL + MONTHLY_DAYS, 365, MONTHLY_DAYS)
    return takewhile(lambda day: day < before, [*daily, *twice_weekly, *monthly])


def _adherence_on(day: int, parameters: SimulationParameters) -> float:
    """Share of asked entries that are made: a straight line from the start over day 28 to its floor."""
    elapsed = (day - BASELINE_FROM) / (DAILY_UNTIL - BASELINE_FROM)
    fall = parameters.adherence_at_start - parameters.adherence_at_day_28
    return max(parameters.adherence_at_start - elapsed * fall, parameters.adherence_floor)


def _soreness(rng: Random, parameters: SimulationParameters) -> dict[int, int]:
    """A score for each day from 0, falling to nothing after the last sore day; asked until two zeros."""
    weights = parameters.soreness_last_day_weights
    last_day = rng.choices(range(1, len(weights) + 1), weights)[0]
    worst = rng.randint(2, 4)
    falling = {day: max(worst - day * worst // (last_day + 1), 1) for day in range(last_day + 1)}
    return falling | dict.fromkeys(range(last_day + 1, max(last_day + 3, 6)), 0)


def _manners(
    days: Iterable[int], *, before: int, rng: Random, parameters: SimulationParameters
) -> dict[int, Manner]:
    """The few entries that did not come live; none arrives after yesterday evening."""
    shares = {
        Manner.LATE: parameters.late_share,
        Manner.OFFLINE: parameters.offline_share,
        Manner.CORRECTED: parameters.corrected_share,
        Manner.RECALLED: parameters.recalled_share,
    }
    kinds, weights = (None, *shares), (1 - sum(shares.values()), *shares.values())
    drawn = {day: rng.choices(kinds, weights)[0] for day in days}
    return {
        day: manner
        for day, manner in drawn.items()
        if manner is not None and day + manner.arrives_after_days < before
    }


def _injection(course: RandomCourse, *, day: int, rng: Random) -> PlannedInjection:
    region: Region = "cervical" if rng.random() < 0.85 else "thoracic"
    if day < 0:
        return PlannedInjection(status="scheduled", region=region)
    before = round(course.baseline)
    after = () if day == 0 else ((30, rng.randint(0, before)), (240, rng.randint(0, before)))
    return PlannedInjection(region=region, readings=((None, before), *after))
