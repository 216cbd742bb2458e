"""A patient’s chart in a patient’s words: what was logged and what the figures are, no term to look up."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.charts.chart import DAY14_WINDOW, RecoveryChart
from tracker.charts.series import Series, series_of
from tracker.charts.words import day_ranges, silences
from tracker.domain.titles import figure


def plain_words(chart: RecoveryChart) -> tuple[str, ...]:
    """Short sentences that say what the picture shows, in the order in which the eye meets it."""
    series = series_of(chart.marks)
    return tuple(_sentences(chart, series))


def _sentences(chart: RecoveryChart, series: Series) -> Iterator[str]:
    yield "Each dot is your average pain on one day, from 0 to 10."
    if chart.baseline is not None:
        yield f"Before the injection it was {figure(chart.baseline)} on average."
    yield from _since(chart, series)
    if chart.day14_mean is not None:
        first, last = DAY14_WINDOW
        so_far = " so far" if chart.confidence == "provisional" else ""
        yield f"On days {first} to {last} it is {figure(chart.day14_mean)} on average{so_far}."
    if series.recalled or series.uncertain:
        yield "Hollow rings and crosses are shown, but not counted."
    yield from _soreness(series)


def _since(chart: RecoveryChart, series: Series) -> Iterator[str]:
    since = [point for point in series.scored if point[0] > 0]
    if not since:
        yield "You have not logged a day since the injection yet."
        return
    day, score = since[-1]
    days = "1 day" if len(since) == 1 else f"{len(since)} days"
    yield f"You logged {days} since then. Your last score is {score}, for day {day}."
    silent = day_ranges(silences(series.runs, chart.today))
    if silent:
        yield f"The line is open where nothing was logged: {silent}."


def _soreness(series: Series) -> Iterator[str]:
    sore = [point for point in series.soreness if point[1]]
    if sore:
        day, most = max(sore, key=lambda point: point[1])
        yield f"The spot was sorest on day {day}, with {most}. You last felt it on day {sore[-1][0]}."
