from __future__ import annotations

import pytest

from tracker.charts.sparkline import VIEW_BOX, sparkline
from tracker.domain.track import DayMark, Timing, pack


def path(*marks: DayMark, up_to_day: int) -> str:
    return sparkline(*pack(marks), up_to_day=up_to_day)


def test_the_last_day_stands_in_the_last_column() -> None:
    assert VIEW_BOX == "0 0 56 24"
    assert path(DayMark(20, 0, None), up_to_day=20) == "M54 22h0"
    assert path(DayMark(20, 10, None), up_to_day=20) == "M54 2h0"


def test_neighbours_are_joined_and_a_missing_day_stays_open() -> None:
    marks = [DayMark(day, 5, None) for day in (7, 8, 10)]
    assert path(*marks, up_to_day=20) == "M2 12h0L6 12M14 12h0"


@pytest.mark.parametrize("timing", [Timing.RECALLED, Timing.UNCERTAIN])
def test_days_that_are_not_scored_stay_open(timing: Timing) -> None:
    marks = DayMark(8, 5, None), DayMark(9, 5, None, timing), DayMark(10, 5, None)
    assert path(*marks, up_to_day=20) == "M6 12h0M14 12h0"


def test_a_late_day_is_joined() -> None:
    assert path(DayMark(8, 5, None), DayMark(9, 5, None, Timing.LATE), up_to_day=20) == "M6 12h0L10 12"


def test_day_0_stays_open() -> None:
    marks = [DayMark(day, 5, None) for day in (-1, 0, 1)]
    assert path(*marks, up_to_day=1) == "M46 12h0M54 12h0"


def test_after_day_28_up_to_a_week_is_joined() -> None:
    marks = [DayMark(day, 5, None) for day in (29, 36, 44)]
    assert path(*marks, up_to_day=42) == "M2 12h0L30 12"
    assert path(*marks, up_to_day=44) == "M22 12h0M54 12h0"


def test_days_after_the_asked_one_are_not_drawn() -> None:
    assert path(DayMark(5, 5, None), DayMark(6, 5, None), up_to_day=5) == "M54 12h0"


@pytest.mark.parametrize("up_to_day", [-20, -8, 40, 365])
def test_a_window_without_days_has_no_path(up_to_day: int) -> None:
    assert path(DayMark(5, 5, None), up_to_day=up_to_day) == ""
    assert sparkline(b"", b"", up_to_day=up_to_day) == ""


def test_soreness_alone_is_not_drawn() -> None:
    assert path(DayMark(5, None, 3), up_to_day=5) == ""


def test_soreness_beside_pain_changes_nothing() -> None:
    assert path(DayMark(5, 4, 3), up_to_day=5) == path(DayMark(5, 4, None), up_to_day=5)
