"""A chart as plain geometry: the one account of what is drawn, written as SVG or drawn by matplotlib.

Lines and points are in study days and scores, captions in pixels.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from tracker.charts.chart import RecoveryChart
from tracker.charts.frames import Frame
from tracker.charts.labels import Labels, labels_for
from tracker.charts.layout import EDGE_DAYS, LAYOUTS, Layout, centred, side_by_side
from tracker.charts.palette import COLOURS, Colours
from tracker.charts.series import Point, Series, series_of
from tracker.domain.titles import figure
from tracker.domain.track import FIRST_DAY

Anchor = Literal["start", "middle", "end"]


class Level(NamedTuple):
    """A horizontal line of the pain panel, from the first to the last day."""

    id: str
    pen: str
    first: float
    last: float
    score: float


class Event(NamedTuple):
    """A vertical line through both panels."""

    id: str
    day: int


class Caption(NamedTuple):
    """A few words at a pixel: `x` by the anchor, `y` their base line."""

    id: str
    words: str
    x: float
    y: float
    colour: str
    anchor: Anchor = "middle"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """The parts of the picture, each with the id that it carries in every kind of picture."""

    series: Series
    levels: tuple[Level, ...]
    events: tuple[Event, ...]
    captions: tuple[Caption, ...]

    def bars(self) -> Iterator[tuple[str, list[Point]]]:
        """Soreness a day."""
        yield from _filled(
            ("soreness", self.series.soreness), ("soreness-unscored", self.series.soreness_unscored)
        )

    def markers(self) -> Iterator[tuple[str, list[Point]]]:
        """Pain a day, by the shape that says where the score comes from."""
        series = self.series
        yield from _filled(
            ("pain-dots", series.live),
            ("pain-late", series.late),
            ("pain-recalled", series.recalled),
            ("pain-uncertain", series.uncertain),
        )


def _filled(*named: tuple[str, list[Point]]) -> Iterator[tuple[str, list[Point]]]:
    return ((name, points) for name, points in named if points)


def scene_of(chart: RecoveryChart, frame: Frame) -> Scene:
    """Everything that the chart adds to its frame."""
    key = frame.key
    painter = _Painter(
        chart,
        frame,
        LAYOUTS[key.size],
        COLOURS[key.theme],
        labels_for(key.language, key.days),
        chart.half_baseline,
    )
    events = tuple(painter.events())
    return Scene(
        series=series_of(chart.marks, rules=chart.rules),
        levels=tuple(painter.levels()),
        events=events,
        captions=(*painter.level_captions(), *painter.event_captions(events), painter.day14_caption()),
    )


@dataclass(frozen=True, slots=True)
class _Painter:
    chart: RecoveryChart
    frame: Frame
    layout: Layout
    colours: Colours
    labels: Labels
    half: Fraction | None

    def levels(self) -> Iterator[Level]:
        """Baseline and its half, carried on to the end of the frame, and the day-14 read-out."""
        chart, end = self.chart, self.frame.key.horizon + EDGE_DAYS
        if chart.baseline is not None:
            yield Level("baseline", "baseline", FIRST_DAY - 0.5, -0.5, float(chart.baseline))
            yield Level("baseline-level", "baseline-level", -0.5, end, float(chart.baseline))
        if self.half is not None:
            yield Level("half", "half", -0.5, end, float(self.half))
        if chart.day14_mean is not None:
            pen = "day14" if chart.confidence == "firm" else "day14-soft"
            first, last = chart.readout_window
            yield Level("day14", pen, first - 0.5, min(last + 0.5, end), float(chart.day14_mean))

    def level_captions(self) -> Iterator[Caption]:
        """Name and figure of baseline and half, right of the plot; they are at least 1.5 points apart."""
        chart, labels = self.chart, self.labels
        if chart.baseline is not None:
            about = "≈ " if chart.baseline_quality == "limited" else ""
            words = about + figure(chart.baseline)
            yield from self._two_lines("baseline", labels.baseline, words, float(chart.baseline))
        if self.half is not None:
            yield from self._two_lines("half", labels.half, figure(self.half), float(self.half))

    def _two_lines(self, name: str, first: str, second: str, score: float) -> Iterator[Caption]:
        x = self.layout.right + 5
        y = min(self.frame.pain.at(score), self.layout.pain_bottom - self.layout.font)
        colour = getattr(self.colours, name)
        yield Caption(f"{name}-name", first, x, y - 1, colour, "start")
        yield Caption(f"{name}-figure", second, x, y + self.layout.font, colour, "start")

    def events(self) -> Iterator[Event]:
        """Next injection and today, where the frame reaches them."""
        days = {"next-injection": self.chart.next_injection_day, "today": self.chart.today}
        for name, day in days.items():
            if day is not None and FIRST_DAY <= day <= self.frame.key.horizon:
                yield Event(name, day)

    def event_captions(self, events: tuple[Event, ...]) -> Iterator[Caption]:
        """The events' names between the panels, moved apart where they would touch."""
        names = {"next-injection": self.labels.next_injection, "today": self.labels.today}
        colours = {"next-injection": self.colours.next_injection, "today": self.colours.ink}
        ordered = sorted(events, key=lambda event: event.day)
        for event, x in zip(ordered, self._event_places(ordered), strict=True):
            yield Caption(f"{event.id}-name", names[event.id], x, self.layout.lane, colours[event.id])

    def _event_places(self, events: list[Event]) -> tuple[float, ...]:
        days, widths, layout = self.frame.days, self.frame.widths, self.layout
        wanted = [(days.at(event.day), widths[event.id]) for event in events]
        if len(wanted) < 2:
            return tuple(centred(x, width, low=layout.left, high=layout.width - 4) for x, width in wanted)
        return side_by_side(*wanted[0], *wanted[1], low=layout.left, high=layout.width - 4)

    def day14_caption(self) -> Caption:
        """The read-out's figure over its window, or the window's name alone."""
        chart, labels, layout = self.chart, self.labels, self.layout
        if chart.day14_mean is None:
            words, kind, colour = labels.day14, "", self.colours.muted
        else:
            standing = labels.confidences.get(chart.confidence or "", "")
            kind = chart.confidence if chart.confidence and standing else ""
            words = f"{labels.day14}: {figure(chart.day14_mean)} {standing}".rstrip()
            colour = self.colours.day14_words
        width = self.frame.widths[f"day14-{kind}"]
        x = centred(self.frame.days.at(chart.rules.readout_day), width, low=layout.left, high=layout.width)
        return Caption("day14-name", words, x, layout.events, colour, bold=chart.day14_mean is not None)
