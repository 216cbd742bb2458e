"""Rules 6 and 7: the first day of relief that the following days confirm."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.baseline import Bar
from tracker.domain.diary import Course
from tracker.domain.ruleset import ESI_RULES, RuleSet


@dataclass(frozen=True, slots=True)
class Onset:
    """Relief began after `after_day` (0: the injection) and was there on `day`: exact if neighbours."""

    day: int
    after_day: int


def first_confirmed_day(course: Course, bar: Bar, *, rules: RuleSet = ESI_RULES) -> int | None:
    """The first scored day that meets the bar and whose confirmation window meets it in the mean."""
    for day in course.days:
        if bar.by_score[course.scores[day]] and _is_confirmed(course, day, bar, rules):
            return day
    return None


def onset(course: Course, bar: Bar, *, rules: RuleSet = ESI_RULES) -> Onset | None:
    """The onset day as an interval: a day without an entry before it leaves open when relief began."""
    day = first_confirmed_day(course, bar, rules=rules)
    if day is None:
        return None
    at = course.days.index(day)
    return Onset(day, course.days[at - 1] if at else 0)


def _is_confirmed(course: Course, day: int, bar: Bar, rules: RuleSet) -> bool:
    scores = course.window(day, day + rules.confirm_days - 1)
    if len(scores) < rules.confirm_entries:
        scores = course.window(day, day + rules.confirm_extended_days - 1)
    return len(scores) >= rules.confirm_entries and bar.met_by(sum(scores), len(scores))
