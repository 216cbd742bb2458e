"""Rule 13: the steroid flare, a flag and never an outcome."""

from __future__ import annotations

from tracker.domain.baseline import Yardstick
from tracker.domain.diary import Course
from tracker.domain.ruleset import ESI_RULES, RuleSet

FLARE_ONGOING = "flare_ongoing"
PROLONGED_INCREASE = "prolonged_increase"
FLARE_END_UNKNOWN = "flare_end_unknown"
NOT_ASSESSABLE = "not_assessable(ceiling)"


def flare(course: Course, yardstick: Yardstick, *, rules: RuleSet = ESI_RULES) -> str | None:
    """The flare's flag: its days where it is over, how it stands where not, None where there was none."""
    if yardstick.baseline >= rules.ceiling_points:
        return NOT_ASSESSABLE
    start = flare_start(course, yardstick, rules=rules)
    if start is None:
        return None
    end = _first_day_over(course, start, yardstick, rules)
    if end is not None and end <= rules.flare_last_end_day:
        return f"flare(d{start}-{end - 1})"
    if course.to_day <= rules.flare_last_end_day:
        return FLARE_ONGOING
    return PROLONGED_INCREASE if _is_still_worse(course, end, yardstick, rules) else FLARE_END_UNKNOWN


def flare_start(course: Course, yardstick: Yardstick, *, rules: RuleSet = ESI_RULES) -> int | None:
    """The first of days 1-3 that is worse than before the injection."""
    early = (day for day in course.days if day <= rules.flare_last_start_day)
    return next((day for day in early if yardstick.worse[course.scores[day]]), None)


def _first_day_over(course: Course, start: int, yardstick: Yardstick, rules: RuleSet) -> int | None:
    over = yardstick.baseline + rules.flare_over_points
    return next((day for day in course.days if day > start and course.scores[day] <= over), None)


def _is_still_worse(course: Course, end: int | None, yardstick: Yardstick, rules: RuleSet) -> bool:
    # "Still" ends with the first score back near the baseline: a rise weeks later is not this flare.
    until = course.to_day if end is None else end
    days = (day for day in course.days if rules.flare_last_start_day < day <= until)
    return any(yardstick.worse[course.scores[day]] for day in days)
