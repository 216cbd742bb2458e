"""Rule 15: how long relief of at least half was documented, and what ended it."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.baseline import Bar
from tracker.domain.diary import Course
from tracker.domain.labels import DurabilityState
from tracker.domain.onset import first_confirmed_day
from tracker.domain.ruleset import ESI_RULES, RuleSet


@dataclass(frozen=True, slots=True)
class Durability:
    """Relief from `first_day` (f50) to `last_day`; `broken_on`: the failing day, or the last before a gap."""

    first_day: int
    last_day: int
    state: DurabilityState
    broken_on: int | None = None

    @property
    def relief_days(self) -> int:
        return self.last_day - self.first_day + 1


def durability(course: Course, bar: Bar, *, rules: RuleSet = ESI_RULES) -> Durability | None:
    """The documented relief, read day by day from f50 until a loss or a gap ends it; None without an f50.

    A gap is counted between neighbouring entries (day 8 to day 23 is 15 days) and from the last one to
    the as-of day.
    """
    first = first_confirmed_day(course, bar, rules=rules)
    if first is None:
        return None
    last = entry = first
    for day in course.days[course.days.index(first) :]:
        if day - entry > rules.longest_gap_days:
            break
        entry = day
        if bar.by_score[course.scores[day]]:
            last = day
        elif state := _loss(course, day, bar, rules):
            return Durability(first, last, state, day)
    if course.to_day - entry > rules.longest_gap_days:
        return Durability(first, last, DurabilityState.DOCUMENTATION_GAP, entry)
    return Durability(first, last, DurabilityState.ONGOING)


def _loss(course: Course, day: int, bar: Bar, rules: RuleSet) -> DurabilityState | None:
    """What a failing day means: a loss where the days after it agree, None where they call it a blip."""
    scores = course.window(day, day + rules.loss_days - 1)
    if len(scores) < rules.loss_entries:
        scores = course.window(day, day + rules.loss_extended_days - 1)
    if len(scores) < rules.loss_entries:
        return DurabilityState.LOSS_UNCONFIRMED
    return None if bar.met_by(sum(scores), len(scores)) else DurabilityState.LOST
