"""Where things stand in the picture, in pixels from its top left corner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tracker.charts.chart import FrameKey, Size

EDGE_DAYS = 0.75
"""Room before the first and after the last day of a frame, in days: a day's bar is one day wide."""

BAR_DAYS = 0.64
"""Width of a soreness bar, in days."""

PAIN_LIMITS = (-0.4, 10.4)
SORENESS_LIMITS = (0.0, 10.8)


@dataclass(frozen=True, slots=True)
class Layout:
    """One size. Rows from the top: phases, events, pain, lane (today, next injection), soreness, legend."""

    width: int
    height: int
    font: float
    left: int
    right: int
    tab_top: int
    tab_bottom: int
    events: int
    pain_top: int
    pain_bottom: int
    lane: int
    soreness_top: int
    soreness_bottom: int
    ticks: int
    days: int
    legend: int
    legend_step: int
    legend_columns: int

    @property
    def plot_width(self) -> int:
        return self.right - self.left


PHONE = Layout(
    width=360,
    height=436,
    font=12,
    left=42,
    right=303,
    tab_top=4,
    tab_bottom=20,
    events=34,
    pain_top=42,
    pain_bottom=242,
    lane=257,
    soreness_top=264,
    soreness_bottom=322,
    ticks=340,
    days=356,
    legend=380,
    legend_step=16,
    legend_columns=2,
)

WIDE = Layout(
    width=800,
    height=420,
    font=12,
    left=48,
    right=736,
    tab_top=4,
    tab_bottom=22,
    events=38,
    pain_top=46,
    pain_bottom=254,
    lane=271,
    soreness_top=278,
    soreness_bottom=334,
    ticks=350,
    days=368,
    legend=393,
    legend_step=18,
    legend_columns=4,
)

LAYOUTS: Mapping[Size, Layout] = {"phone": PHONE, "wide": WIDE}


def _overlay(of: Layout, *, height: int, right: int) -> Layout:
    """One panel, of pain: no phases, no soreness, no legend. The lines carry their letters."""
    foot = height - 50
    return replace(
        of,
        height=height,
        right=right,
        pain_top=20,
        pain_bottom=foot,
        events=14,
        soreness_top=foot,
        soreness_bottom=foot + 1,
        ticks=foot + 16,
        days=foot + 34,
    )


OVERLAYS: Mapping[Size, Layout] = {
    "phone": _overlay(PHONE, height=320, right=346),
    "wide": _overlay(WIDE, height=380, right=784),
}


def layout_of(key: FrameKey) -> Layout:
    return (OVERLAYS if key.kind == "overlay" else LAYOUTS)[key.size]


TICKS: Mapping[int, tuple[int, ...]] = {
    28: (-7, 0, 7, 14, 21, 28),
    60: (-7, 0, 14, 28, 42, 60),
    90: (-7, 0, 14, 30, 60, 90),
    180: (0, 14, 30, 60, 90, 120, 150, 180),
    365: (0, 30, 90, 180, 270, 365),
}
"""Days written under the picture, by horizon; each far enough from the next for the phone's width."""

GAP = 6
"""Least room between two words, in pixels."""


def centred(middle: float, width: float, *, low: float, high: float) -> float:
    """The middle of a word that wants to stand at `middle` and must stay between `low` and `high`."""
    return max(low + width / 2, min(middle, high - width / 2))


def side_by_side(
    first: float, first_width: float, second: float, second_width: float, *, low: float, high: float
) -> tuple[float, float]:
    """The middles of two words of one line, moved apart where they would touch; `first` wants to be left."""
    apart = (first_width + second_width) / 2 + GAP
    second = centred(second, second_width, low=low + first_width + GAP, high=high)
    first = centred(min(first, second - apart), first_width, low=low, high=high)
    return first, max(second, first + apart)
