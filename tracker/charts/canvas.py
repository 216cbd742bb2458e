"""A matplotlib figure measured in pixels from its top left corner, with the two panels of the chart.

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

from tracker.charts.chart import FrameKey
from tracker.charts.frames import Frame, Scale
from tracker.charts.labels import Labels, labels_for
from tracker.charts.layout import (
    EDGE_DAYS,
    PAIN_LIMITS,
    SORENESS_LIMITS,
    Layout,
    layout_of,
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
        layout = self.layout = layout_of(self.key)
        self.colours, self.labels = COLOURS[self.key.theme], labels_for(self.key.language, self.key.days)
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
        renderer = self.agg.get_renderer()  # type: ignore[no-untyped-call]  # matplotlib has no types
        return float(text.get_window_extent(renderer).width) * DPI / self.dpi


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
