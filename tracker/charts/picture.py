"""The recovery chart as a small PNG, for mails and records that take no SVG; drawn by workers.

A frame is drawn once a process and kept; a picture costs its own data and the encoding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from io import BytesIO
from threading import Lock
from typing import Any, cast

from matplotlib.artist import Artist
from matplotlib.font_manager import FontProperties, findfont
from PIL import Image, ImageColor, ImageDraw, ImageFont

from tracker.charts.artists import mark_artists
from tracker.charts.canvas import DPI, frame_of
from tracker.charts.chart import FrameKey, Look, RecoveryChart, Size, frame_key
from tracker.charts.furniture import empty_canvas
from tracker.charts.palette import Colours
from tracker.charts.scene import Anchor, Caption, scene_of
from tracker.domain.track import DayMark, Timing

PNG_DPI: Mapping[Size, int] = {"phone": 108, "wide": 90}
"""1.5 and 1.25 pixels for each of the SVG's: sharp enough to read, and 20 KB at most."""

PALETTE, BLENDS, APART = 64, 56, 64
"""Colours of a picture; blends to choose from; least distance of a blend (sum over red, green, blue)."""

ANCHORS: Mapping[Anchor, str] = {"start": "ls", "middle": "ms", "end": "rs"}

_drawing = Lock()
"""matplotlib's figures are not for two threads at once, and the plates are shared."""


def recovery_png(chart: RecoveryChart, look: Look) -> bytes:
    """The chart as a PNG of 64 colours, the same bytes for the same chart."""
    with _drawing:
        plate = _plate(frame_key(chart, look))
        image = plate.picture(chart).quantize(palette=plate.palette, dither=Image.Dither.NONE)
    out = BytesIO()
    image.save(out, format="PNG", compress_level=6)
    return out.getvalue()


@lru_cache(maxsize=8)
def _plate(key: FrameKey) -> _Plate:
    return _Plate(key)


class _Plate:
    """A drawn frame with the colours that its pictures need."""

    def __init__(self, key: FrameKey) -> None:
        self.canvas = empty_canvas(key, dpi=PNG_DPI[key.size])
        self.frame = frame_of(self.canvas, "")
        self.agg = cast(Any, self.canvas.agg)  # its methods carry no types
        self.agg.draw()
        self.scale = PNG_DPI[key.size] / DPI
        self.fonts = {bold: _font(self.canvas.layout.font * self.scale, bold=bold) for bold in (False, True)}
        self.background = self.agg.copy_from_bbox(self.canvas.figure.bbox)
        self.palette = _palette_of(self.picture(SAMPLE), self.canvas.colours)

    def picture(self, chart: RecoveryChart) -> Image.Image:
        scene = scene_of(chart, self.frame)
        self._draw(mark_artists(scene, self.canvas))
        image = Image.frombuffer("RGBA", self.agg.get_width_height(), self.agg.buffer_rgba()).convert("RGB")
        self._write(scene.captions, image)
        return image

    def _draw(self, artists: Iterable[Artist]) -> None:
        """Draw over a fresh copy of the frame; the artists are not kept."""
        self.agg.restore_region(self.background)
        for artist in artists:
            artist.set_figure(self.canvas.figure)
            artist.draw(self.agg.get_renderer())

    def _write(self, captions: Iterable[Caption], image: Image.Image) -> None:
        """Pillow sets a word ten times faster than matplotlib, from the same font."""
        pen = ImageDraw.Draw(image)
        for caption in captions:
            place = (caption.x * self.scale, caption.y * self.scale)
            font, anchor = self.fonts[caption.bold], ANCHORS[caption.anchor]
            pen.text(place, caption.words, fill=caption.colour, font=font, anchor=anchor)


def _font(size: float, *, bold: bool) -> ImageFont.FreeTypeFont:
    face = findfont(FontProperties(weight="bold" if bold else "normal"))
    return ImageFont.truetype(str(face), size, layout_engine=ImageFont.Layout.BASIC)


def _palette_of(image: Image.Image, colours: Colours) -> Image.Image:
    """The theme's own colours exactly, and what stands best for the blends along edges.

    A blend next to one of the theme's colours would pull it off its hue: Pillow compares coarsely.
    """
    own = [ImageColor.getrgb(colour)[:3] for colour in colours.all()]
    blends = image.quantize(BLENDS, method=Image.Quantize.MEDIANCUT).getpalette() or []
    apart = [
        blend
        for blend in zip(blends[::3], blends[1::3], blends[2::3], strict=True)
        if all(sum(abs(a - b) for a, b in zip(blend, colour, strict=True)) > APART for colour in own)
    ]
    palette = Image.new("P", (1, 1))
    palette.putpalette([level for colour in (own + apart)[:PALETTE] for level in colour])
    return palette


SAMPLE = RecoveryChart(
    marks=tuple(
        DayMark(day, 5 + day % 3 - 4 * (day > 5), 4 if 0 <= day < 5 else None, Timing(day % 7 % 4))
        for day in range(-7, 29)
    ),
    baseline=Fraction(6),
    baseline_quality="good",
    today=21,
    day14_mean=Fraction(2),
    day14_n=5,
    confidence="firm",
    next_injection_day=26,
)
"""A diary with every kind of mark: every colour that a picture may need is in it."""
