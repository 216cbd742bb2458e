"""The empty chart drawn by matplotlib: panels, phases, ticks, the day-14 window, the legend.

Only commands and workers import this module: matplotlib costs half a second and 60 MiB.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import matplotlib
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform

from tracker.charts.chart import DAY14_WINDOW, FrameKey
from tracker.charts.frames import Frame, Scale
from tracker.charts.labels import LABELS, Labels, Phase
from tracker.charts.layout import (
    EDGE_DAYS,
    GAP,
    LAYOUTS,
    PAIN_LIMITS,
    SORENESS_LIMITS,
    TICKS,
    Layout,
    centred,
)
from tracker.charts.palette import COLOURS, Colours, dot_radius, marker_radius, pens
from tracker.domain.track import FIRST_DAY

Anchor = Literal["left", "center", "right"]

DPI = 72
"""At 72 dots an inch a point is a pixel, so that every length in this package is in pixels."""

matplotlib.rcParams.update(
    {
        "font.family": "DejaVu Sans",  # wider than any system font: what fits in it fits everywhere
        "lines.scale_dashes": False,
        "path.simplify": False,
        "svg.fonttype": "none",
        "svg.hashsalt": "onset",
        "text.parse_math": False,
    }
)


@dataclass
class Canvas:
    """A figure in the making; `pixels` is the transform of a pixel counted from the top left corner."""

    key: FrameKey
    dpi: int = DPI
    layout: Layout = field(init=False)
    colours: Colours = field(init=False)
    labels: Labels = field(init=False)
    figure: Figure = field(init=False)
    agg: FigureCanvasAgg = field(init=False)
    pixels: Transform = field(init=False)
    pain: Axes = field(init=False)
    soreness: Axes = field(init=False)

    def __post_init__(self) -> None:
        layout = self.layout = LAYOUTS[self.key.size]
        self.colours, self.labels = COLOURS[self.key.theme], LABELS[self.key.language]
        size = (layout.width / DPI, layout.height / DPI)
        self.figure = Figure(figsize=size, dpi=self.dpi, facecolor=self.colours.surface)
        self.agg = FigureCanvasAgg(self.figure)
        to_fraction = Affine2D().scale(1 / layout.width, -1 / layout.height).translate(0, 1)
        self.pixels = to_fraction + self.figure.transFigure
        self.pain = self._panel(layout.pain_top, layout.pain_bottom, PAIN_LIMITS)
        self.soreness = self._panel(layout.soreness_top, layout.soreness_bottom, SORENESS_LIMITS)

    def _panel(self, top: float, bottom: float, limits: tuple[float, float]) -> Axes:
        layout = self.layout
        left, width = layout.left / layout.width, layout.plot_width / layout.width
        place = (left, 1 - bottom / layout.height, width, (bottom - top) / layout.height)
        axes = self.figure.add_axes(
            place, xlim=(FIRST_DAY - EDGE_DAYS, self.key.horizon + EDGE_DAYS), ylim=limits
        )
        axes.patch.set_visible(False)
        axes.spines[:].set_visible(False)
        return axes

    @cached_property
    def scales(self) -> tuple[Scale, Scale, Scale]:
        """Days, pain and soreness to pixels, taken from the axes' own transforms."""
        return self._scale(self.pain, 0), self._scale(self.pain, 1), self._scale(self.soreness, 1)

    def _scale(self, axes: Axes, axis: int) -> Scale:
        to_pixels = axes.transData + self.pixels.inverted()
        zero, one = to_pixels.transform([(0, 0), (1, 1)])[:, axis]
        return Scale(round(float(zero), 6), round(float(one - zero), 6))

    def rectangle(self, left: float, top: float, right: float, bottom: float, colour: str) -> None:
        """A flat shade under the panels."""
        box = Rectangle((left, top), right - left, bottom - top, facecolor=colour, edgecolor="none")
        box.set(transform=self.pixels, zorder=-1)
        self.figure.add_artist(box)

    def line(self, xs: tuple[float, ...], ys: tuple[float, ...], colour: str, width: float = 1) -> None:
        self.add(Line2D(xs, ys, color=colour, linewidth=width, solid_capstyle="butt"), below=True)

    def text(self, x: float, y: float, words: str, colour: str, anchor: Anchor = "center") -> Text:
        """Words at a pixel, `y` being their base line."""
        text = Text(x, y, words, color=colour, ha=anchor, va="baseline", fontsize=self.layout.font)
        self.add(text)
        return text

    def add(self, artist: Artist, *, below: bool = False) -> None:
        """Put an artist that is measured in pixels on the figure, under the panels' data or above."""
        artist.set_transform(self.pixels)
        artist.set_zorder(-0.5 if below else 5)
        self.figure.add_artist(artist)

    def width_of(self, words: str, *, bold: bool = False) -> float:
        """How many pixels the words take."""
        text = Text(0, 0, words, fontsize=self.layout.font, fontweight="bold" if bold else "normal")
        text.set_figure(self.figure)
        renderer = self.agg.get_renderer()  # type: ignore[no-untyped-call]
        return float(text.get_window_extent(renderer).width) * DPI / self.dpi


