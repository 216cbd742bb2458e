"""Diaries to draw, from the plain to the nasty."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from tracker.charts.chart import RecoveryChart
from tracker.domain.track import DayMark, Timing

BEFORE = tuple(DayMark(day, 6 + day % 3, None) for day in range(-7, 0))


def chart(*marks: DayMark, today: int = 20, **figures: object) -> RecoveryChart:
    """A chart of these marks; without other figures a good baseline of 7."""
    given = {"baseline": Fraction(7), "baseline_quality": "good", **figures}
    return RecoveryChart(marks=marks, today=today, **given)


def daily(last: int, *, without: tuple[int, ...] = ()) -> tuple[DayMark, ...]:
    """A week before, soreness on day 0, then a score a day and soreness for five days."""
    since = (
        DayMark(day, (7 * day + 3) % 11, max(0, 5 - day) if day < 6 else None)
        for day in range(1, last + 1)
        if day not in without
    )
    return (*BEFORE, DayMark(0, None, 4), *since)


MIXED = chart(
    *daily(3),
    DayMark(5, 4, 2, Timing.LATE, edited=True),
    DayMark(6, 4, 1),
    DayMark(7, 9, 3, Timing.RECALLED),
    DayMark(8, 3, 0, Timing.UNCERTAIN),
    *(DayMark(day, 2 + day % 2, None) for day in range(11, 21)),
    day14_mean=Fraction(12, 5),
    day14_n=5,
    confidence="firm",
    next_injection_day=24,
    injected_on=date(2026, 11, 3),
)
"""Gaps on days 4, 9 and 10, one day late, one recalled, one of an uncertain clock."""

TWICE_A_WEEK = chart(
    *daily(28),
    *(DayMark(day, day % 4, None) for day in range(29, 170) if day % 7 in (1, 4) and not 60 < day < 80),
    today=172,
    day14_mean=Fraction(9, 2),
    day14_n=2,
    confidence="limited",
    baseline_quality="limited",
    next_injection_day=170,
)

DIARIES: dict[str, RecoveryChart] = {
    "mixed": MIXED,
    "twice a week": TWICE_A_WEEK,
    "empty": chart(today=3, baseline=None, baseline_quality="none"),
    "only recalled": chart(DayMark(2, 5, 1, Timing.RECALLED), baseline=None, baseline_quality="none"),
    "day 0 only": chart(DayMark(0, 6, 5), today=0),
    "before the injection": chart(*BEFORE[:3], today=-5, baseline=None, baseline_quality="none"),
    "no pain before": chart(*daily(16), baseline=Fraction(0)),
    "low baseline": chart(*daily(16), baseline=Fraction(29, 10), day14_mean=Fraction(2), day14_n=3),
    "all tens": chart(
        *(DayMark(day, 10, 10) for day in range(-7, 29) if day), today=28, baseline=Fraction(10)
    ),
    "a year": chart(*daily(28), *(DayMark(day, 3, None) for day in range(30, 366, 3)), today=365),
    "past the last frame": chart(*daily(20), today=400, next_injection_day=390),
}
