"""Colours and pens of the chart, the same for the drawn picture and the written one.

The hues follow Okabe and Ito (2008), told apart by colour-blind eyes; shapes and dashes differ as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache

from tracker.charts.chart import Theme


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme. `shades` are the phases' backgrounds, `tabs` their stronger heads, by the phase's key."""

    surface: str
    ink: str
    muted: str
    grid: str
    axis: str
    pain: str
    late: str
    soreness: str
    baseline: str
    band: str
    half: str
    day14: str
    day14_words: str
    next_injection: str
    shades: Mapping[str, str]
    tabs: Mapping[str, str]

    def all(self) -> list[str]:
        """Every colour once, the surface first."""
        named = [getattr(self, field.name) for field in fields(self) if field.type == "str"]
        return list(dict.fromkeys([*named, *self.shades.values(), *self.tabs.values()]))


LIGHT = Colours(
    surface="#ffffff",
    ink="#1c2733",
    muted="#52606d",
    grid="#dde3e9",
    axis="#8a96a3",
    pain="#0072b2",
    late="#e69f00",
    soreness="#b0713a",
    baseline="#5b6773",
    band="#bcc6d0",
    half="#00795a",
    day14="#d55e00",
    day14_words="#a34700",
    next_injection="#8c3f75",
    shades={
        "before": "#f3f5f7",
        "numbing": "#ece6f4",
        "onset": "#fdf4dd",
        "full": "#eaf5ef",
        "lasting": "#f6fafd",
        "sore": "#f8ece1",
    },
    tabs={
        "before": "#e3e8ed",
        "numbing": "#d6c9e8",
        "onset": "#f7e0a6",
        "full": "#cbe7d9",
        "lasting": "#dcebf6",
        "sore": "#efd3ba",
    },
)

DARK = Colours(
    surface="#1a2221",
    ink="#eaf0ee",
    muted="#aebbb7",
    grid="#34403d",
    axis="#81908b",
    pain="#56b4e9",
    late="#f0b429",
    soreness="#d89a5b",
    baseline="#aebbb7",
    band="#4d5b57",
    half="#2fc79a",
    day14="#ff8b4a",
    day14_words="#ff9d66",
    next_injection="#dd9bc4",
    shades={
        "before": "#222c2a",
        "numbing": "#2d2840",
        "onset": "#2e2b18",
        "full": "#182e27",
        "lasting": "#1a2a36",
        "sore": "#35291d",
    },
    tabs={
        "before": "#33413e",
        "numbing": "#41345f",
        "onset": "#4d431c",
        "full": "#1f4a3a",
        "lasting": "#203c55",
        "sore": "#533a23",
    },
)

COLOURS: Mapping[Theme, Colours] = {"light": LIGHT, "dark": DARK}


@dataclass(frozen=True, slots=True)
class Pen:
    """A stroke in pixels and a fill; `dash` alternates on and off."""

    stroke: str = "none"
    width: float = 0
    dash: tuple[float, ...] = ()
    fill: str = "none"
    round: bool = False

    @property
    def attributes(self) -> str:
        """As SVG presentation attributes: a strict policy forbids style attributes."""
        parts = [f'fill="{self.fill}"']
        if self.width:
            parts += [f'stroke="{self.stroke}"', f'stroke-width="{self.width:g}"']
        if self.dash:
            parts.append(f'stroke-dasharray="{" ".join(f"{length:g}" for length in self.dash)}"')
        if self.round:
            parts.append('stroke-linecap="round"')
        return " ".join(parts)


def dot_radius(day_px: float) -> float:
    """Radius of a scored day's dot: large enough to see, small enough to leave neighbours apart."""
    return round(min(3.2, max(1.5, 0.4 * day_px)), 2)


def marker_radius(day_px: float) -> float:
    """Half the width of the markers that must be told apart by their shape, however long the frame."""
    return round(max(3.2, dot_radius(day_px) + 1), 2)


@lru_cache(maxsize=32)
def pens(theme: Theme, day_px: float) -> Mapping[str, Pen]:
    """The pen of each part of the picture, by its id, where a day is `day_px` wide."""
    colours = COLOURS[theme]
    return {
        "pain-line": Pen(colours.pain, 1.8 if day_px > 3 else 1.3, round=True),
        "pain-dots": Pen(colours.pain, 2 * dot_radius(day_px), round=True),
        "pain-late": Pen(colours.pain, 1.3, fill=colours.late),
        "pain-recalled": Pen(colours.pain, 1.3, fill=colours.surface),
        "pain-uncertain": Pen(colours.ink, 1.5),
        "soreness": Pen(colours.soreness, 1, fill=colours.soreness),
        "soreness-unscored": Pen(colours.soreness, 1, fill=colours.surface),
        "baseline": Pen(colours.band, 9),
        "baseline-level": Pen(colours.baseline, 1.2, dash=(6, 3)),
        "half": Pen(colours.half, 1.4, dash=(2, 3)),
        "day14": Pen(colours.day14, 4),
        "day14-soft": Pen(colours.day14, 4, dash=(4, 2)),
        "next-injection": Pen(colours.next_injection, 1.6, dash=(8, 3, 2, 3)),
        "today": Pen(colours.ink, 1, dash=(1, 2)),
    }
