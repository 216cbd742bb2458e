from __future__ import annotations

import pytest

from tracker.charts.series import runs_of, series_of
from tracker.domain.track import DayMark, Timing


@pytest.mark.parametrize(
    ("days", "runs"),
    [
        ([], []),
        ([3], [[3]]),
        ([1, 2, 3], [[1, 2, 3]]),
        ([1, 3], [[1], [3]]),
        ([-1, 1], [[-1], [1]]),  # day 0 lies between them: before and after are never joined
        ([27, 29], [[27], [29]]),
        ([28, 35], [[28, 35]]),
        ([28, 36], [[28], [36]]),
        ([29, 33, 36, 44], [[29, 33, 36], [44]]),
        ([100, 130, 160], [[100], [130], [160]]),
    ],
)
def test_a_line_joins_neighbours_to_day_28_and_up_to_a_week_later(
    days: list[int], runs: list[list[int]]
) -> None:
    assert [[day for day, _ in run] for run in runs_of([(day, 5) for day in days])] == runs


def test_marks_are_sorted_by_where_they_come_from() -> None:
    sorted_ = series_of(DayMark(day, day, None, Timing(day - 1)) for day in (1, 2, 3, 4))
    assert (sorted_.live, sorted_.late, sorted_.recalled, sorted_.uncertain) == (
        [(1, 1)],
        [(2, 2)],
        [(3, 3)],
        [(4, 4)],
    )
    assert sorted_.scored == [(1, 1), (2, 2)]


def test_the_average_of_day_0_is_never_scored() -> None:
    sorted_ = series_of([DayMark(0, 6, 2)])
    assert (sorted_.scored, sorted_.recalled, sorted_.soreness) == ([], [(0, 6)], [(0, 2)])


def test_an_uncertain_clock_on_day_0_stays_uncertain() -> None:
    assert series_of([DayMark(0, 6, None, Timing.UNCERTAIN)]).uncertain == [(0, 6)]


def test_days_outside_a_track_are_left_out() -> None:
    sorted_ = series_of([DayMark(-8, 5, 1), DayMark(366, 5, 1)])
    assert not sorted_.scored
    assert not sorted_.soreness


def test_soreness_alone_draws_no_pain() -> None:
    sorted_ = series_of([DayMark(2, None, 3)])
    assert not sorted_.live
    assert sorted_.soreness == [(2, 3)]
