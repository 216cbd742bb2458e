"""The chart in words and as a table, for screen readers and for everybody who would rather read.

The sentences state what is drawn, and name no class and no judgement; `plain_words` has a patient's version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tracker.charts.chart import RecoveryChart
from tracker.charts.series import Point, Series, reach, series_of
from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.domain.titles import figure
from tracker.domain.track import DayMark, Source, Timing


@dataclass(frozen=True, slots=True)
class Description:
    """A short title and the whole chart in sentences."""

    title: str
    long: str


@dataclass(frozen=True, slots=True)
class Row:
    """A day of the chart's table; `note` says what the picture says by shape: "late", "corrected"."""

    day: int
    on: date | None
    pain: int | None
    soreness: int | None
    note: str


TIMING_NOTES = {
    Timing.LIVE: "",
    Timing.LATE: "late",
    Timing.RECALLED: "recalled, not scored",
    Timing.UNCERTAIN: "clock uncertain, not scored",
}
SOURCE_NOTES = {
    Source.PATIENT: "",
    Source.PROXY: "entered by a helper",
    Source.STAFF: "entered by the clinic",
    Source.PAPER: "from paper",
    Source.TELEPHONE: "told by telephone",
}
ON_NO_PHONE = {
    Source.STAFF: "Told to staff",
    Source.TELEPHONE: "Told by telephone",
    Source.PAPER: "Copied from paper",
}
DAY_0_NOTE = "day of the injection, average not scored"


def table(chart: RecoveryChart) -> tuple[Row, ...]:
    """The chart's table twin: every day with an entry, in order."""
    return tuple(
        Row(mark.day, _date_of(chart, mark.day), mark.pain, mark.soreness, _note(mark))
        for mark in chart.marks
    )


def describe(chart: RecoveryChart) -> Description:
    """The chart in plain words: days logged, silences, baseline, day-14 read-out, what is not scored."""
    series = series_of(chart.marks, rules=chart.rules)
    return description_of(chart, series)


def description_of(chart: RecoveryChart, series: Series) -> Description:
    """As `describe`, for a caller who has already sorted the days."""
    sentences = (
        _frame_sentence(chart),
        _logged_sentence(chart, series),
        _baseline_sentence(chart),
        _day14_sentence(chart),
        _apart_sentences(series),
        _by_others_sentence(chart.marks),
        _soreness_sentence(series.soreness),
        _next_sentence(chart),
    )
    return Description(f"Pain since the injection, to day {chart.today}", " ".join(filter(None, sentences)))


def _note(mark: DayMark) -> str:
    notes = [TIMING_NOTES[mark.timing], SOURCE_NOTES[mark.source], "corrected" if mark.edited else ""]
    if mark.day == 0 and mark.pain is not None:
        notes.insert(0, DAY_0_NOTE)
    return "; ".join(filter(None, notes))


def _date_of(chart: RecoveryChart, day: int) -> date | None:
    return chart.injected_on + timedelta(days=day) if chart.injected_on else None


def _frame_sentence(chart: RecoveryChart) -> str:
    on = f", {chart.injected_on.day} {chart.injected_on:%B %Y}" if chart.injected_on else ""
    return f"Average pain of each day from 0 to 10; day 0 is the day of the injection{on}."


def _logged_sentence(chart: RecoveryChart, series: Series) -> str:
    since = [score for day, score in series.scored if day > 0]
    if not since:
        return "No score since the injection."
    silent = day_ranges(silences(series.runs, chart.today, chart.rules))
    gaps = f" No score on {silent}." if silent else ""
    many = "1 day has a score" if len(since) == 1 else f"{len(since)} days have a score"
    return f"Since then {many}, the latest {since[-1]} on day {series.scored[-1][0]}.{gaps}"