def empty_canvas(key: FrameKey, *, dpi: int = DPI) -> Canvas:
    """The frame of a key, without any patient's data."""
    canvas = Canvas(key, dpi)
    days, pain, soreness = canvas.scales
    _grid(canvas, days, pain, soreness)
    _panel_words(canvas, days, pain, soreness)
    left_over = _phases(canvas, days)
    _injection(canvas, days)
    _day14_window(canvas, days)
    _legend(canvas, left_over)
    return canvas


def frame_of(canvas: Canvas, body: str) -> Frame:
    """What a chart needs to know of a canvas to be written into it; `body` is its drawing as SVG."""
    days, pain, soreness = canvas.scales
    return Frame(canvas.key, body, days, pain, soreness, word_widths(canvas))


def word_widths(canvas: Canvas) -> dict[str, float]:
    """The widths of the words that a chart places itself, by what they belong to."""
    labels = canvas.labels
    words = {"today": labels.today, "next-injection": labels.next_injection}
    read_outs = {"": "", **labels.confidences}
    return {
        **{name: round(canvas.width_of(word), 2) for name, word in words.items()},
        **{
            f"day14-{name}": round(canvas.width_of(f"{labels.day14}: 10.0 {standing}".rstrip(), bold=True), 2)
            for name, standing in read_outs.items()
        },
    }


def _grid(canvas: Canvas, days: Scale, pain: Scale, soreness: Scale) -> None:
    layout, colours = canvas.layout, canvas.colours
    sides = (layout.left, layout.right)
    for score in range(0, 11, 2):
        y = pain.at(score)
        canvas.line(sides, (y, y), colours.grid)
    for score in (5, 10):
        canvas.line(sides, (soreness.at(score),) * 2, colours.grid)
    for foot in (layout.pain_bottom, layout.soreness_bottom):
        canvas.line(sides, (foot, foot), colours.axis)
    for day in TICKS[canvas.key.horizon]:
        x = days.at(day)
        canvas.line((x, x), (layout.pain_bottom - 4, layout.pain_bottom), colours.axis)
        canvas.line((x, x), (layout.soreness_bottom, layout.soreness_bottom + 4), colours.axis)


def _panel_words(canvas: Canvas, days: Scale, pain: Scale, soreness: Scale) -> None:
    layout, colours, labels = canvas.layout, canvas.colours, canvas.labels
    canvas.pain.set(xticks=[], yticks=[])
    canvas.soreness.set(xticks=[], yticks=[])
    drop = layout.font * 0.36
    for scale, scores in ((pain, range(0, 11, 2)), (soreness, (0, 5, 10))):
        for score in scores:
            canvas.text(layout.left - 5, scale.at(score) + drop, str(score), colours.muted, "right")
    for day in TICKS[canvas.key.horizon]:
        weight = "bold" if day == 0 else "normal"
        colour = colours.ink if day == 0 else colours.muted
        tick = canvas.text(days.at(day), layout.ticks, str(day).replace("-", "−"), colour)
        tick.set_fontweight(weight)
    middle = (layout.left + layout.right) / 2
    canvas.text(middle, layout.days, labels.days, colours.ink)
    x = layout.font + 2
    for words, top, bottom in (
        (labels.pain, layout.pain_top, layout.pain_bottom),
        (labels.soreness, layout.soreness_top, layout.soreness_bottom),
    ):
        canvas.text(x, (top + bottom) / 2, words, colours.ink).set(rotation=90, rotation_mode="anchor")


