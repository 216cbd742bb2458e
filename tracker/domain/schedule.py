"""What a patient is asked on which day, by default (docs/recovery-rules.md; docs/evidence.md 8.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from itertools import pairwise

from tracker.domain.ruleset import ESI_RULES, RuleSet


class Rhythm(StrEnum):
    """How often the average pain is asked for."""

    DAILY = "daily"
    TWICE_A_WEEK = "twice_a_week"
    MONTHLY = "monthly"


def rhythm(day: int | None, *, rules: RuleSet = ESI_RULES) -> Rhythm:
    """The rhythm of a study day; without an injection the days before one are logged daily."""
    if day is None or day <= rules.daily_last_day:
        return Rhythm.DAILY
    return Rhythm.TWICE_A_WEEK if day <= rules.twice_a_week_last_day else Rhythm.MONTHLY


def is_due(on: date, *, day: int | None, rules: RuleSet = ESI_RULES) -> bool:
    """Whether a silent day is worth reminding of. A monthly score has no day of its own."""
    match rhythm(day, rules=rules):
        case Rhythm.DAILY:
            return True
        case Rhythm.TWICE_A_WEEK:
            return on.weekday() in rules.asked_weekdays
        case Rhythm.MONTHLY:
            return False


def looks_closely(
    day: int, *, pain: Mapping[int, int], visit_day: int | None = None, rules: RuleSet = ESI_RULES
) -> bool:
    """Whether a day asks for a score although seldom would do: for a week after the average pain has jumped
    by two points from one entry to the next, and in the week before a visit.

    `pain` are the scored days so far; of those after `day` nothing is known yet.
    """
    if visit_day is not None and 0 <= visit_day - day <= rules.close_look_days:
        return True
    so_far = sorted(scored for scored in pain if 0 < scored <= day)
    return any(
        abs(pain[later] - pain[earlier]) >= rules.jump_points and day - later <= rules.close_look_days
        for earlier, later in pairwise(so_far)
    )


def asks_soreness(day: int | None, *, soreness: Mapping[int, int], rules: RuleSet = ESI_RULES) -> bool:
    """Whether a day asks for the sore spot, given the soreness logged by study day.

    From day 0 to day 14, until two days running after day 3 were without any.
    """
    if day is None or not 0 <= day <= rules.soreness_asked_last_day:
        return False
    return not any(
        soreness.get(first) == 0 == soreness.get(first + 1)
        for first in range(rules.soreness_may_end_day + 1, day - 1)
    )
