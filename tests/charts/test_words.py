from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tests.charts.diaries import BEFORE, DIARIES, MIXED, TWICE_A_WEEK, chart
from tracker.charts.chart import RecoveryChart
from tracker.charts.words import Row, describe, table
from tracker.domain.track import DayMark, Source, Timing


def test_a_mixed_diary_is_told_in_full() -> None:
    assert describe(MIXED).title == "Pain since the injection, to day 20"
    assert describe(MIXED).long == (
        "Average pain of each day from 0 to 10; day 0 is the day of the injection, 3 November 2026."
        " Since then 15 days have a score, the latest 2 on day 20. No score on days 4, 7 to 10."
        " Baseline, the mean before the injection: 7.0; half of it is 3.5."
        " Day-14 read-out: mean 2.4 from 5 scored days of days 12 to 16, 4.6 points lower than the baseline."
        " Recorded late: day 5. Shown, not scored: day 7. Clock uncertain, not scored: day 8."
        " Soreness at the site: highest 4 on day 0, last felt on day 6."
        " Next injection: day 24."
    )


def test_an_empty_diary_is_told_without_figures() -> None:
    assert describe(DIARIES["empty"]).long == (
        "Average pain of each day from 0 to 10; day 0 is the day of the injection."
        " No score since the injection. No baseline: no score before the injection."
        " No day-14 read-out. No soreness recorded."
    )


@pytest.mark.parametrize("given", DIARIES.values(), ids=DIARIES.keys())
def test_no_diary_is_told_with_a_class_or_a_judgement(given: RecoveryChart) -> None:
    told = f"{describe(given).title} {describe(given).long}".lower()
    for word in ("respon", "worse", "failed", "delayed", "flare", "good", "bad", "insufficient", "%"):
        assert word not in told


@pytest.mark.parametrize(
    ("marks", "today", "told"),
    [
        ((), 1, "No score since the injection."),
        ((DayMark(1, 5, None),), 1, "Since then 1 day has a score, the latest 5 on day 1."),
        ((DayMark(1, 5, None),), 2, "the latest 5 on day 1. Baseline"),  # today is not over
        ((DayMark(1, 5, None),), 3, "No score on day 2."),
        ((DayMark(3, 5, None),), 3, "No score on days 1 to 2."),
        ((DayMark(28, 5, None), DayMark(35, 4, None)), 36, "No score on days 1 to 27."),
        ((DayMark(28, 5, None), DayMark(36, 4, None)), 36, "No score on days 1 to 27, 29 to 35."),
    ],
)
def test_silent_days_are_told(marks: tuple[DayMark, ...], today: int, told: str) -> None:
    assert told in describe(chart(*BEFORE, *marks, today=today)).long


@pytest.mark.parametrize(
    ("mean", "told"),
    [
        (Fraction(7), ", the same as the baseline."),
        (Fraction(15, 2), ", 0.5 points higher than the baseline."),
        (Fraction(13, 2), ", 0.5 points lower than the baseline."),
    ],
)
def test_the_read_out_is_told_against_the_baseline(mean: Fraction, told: str) -> None:
    assert told in describe(replace(MIXED, day14_mean=mean)).long


def test_a_read_out_without_a_baseline_stands_alone() -> None:
    given = replace(MIXED, baseline=None, baseline_quality="none")
    assert "scored days of days 12 to 16. " in describe(given).long


def test_a_soft_read_out_and_a_baseline_of_few_scores_say_so() -> None:
    told = describe(TWICE_A_WEEK).long
    assert "Day-14 read-out (limited): mean 4.5 from 2 scored days" in told
    assert "the mean before the injection, from few scores: 7.0" in told


@pytest.mark.parametrize("today", [5, 16, 17, 60])
def test_a_read_out_that_is_not_there_is_told_without_a_reason_or_a_promise(today: int) -> None:
    """It may be a low baseline, a block or a next injection: none of them is a want of scores."""
    low = [DayMark(day, 2, None) for day in range(-7, 17)]
    assert " No day-14 read-out. " in describe(chart(*low, today=today, baseline=Fraction(2))).long


def test_soreness_of_nought_only_is_told_as_none() -> None:
    assert "Soreness at the site: none." in describe(chart(DayMark(1, 5, 0))).long


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        (DayMark(1, 5, None), ""),
        (DayMark(1, 5, None, Timing.LATE), "late"),
        (DayMark(1, 5, None, Timing.RECALLED), "recalled, not scored"),
        (DayMark(1, 5, None, Timing.UNCERTAIN), "clock uncertain, not scored"),
        (DayMark(1, 5, None, edited=True), "corrected"),
        (DayMark(1, 5, None, Timing.LATE, edited=True, source=Source.PAPER), "late; from paper; corrected"),
        (DayMark(1, 5, None, source=Source.TELEPHONE), "told by telephone"),
        (DayMark(0, 5, 3), "day of the injection, average not scored"),
        (DayMark(0, None, 3), ""),
    ],
)
def test_the_table_notes_what_the_picture_says_by_shape(mark: DayMark, note: str) -> None:
    assert table(chart(mark)) == (Row(mark.day, None, mark.pain, mark.soreness, note),)


def test_the_words_say_which_scores_came_from_no_phone() -> None:
    marks = [
        DayMark(1, 5, None),
        *(DayMark(day, 4, None, Timing.RECALLED, source=Source.PAPER) for day in (2, 3, 6)),
        DayMark(7, 4, None, source=Source.TELEPHONE),
        DayMark(8, None, 1, source=Source.TELEPHONE),
    ]
    words = describe(chart(*marks)).long
    assert "Told by telephone: day 7. Copied from paper: days 2 to 3, 6." in words
    assert "Told" not in describe(chart(DayMark(1, 5, None))).long


def test_the_table_gives_dates_where_the_injection_has_one() -> None:
    rows = table(chart(DayMark(-7, 5, None), DayMark(30, 2, None), injected_on=date(2028, 2, 1)))
    assert [row.on for row in rows] == [date(2028, 1, 25), date(2028, 3, 2)]
