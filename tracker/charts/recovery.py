"""The recovery chart as SVG: an episode's own data written into a stored frame, in plain Python.

The picture says the same as `describe` and `table`; a page shows at least one of them beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from tracker.charts.chart import Look, RecoveryChart, frame_key
from tracker.charts.frames import FRAME_VERSION, Frame, FramesMissing, FrameStore, written
from tracker.charts.ink import Ink, ink_of
from tracker.charts.layout import LAYOUTS, Layout
from tracker.charts.scene import Caption, Event, Level, Scene, scene_of
from tracker.charts.series import Point
from tracker.charts.words import Description, Row, describe, description_of, table

__all__ = [
    "FRAME_VERSION",
    "Description",
    "FrameStore",
    "FramesMissing",
    "Look",
    "RecoveryChart",
    "Row",
    "describe",
    "recovery_svg",
    "table",
]

FONTS = "system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif"


def recovery_svg(chart: RecoveryChart, look: Look, *, frames: FrameStore) -> bytes:
    """The chart as an SVG document, the same bytes for the same chart; FramesMissing without its frame."""
    frame = frames.frame(frame_key(chart, look))
    scene = scene_of(chart, frame)
    head = opening(look, description_of(chart, scene.series))
    return "".join((head, frame.body, *parts(scene, frame), "</svg>")).encode()


def opening(look: Look, words: Description) -> str:
    """The root element with its accessible name and description, which are English: see `words`."""
    layout = LAYOUTS[look.size]
    english = "" if look.language == "en" else ' lang="en"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{layout.width}" height="{layout.height}"'
        f' viewBox="0 0 {layout.width} {layout.height}" role="img" aria-labelledby="title desc"'
        f' lang="{look.language}" font-family="{FONTS}" font-size="{layout.font:g}"'
        f' stroke-linejoin="round"><title id="title"{english}>{escape(words.title)}</title>'
        f'<desc id="desc"{english}>{escape(words.long)}</desc>'
    )


def parts(scene: Scene, frame: Frame) -> Iterator[str]:
    """The scene as SVG elements, in the order of drawing."""
    ink, layout = ink_of(frame), LAYOUTS[frame.key.size]
    for level in scene.levels:
        yield _path(level.id, level.pen, _level(level, frame), ink)
    for event in scene.events:
        yield _path(event.id, event.id, _event(event, layout, ink), ink)
    for name, points in scene.bars():
        yield _path(name, name, _joined(points, ink.bar_starts, ink.bars), ink)
    if line := "".join([_line(run, ink) for run in scene.series.runs if run[1:]]):
        yield _path("pain-line", "pain-line", line, ink)
    for name, points in scene.markers():
        yield _path(name, name, _joined(points, ink.starts, ink.markers[name]), ink)
    for caption in scene.captions:
        yield _caption(caption)


def _path(name: str, pen: str, d: str, ink: Ink) -> str:
    return f'<path id="{name}" {ink.paths[pen]}{d}"/>'


def _line(run: list[Point], ink: Ink) -> str:
    joins, heights = ink.joins, ink.heights
    return "M" + "".join([joins[day] + heights[score] for day, score in run])[1:]


def _joined(points: list[Point], by_day: Mapping[int, str], by_score: tuple[str, ...]) -> str:
    return "".join([by_day[day] + by_score[score] for day, score in points])


def _level(level: Level, frame: Frame) -> str:
    x = frame.days.at
    return f"M{written(x(level.first))} {written(frame.pain.at(level.score))}H{written(x(level.last))}"


def _event(event: Event, layout: Layout, ink: Ink) -> str:
    x = ink.starts[event.day]
    return f"{x}{layout.pain_top}V{layout.pain_bottom}{x}{layout.soreness_top}V{layout.soreness_bottom}"


def _caption(caption: Caption) -> str:
    anchor = "" if caption.anchor == "start" else f' text-anchor="{caption.anchor}"'
    weight = ' font-weight="700"' if caption.bold else ""
    return (
        f'<text id="{caption.id}" x="{caption.x:.2f}" y="{caption.y:.2f}"{anchor}{weight}'
        f' fill="{caption.colour}">{escape(caption.words, quote=False)}</text>'
    )
