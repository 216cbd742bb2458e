"""The recovery chart as SVG: an episode's own data written into a stored frame, in plain Python.

A picture says the same as `describe` and `table`; a page shows at least one of them beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from tracker.charts.chart import Look, RecoveryChart, Theme, frame_key
from tracker.charts.frames import FRAME_VERSION, Frame, FramesMissing, FrameStore
from tracker.charts.layout import LAYOUTS
from tracker.charts.palette import dot_radius, marker_radius, pens
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
    parts = (
        opening(look, description_of(chart, scene.series)),
        frame.body,
        *written(scene, frame),
        "</svg>",
    )
    return "".join(parts).encode()


def opening(look: Look, words: Description) -> str:
    """The root element with its accessible name and description."""
    layout = LAYOUTS[look.size]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{layout.width}" height="{layout.height}"'
        f' viewBox="0 0 {layout.width} {layout.height}" role="img" aria-labelledby="title desc"'
        f' lang="{look.language}" font-family="{FONTS}" font-size="{layout.font:g}"'
        f' stroke-linejoin="round"><title id="title">{escape(words.title)}</title>'
        f'<desc id="desc">{escape(words.long)}</desc>'
    )


def written(scene: Scene, frame: Frame) -> Iterable[str]:
    """The scene as SVG elements, in the order of drawing."""
    pen, series = _attributes(frame), scene.series
    yield from (_level(level, frame, pen[level.pen]) for level in scene.levels)
    yield from (_event(event, frame, pen[event.id]) for event in scene.events)
    yield _path("soreness", _bars(series.soreness, frame), pen)
    yield _path("soreness-unscored", _bars(series.soreness_unscored, frame), pen)
    yield _path("pain-line", _line(series.runs, frame), pen)
    for name, shape in _shapes(frame.days.step).items():
        yield _path(f"pain-{name}", _markers(getattr(series, MARKED[name]), shape, frame), pen)
    yield from (_caption(caption) for caption in scene.captions)


MARKED = {"dots": "live", "late": "late", "recalled": "recalled", "uncertain": "uncertain"}
"""Which series each marker shows."""


def _attributes(frame: Frame) -> dict[str, str]:
    return _pen_attributes(frame.key.theme, frame.days.step)


@lru_cache(maxsize=32)
def _pen_attributes(theme: Theme, day_px: float) -> dict[str, str]:
    return {name: pen.attributes for name, pen in pens(theme, day_px).items()}


@lru_cache(maxsize=32)
def _shapes(day_px: float) -> dict[str, str]:
    """Each marker's path from its centre: dot (a round pen's touch), diamond, circle, cross."""
    dot, r = dot_radius(day_px), marker_radius(day_px)
    assert dot < r
    return {
        "dots": "h0",
        "late": f"m0-{r:g}l{r:g} {r:g}-{r:g} {r:g}-{r:g}-{r:g}z",
        "recalled": f"m-{r:g} 0a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0-{2 * r:g} 0z",
        "uncertain": f"m-{r:g}-{r:g}l{2 * r:g} {2 * r:g}m0-{2 * r:g}l-{2 * r:g} {2 * r:g}",
    }


def _path(name: str, d: str, pen: dict[str, str]) -> str:
    return f'<path id="{name}" {pen[name]} d="{d}"/>' if d else ""


def _line(runs: list[list[Point]], frame: Frame) -> str:
    x, y = frame.x_of, frame.pain_y_of
    return "".join("M" + "L".join([f"{x[day]} {y[score]}" for day, score in run]) for run in runs if run[1:])


def _markers(points: list[Point], shape: str, frame: Frame) -> str:
    x, y = frame.x_of, frame.pain_y_of
    return "".join([f"M{x[day]} {y[score]}{shape}" for day, score in points])


def _bars(points: list[Point], frame: Frame) -> str:
    """A bar a day; a score of 0 stays visible as a line on the axis."""
    left, y = frame.bar_left_of, frame.soreness_y_of
    width = frame.bar_width
    return "".join([f"M{left[day]} {y[0]}V{y[score]}h{width}V{y[0]}z" for day, score in points])


def _level(level: Level, frame: Frame, pen: str) -> str:
    x, y = frame.days.written, frame.pain.written(level.score)
    return f'<path id="{level.id}" {pen} d="M{x(level.first)} {y}H{x(level.last)}"/>'


def _event(event: Event, frame: Frame, pen: str) -> str:
    layout, x = LAYOUTS[frame.key.size], frame.x_of[event.day]
    return (
        f'<path id="{event.id}" {pen} d="M{x} {layout.pain_top}V{layout.pain_bottom}'
        f'M{x} {layout.soreness_top}V{layout.soreness_bottom}"/>'
    )


def _caption(caption: Caption) -> str:
    anchor = "" if caption.anchor == "start" else f' text-anchor="{caption.anchor}"'
    weight = ' font-weight="700"' if caption.bold else ""
    return (
        f'<text id="{caption.id}" x="{caption.x:.2f}" y="{caption.y:.2f}"{anchor}{weight}'
        f' fill="{caption.colour}">{escape(caption.words)}</text>'
    )
