"""What a patient is asked on which day, by default (docs/recovery-rules.md; docs/evidence.md 8.1)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum


class Rhythm(StrEnum):
    """How often the average pain is asked for."""

    DAILY = "daily"
    TWICE_A_WEEK = "twice_a_week"
    MONTHLY = "monthly"


LAST_DAILY_DAY = 28
LAST_TWICE_A_WEEK_DAY = 100
TUESDAY, FRIDAY = 1, 4
SORENESS_LAST_DAY = 14
SORENESS_MAY_END_AFTER_DAY = 3


def rhythm(day: int | None) -> Rhythm:
    """The rhythm of a study day; without an injection the days before one are logged daily."""
    if day is None or day <= LAST_DAILY_DAY:
        return Rhythm.DAILY
    return Rhythm.TWICE_A_WEEK if day <= LAST_TWICE_A_WEEK_DAY else Rhythm.MONTHLY


def is_due(on: date, *, day: int | None) -> bool:
    """Whether a silent day is worth reminding of. A monthly score has no day of its own."""
    match rhythm(day):
        case Rhythm.DAILY:
            return True
        case Rhythm.TWICE_A_WEEK:
            return on.weekday() in (TUESDAY, FRIDAY)
        case Rhythm.MONTHLY:
            return False


def asks_soreness(day: int | None, *, soreness: Mapping[int, int]) -> bool:
    """Whether a day asks for the sore spot, given the soreness logged by study day.

    From day 0 to day 14, until two days running after day 3 were without any.
    """
    if day is None or not 0 <= day <= SORENESS_LAST_DAY:
        return False
    return not any(
        soreness.get(first) == 0 == soreness.get(first + 1)
        for first in range(SORENESS_MAY_END_AFTER_DAY + 1, day - 1)
    )
