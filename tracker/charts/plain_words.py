"""A patient’s chart in a patient’s words: what was logged and what the figures are, no term to look up.

`say` puts a sentence into the reader's language: with a number, and its wording for several.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Protocol

from tracker.charts.chart import RecoveryChart
from tracker.charts.series import Series, series_of
from tracker.charts.words import Row, silences, table
from tracker.domain.titles import figure
from tracker.domain.track import DayMark, Source, Timing


class Say(Protocol):
    def __call__(self, one: str, many: str = "", count: int = 0) -> str: ...


def in_english(one: str, many: str = "", count: int = 0) -> str:
    """The sentence as it is written here."""
    return many if many and count != 1 else one


def plain_words(chart: RecoveryChart, *, say: Say = in_english) -> tuple[str, ...]:
    """Short sentences that say what the picture shows, in the order in which the eye meets it."""
    return tuple(_sentences(chart, series_of(chart.marks, rules=chart.rules), say))


def plain_table(chart: RecoveryChart, *, say: Say = in_english) -> tuple[Row, ...]:
    """The chart's table twin with its notes in a patient's words."""
    return tuple(
        Row(row.day, row.on, row.pain, row.soreness, "; ".join(_notes(mark, say)))
        for row, mark in zip(table(chart), chart.marks, strict=True)
    )


def _sentences(chart: RecoveryChart, series: Series, say: Say) -> Iterator[str]:
    yield say("Each dot is your average pain on one day, from 0 to 10.")
    if chart.baseline is not None:
        yield say("Before the injection it was {figure} on average.").format(figure=figure(chart.baseline))
    yield from _since(chart, series, say)
    if chart.day14_mean is not None:
        yield _day14(chart, chart.day14_mean, say)
    if series.recalled or series.uncertain:
        yield say("Hollow rings and crosses are shown, but not counted.")
    yield from _soreness(series, say)


def _day14(chart: RecoveryChart, mean: Fraction, say: Say) -> str:
    first, last = chart.readout_window
    if chart.confidence == "provisional":
        said = say("On days {first} to {last} it is {figure} on average so far.")
    else:
        said = say("On days {first} to {last} it is {figure} on average.")
    return said.format(first=first, last=last, figure=figure(mean))


def _since(chart: RecoveryChart, series: Series, say: Say) -> Iterator[str]:
    since = [point for point in series.scored if point[0] > 0]
    if not since:
        yield say("You have not logged a day since the injection yet.")
        return
    day, score = since[-1]
    yield say(
        "You logged {count} day since then. Your last score is {score}, for day {day}.",
        "You logged {count} days since then. Your last score is {score}, for day {day}.",
        len(since),
    ).format(count=len(since), score=score, day=day)
    if silent := list(silences(series.runs, chart.today, chart.rules)):
        is_one = len(silent) == 1 and silent[0][0] == silent[0][1]
        said = (
            say("The line is open where nothing was logged: day {days}.")
            if is_one
            else say("The line is open where nothing was logged: days {days}.")
        )
        yield said.format(days=_ranges(silent, say))


def _ranges(ranges: list[tuple[int, int]], say: Say) -> str:
    """First and last days: "3", "3 to 5, 9"."""
    to = say("{first} to {last}")
    return ", ".join(str(one) if one == last else to.format(first=one, last=last) for one, last in ranges)


def _soreness(series: Series, say: Say) -> Iterator[str]:
    sore = [point for point in series.soreness if point[1]]
    if sore:
        day, most = max(sore, key=lambda point: point[1])
        said = say("The spot was sorest on day {day}, with {score}. You last felt it on day {last}.")
        yield said.format(day=day, score=most, last=sore[-1][0])


def _notes(mark: DayMark, say: Say) -> Iterator[str]:
    if mark.day == 0 and mark.pain is not None:
        yield say("day of the injection, average not counted")
    if mark.timing == Timing.LATE:
        yield say("added later")
    if mark.timing == Timing.RECALLED:
        yield say("remembered later, not counted")
    if mark.timing == Timing.UNCERTAIN:
        yield say("your clinic will check the time")
    if mark.source == Source.PROXY:
        yield say("entered by a helper")
    if mark.source == Source.STAFF:
        yield say("entered by your clinic")
    if mark.source == Source.PAPER:
        yield say("from paper")
    if mark.edited:
        yield say("corrected")
