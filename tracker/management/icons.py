"""The motif of static/icons/onset.svg as PNG files, for home screens: they take no SVG."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageDraw

Point = tuple[float, float]

BOX = 32
"""The side of the motif's own box; every length below is in its units."""

CORNER = 8.0
CURVES: tuple[tuple[Point, Point, Point, Point], ...] = (
    ((6, 9), (11, 9), (12, 10), (14, 15)),
    ((14, 15), (16, 20), (18, 23), (26, 23)),
)
"""The falling line: start, two control points and end of each piece."""

LINE_WIDTH = 3.2
DOT, DOT_RADIUS = (14.2, 15.4), 3.0
GROUND, LINE, SUN = "#0b6258", "#ffffff", "#ffd27a"
FINER = 4
"""Drawn this much larger and made smaller, so that edges are smooth."""

STEPS = 400


@dataclass(frozen=True, slots=True)
class Icon:
    """One file: its side in pixels, how much of it the motif fills, and whether its corners are cut away."""

    side: int
    fill: float = 1.0
    is_round: bool = False


ICONS = {
    "icon-192.png": Icon(192, is_round=True),
    "icon-512.png": Icon(512, is_round=True),
    # Android cuts any shape out of it, down to a circle of 80 % of the side: the motif stays within.
    "maskable-512.png": Icon(512, fill=0.72),
    # iOS rounds the corners itself, and paints what is transparent black.
    "apple-touch-180.png": Icon(180),
}


def draw(icon: Icon) -> Image.Image:
    """The icon; RGBA where its corners are cut away, otherwise RGB without any transparency."""
    side = icon.side * FINER
    image = Image.new("RGB", (side, side), GROUND)
    _motif(ImageDraw.Draw(image), scale=side / BOX * icon.fill, edge=side * (1 - icon.fill) / 2)
    if icon.is_round:
        mask = Image.new("L", image.size)
        ImageDraw.Draw(mask).rounded_rectangle((0, 0, side - 1, side - 1), CORNER * side / BOX, fill=255)
        image.putalpha(mask)
    return image.reduce(FINER)  # the mean of each square: no ringing, so flat colour stays flat and small


def as_png(icon: Icon) -> bytes:
    file = io.BytesIO()
    draw(icon).save(file, "PNG", optimize=True)
    return file.getvalue()


def _motif(brush: ImageDraw.ImageDraw, *, scale: float, edge: float) -> None:
    """The line as a row of discs, which gives it round ends, and the dot on it."""
    for curve in CURVES:
        for step in range(STEPS + 1):
            _disc(brush, _on(curve, step / STEPS), LINE_WIDTH / 2, LINE, scale=scale, edge=edge)
    _disc(brush, DOT, DOT_RADIUS, SUN, scale=scale, edge=edge)


def _on(curve: tuple[Point, Point, Point, Point], t: float) -> Point:
    """The point of a cubic Bézier curve at `t`, from 0 to 1."""
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
    x, y = (sum(w * point[axis] for w, point in zip(weights, curve, strict=True)) for axis in (0, 1))
    return x, y


def _disc(
    brush: ImageDraw.ImageDraw, at: Point, radius: float, colour: str, *, scale: float, edge: float
) -> None:
    x, y, r = edge + at[0] * scale, edge + at[1] * scale, radius * scale
    brush.ellipse((x - r, y - r, x + r, y + r), fill=colour)
