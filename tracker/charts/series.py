"""An episode's days sorted by how they are drawn: what joins a line, what stands alone, what stays open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.domain.track import FIRST_DAY, LAST_DAY, DayMark, Timing

SPARSE_REACH = 7
"""Days that a line may span after the daily ones: twice a week leaves 3 or 4, one missed day of the two 7."""

Point = tuple[int, int]
"""Study day and score 0-10."""

Points = list[Point]


IN_TIME, RECALLED = int(Timing.LATE), int(Timing.RECALLED)


def reach(day: int, rules: RuleSet = ESI_RULES) -> int:
    """How many days further the next score may be and still be joined with that of `day`.

    A longer silence stays open, also in the monthly schedule: its scores stand alone.
    """
    return SPARSE_REACH if day >= rules.daily_last_day else 1


@dataclass(frozen=True, slots=True)
class Series:
    """Points by the way they are drawn: `runs` join the scored ones, which `live` and `late` mark."""

    scored: Points
    runs: list[Points]
    live: Points
    late: Points
    recalled: Points
    uncertain: Points
    soreness: Points
    soreness_unscored: Points


def series_of(marks: Iterable[DayMark], *, rules: RuleSet = ESI_RULES) -> Series:
    """Sort the marks of days -7...365, given in order of the day.

    The day-0 average is never scored (docs/recovery-rules.md): it stands with the recalled ones, hollow.
    """
    scored: Points = []
    by_timing: tuple[Points, Points, Points, Points] = ([], [], [], [])
    soreness: tuple[Points, Points] = ([], [])
    for mark in marks:
        day, pain, timing = mark.day, mark.pain, mark.timing
        if not FIRST_DAY <= day <= LAST_DAY:
            continue
        in_time = timing <= IN_TIME
        if mark.soreness is not None:
            soreness[not in_time].append((day, mark.soreness))
        if pain is not None:
            if in_time and day:
                scored.append((day, pain))
            by_timing[timing if day or not in_time else RECALLED].append((day, pain))
    return Series(scored, runs_of(scored, rules), *by_timing, *soreness)


def runs_of(scored: Points, rules: RuleSet = ESI_RULES) -> list[Points]:
    """The points as lines, a new one after each silence that is too long to be drawn through."""
    runs: list[Points] = []
    furthest = FIRST_DAY - 1
    for point in scored:
        day = point[0]
        if day <= furthest:
            runs[-1].append(point)
        else:
            runs.append([point])
        furthest = day + reach(day, rules)
    return runs
