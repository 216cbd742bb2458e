"""An episode's days sorted by how they are drawn: what joins a line, what stands alone, what stays open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.domain.track import FIRST_DAY, LAST_DAY, DayMark, Timing

DAILY_UNTIL = 28
"""Last study day on which a score is asked for every day (rules.md, "Schedule")."""

SPARSE_REACH = 7
"""Days that a line may span after it: twice a week leaves 3 or 4, one missed day of the two leaves 7."""

Point = tuple[int, int]
"""Study day and score 0-10."""


def reach(day: int) -> int:
    """How many days further the next score may be and still be joined with that of `day`.

    A longer silence stays open, also in the monthly schedule after day 100: its scores stand alone.
    """
    return SPARSE_REACH if day >= DAILY_UNTIL else 1


@dataclass(frozen=True, slots=True)
class Series:
    """Points by the way they are drawn; `runs` are the joined scored days, `live`, `late` their markers."""

    runs: list[list[Point]]
    live: list[Point]
    late: list[Point]
    recalled: list[Point]
    uncertain: list[Point]
    soreness: list[Point]
    soreness_unscored: list[Point]

    @property
    def scored(self) -> list[Point]:
        return [point for run in self.runs for point in run]


def series_of(marks: Iterable[DayMark]) -> Series:
    """Sort the marks of days -7...365, given in order of the day.

    The day-0 average is never scored (rules.md, "Terms and units"): it stands with the recalled ones, hollow.
    """
    drawn = Series([], [], [], [], [], [], [])
    by_timing = {
        Timing.LIVE: drawn.live,
        Timing.LATE: drawn.late,
        Timing.RECALLED: drawn.recalled,
        Timing.UNCERTAIN: drawn.uncertain,
    }
    for mark in marks:
        if not FIRST_DAY <= mark.day <= LAST_DAY:
            continue
        scored = mark.timing <= Timing.LATE
        if mark.soreness is not None:
            (drawn.soreness if scored else drawn.soreness_unscored).append((mark.day, mark.soreness))
        if mark.pain is not None:
            point = (mark.day, mark.pain)
            by_timing[Timing.RECALLED if scored and not mark.day else mark.timing].append(point)
            if scored and mark.day:
                _join(drawn.runs, point)
    return drawn


def _join(runs: list[list[Point]], point: Point) -> None:
    """Carry the last line on to the point, or start a new one where the silence before it is too long."""
    if runs and point[0] - (last := runs[-1][-1][0]) <= reach(last):
        runs[-1].append(point)
    else:
        runs.append([point])