def _phases(canvas: Canvas, days: Scale) -> list[Phase]:
    """Shade the phases and name those whose name fits over them; the others are left to the legend."""
    layout, colours, left_over = canvas.layout, canvas.colours, []
    for phase in canvas.labels.phases:
        left = max(layout.left, days.at(phase.first - 0.5))
        right = layout.right if phase.last is None else days.at(phase.last + 0.5)
        canvas.rectangle(left, layout.tab_bottom, right, layout.pain_bottom, colours.shades[phase.key])
        canvas.rectangle(left, layout.tab_top, right, layout.tab_bottom, colours.tabs[phase.key])
        if canvas.width_of(phase.name) + 3 <= right - left:
            base = (layout.tab_top + layout.tab_bottom) / 2 + layout.font * 0.36
            canvas.text((left + right) / 2, base, phase.name, colours.ink)
        elif phase.legend:
            left_over.append(phase)
    sore = canvas.labels.sore_spot
    left, right = days.at(sore.first - 0.5), days.at((sore.last or 0) + 0.5)
    canvas.rectangle(left, layout.soreness_top, right, layout.soreness_bottom, colours.tabs[sore.key])
    return [*left_over, sore]


def _injection(canvas: Canvas, days: Scale) -> None:
    """Day 0: a solid line through both panels, and its name where the longest read-out leaves room."""
    layout, colours, x = canvas.layout, canvas.colours, days.at(0)
    day14 = max(width for name, width in word_widths(canvas).items() if name.startswith("day14"))
    day14_left = centred(days.at(14), day14, low=layout.left, high=layout.width) - day14 / 2
    top = layout.pain_top
    if x + 4 + canvas.width_of(canvas.labels.injection) + GAP <= day14_left:
        canvas.text(x + 4, layout.events, canvas.labels.injection, colours.muted, "left")
        top = layout.tab_bottom
    canvas.line((x, x), (top, layout.pain_bottom), colours.axis, 1.2)
    canvas.line((x, x), (layout.soreness_top, layout.soreness_bottom), colours.axis, 1.2)


def _day14_window(canvas: Canvas, days: Scale) -> None:
    """The window of the read-out: a bracket under its name and two faint edges."""
    layout, colours = canvas.layout, canvas.colours
    left, right = days.at(DAY14_WINDOW[0] - 0.5), days.at(DAY14_WINDOW[1] + 0.5)
    top = layout.pain_top - 3
    canvas.line((left, left, right, right), (top + 4, top, top, top + 4), colours.day14, 1.4)
    for x in (left, right):
        edge = Line2D((x, x), (layout.pain_top, layout.pain_bottom), color=colours.day14, linewidth=0.7)
        edge.set(dashes=(2, 3))
        canvas.add(edge, below=True)


def _legend(canvas: Canvas, phases: list[Phase]) -> None:
    """What the markers mean, then the phases that had no room for their names."""
    layout, labels = canvas.layout, canvas.labels
    marks = {
        "pain-dots": labels.daily,
        "pain-late": labels.late,
        "pain-recalled": labels.recalled,
        "pain-uncertain": labels.uncertain,
    }
    rows = -(-8 // layout.legend_columns)
    step = (layout.width - 16) / layout.legend_columns
    for place, (name, words) in enumerate([*marks.items(), *((phase.key, phase.legend) for phase in phases)]):
        x = 8 + step * (place // rows)
        y = layout.legend + layout.legend_step * (place % rows)
        canvas.text(x + 24, y, words, canvas.colours.ink, "left")
        if name in marks:
            _legend_marker(canvas, name, x + 10, y - layout.font * 0.36)
        else:
            canvas.rectangle(x, y - layout.font * 0.8, x + 20, y + 2, canvas.colours.tabs[name])


def _legend_marker(canvas: Canvas, name: str, x: float, y: float) -> None:
    if name == "pain-dots":
        line = pens(canvas.key.theme, 10)["pain-line"]
        canvas.add(Line2D((x - 10, x + 10), (y, y), color=line.stroke, linewidth=line.width))
    marker = marker_line(canvas, name, [x], [y], day_px=10)
    canvas.add(marker)


def marker_line(canvas: Canvas, name: str, xs: list[float], ys: list[float], *, day_px: float) -> Line2D:
    """Unjoined markers of one kind, as the picture draws them where a day is `day_px` wide."""
    pen, r = pens(canvas.key.theme, day_px)[name], marker_radius(day_px)
    shapes = {
        "pain-dots": ("o", 2 * dot_radius(day_px)),
        "pain-late": ("D", r * 2**0.5),
        "pain-recalled": ("o", 2 * r),
        "pain-uncertain": ("x", 2 * r),
    }
    shape, size = shapes[name]
    edge = 0.0 if name == "pain-dots" else pen.width
    face = pen.stroke if name == "pain-dots" else pen.fill
    return Line2D(
        xs,
        ys,
        linestyle="none",
        marker=shape,
        markersize=size,
        markeredgewidth=edge,
        markeredgecolor=pen.stroke,
        markerfacecolor=face,
    )
