"""What the daily checks of an episode said beside signs of danger: pain relievers that are not usual."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .ruleset import ESI_RULES, RuleSet


@dataclass(frozen=True, slots=True)
class DailyChecks:
    """How many of the days so far that ask for a check have one; then the study days on which a pain reliever
    beyond the usual was taken, and how many days say that none was."""

    asked: int
    answered: int
    reliever_days: tuple[int, ...]
    days_without: int

    @property
    def days_that_say(self) -> int:
        return len(self.reliever_days) + self.days_without


def daily_checks(
    rescue: Mapping[int, bool | None], *, last_day: int, rules: RuleSet = ESI_RULES
) -> DailyChecks:
    """From each answered check: study day to what it says of a pain reliever, None where it says nothing.

    `last_day` is the episode's last one so far.
    """
    days = range(min(last_day, rules.check_last_day) + 1)
    said = {day: rescue[day] for day in sorted(rescue) if day in days}
    return DailyChecks(
        asked=len(days),
        answered=len(said),
        reliever_days=tuple(day for day, taken in said.items() if taken),
        days_without=sum(taken is False for taken in said.values()),
    )
