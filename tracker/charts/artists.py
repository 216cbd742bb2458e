"""A scene as matplotlib artists, each carrying the id that the written chart gives the same part."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.artist import Artist
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text

from tracker.charts.canvas import Canvas, marker_line
from tracker.charts.layout import BAR_DAYS
from tracker.charts.palette import Pen, pens
from tracker.charts.scene import Caption, Event, Level, Scene
from tracker.charts.series import Point


def scene_artists(scene: Scene, canvas: Canvas) -> Iterator[Artist]:
    """The whole scene in the order of drawing, the artists' transforms set, not yet on the figure."""
    yield from mark_artists(scene, canvas)
    yield from (_caption(caption, canvas) for caption in scene.captions)


def mark_artists(scene: Scene, canvas: Canvas) -> Iterator[Artist]:
    """As `scene_artists`, without the words."""
    day_px = canvas.scales[0].step
    pen = pens(canvas.key.theme, day_px)
    yield from (_level(level, canvas, pen[level.pen]) for level in scene.levels)
    yield from (_event(event, canvas, pen[event.id]) for event in scene.events)
    yield from (_bars(name, points, canvas, pen[name]) for name, points in scene.bars())
    if lines := [run for run in scene.series.runs if run[1:]]:
        yield _in_days(_joined("pain-line", lines, pen["pain-line"]), canvas)
    for name, points in scene.markers():
        days, scores = map(list, zip(*points, strict=True))
        markers = marker_line(canvas, name, days, scores, day_px=day_px)
        markers.set_gid(name)
        yield _in_days(markers, canvas)


def _in_days(artist: Artist, canvas: Canvas) -> Artist:
    artist.set_transform(canvas.pain.transData)
    return artist


def _stroked(path: Path, name: str, pen: Pen) -> PathPatch:
    patch = PathPatch(path, facecolor=pen.fill, edgecolor=pen.stroke, linewidth=pen.width, gid=name)
    patch.set(capstyle="round" if pen.round else "butt", joinstyle="round")
    if pen.dash:
        patch.set_linestyle((0, pen.dash))
    return patch


def _path(pieces: list[list[tuple[float, float]]], *, closed: bool = False) -> Path:
    """One path of several polylines."""
    vertices, codes = [], []
    for piece in pieces:
        vertices += piece
        codes += [Path.MOVETO] + [Path.LINETO] * (len(piece) - 1)
        if closed:
            vertices.append(piece[0])
            codes.append(Path.CLOSEPOLY)
    return Path(vertices, codes)


def _joined(name: str, runs: list[list[Point]], pen: Pen) -> PathPatch:
    return _stroked(_path([[(float(day), float(score)) for day, score in run] for run in runs]), name, pen)


def _level(level: Level, canvas: Canvas, pen: Pen) -> Artist:
    ends = [(level.first, level.score), (level.last, level.score)]
    return _in_days(_stroked(_path([ends]), level.id, pen), canvas)


def _bars(name: str, points: list[Point], canvas: Canvas, pen: Pen) -> Artist:
    half = BAR_DAYS / 2
    boxes = [
        [(d - half, 0.0), (d - half, float(s)), (d + half, float(s)), (d + half, 0.0)] for d, s in points
    ]
    bars = _stroked(_path(boxes, closed=True), name, pen)
    bars.set_transform(canvas.soreness.transData)
    return bars


def _event(event: Event, canvas: Canvas, pen: Pen) -> Artist:
    layout, x = canvas.layout, canvas.scales[0].at(event.day)
    panels = (layout.pain_top, layout.pain_bottom), (layout.soreness_top, layout.soreness_bottom)
    line = _stroked(_path([[(x, top), (x, bottom)] for top, bottom in panels]), event.id, pen)
    line.set_transform(canvas.pixels)
    return line


def _caption(caption: Caption, canvas: Canvas) -> Artist:
    anchors = {"start": "left", "middle": "center", "end": "right"}
    text = Text(caption.x, caption.y, caption.words, color=caption.colour, gid=caption.id, va="baseline")
    text.set(ha=anchors[caption.anchor], fontsize=canvas.layout.font)
    text.set(fontweight="bold" if caption.bold else "normal", transform=canvas.pixels)
    return text