def silences(runs: list[list[Point]], today: int, rules: RuleSet = ESI_RULES) -> Iterator[tuple[int, int]]:
    """First and last of the days that leave the line open. Today is not one of them: it is not over."""
    before = 0
    for run in runs:
        if before + 1 < run[0][0]:
            yield before + 1, run[0][0] - 1
        before = max(before, run[-1][0])
    if today - before > reach(before, rules):
        yield before + 1, today - 1


def _baseline_sentence(chart: RecoveryChart) -> str:
    if chart.baseline is None:
        return "No baseline: no score before the injection."
    few = ", from few scores" if chart.baseline_quality == "limited" else ""
    half = chart.half_baseline
    half_of_it = f"; half of it is {figure(half)}" if half is not None else ""
    return f"Baseline, the mean before the injection{few}: {figure(chart.baseline)}{half_of_it}."


def _day14_sentence(chart: RecoveryChart) -> str:
    if chart.day14_mean is None:
        # No reason: few scores, a low baseline, a block and a next injection all look the same from here.
        return f"No day-{chart.rules.readout_day} read-out."
    first, last = chart.readout_window
    days = "day" if chart.day14_n == 1 else "days"
    standing = f" ({chart.confidence})" if chart.confidence in ("limited", "provisional") else ""
    return (
        f"Day-{chart.rules.readout_day} read-out{standing}: mean {figure(chart.day14_mean)} "
        f"from {chart.day14_n} scored {days} of days {first} to {last}"
        f"{_against_baseline(chart.day14_mean, chart.baseline)}."
    )


def _against_baseline(mean: Fraction, baseline: Fraction | None) -> str:
    if baseline is None:
        return ""
    if mean == baseline:
        return ", the same as the baseline"
    direction = "lower" if mean < baseline else "higher"
    return f", {figure(abs(baseline - mean))} points {direction} than the baseline"


def _apart_sentences(series: Series) -> str:
    """Only what there is: late days count, recalled and clock-uncertain ones are shown and not scored."""
    groups = (
        ("Recorded late", series.late),
        ("Shown, not scored", series.recalled),
        ("Clock uncertain, not scored", series.uncertain),
    )
    return " ".join(f"{words}: {day_ranges(_neighbours(points))}." for words, points in groups if points)


def _by_others_sentence(marks: Iterable[DayMark]) -> str:
    """Which scores did not come from a phone: a diary on paper cannot show when it was written."""
    groups: dict[Source, list[Point]] = {}
    for mark in marks:
        if mark.source in ON_NO_PHONE and mark.pain is not None:
            groups.setdefault(mark.source, []).append((mark.day, mark.pain))
    return " ".join(
        f"{ON_NO_PHONE[source]}: {day_ranges(_neighbours(groups[source]))}."
        for source in ON_NO_PHONE
        if source in groups
    )


def _soreness_sentence(soreness: list[Point]) -> str:
    if not soreness:
        return "No soreness recorded."
    scores = [score for _, score in soreness]
    most = max(scores)
    if not most:
        return "Soreness at the site: none."
    worst = soreness[scores.index(most)][0]
    last = next(day for day, score in reversed(soreness) if score)
    return f"Soreness at the site: highest {most} on day {worst}, last felt on day {last}."


def _next_sentence(chart: RecoveryChart) -> str:
    return "" if chart.next_injection_day is None else f"Next injection: day {chart.next_injection_day}."


def _neighbours(points: list[Point]) -> Iterator[tuple[int, int]]:
    """The points' days, neighbouring ones drawn together: first and last of each row of days."""
    first = last = points[0][0]
    for day, _ in points[1:]:
        if day > last + 1:
            yield first, last
            first = day
        last = day
    yield first, last


def day_ranges(ranges: Iterable[tuple[int, int]]) -> str:
    """First and last days in words: "day 3", "days 3 to 5, 9"; nothing for none."""
    parts = [str(first) if first == last else f"{first} to {last}" for first, last in ranges]
    if not parts:
        return ""
    return f"{'day' if len(parts) == 1 and ' ' not in parts[0] else 'days'} {', '.join(parts)}"
