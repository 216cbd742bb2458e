"""Everything of a written chart that does not depend on the patient, prepared once for each frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tracker.charts.frames import Frame, written
from tracker.charts.layout import BAR_DAYS
from tracker.charts.palette import marker_radius, pens
from tracker.domain.track import FIRST_DAY, LAST_DAY

SCORES = range(11)


@dataclass(frozen=True, slots=True)
class Ink:
    """Pieces of path data: a day's piece and a score's piece, put together, are a point's.

    `paths` opens the element of each part up to its data. `starts`, `joins`, `bar_starts` are by study day,
    `heights` and each of `markers` by pain score, `bars` by soreness.
    """

    paths: Mapping[str, str]
    starts: Mapping[int, str]
    joins: Mapping[int, str]
    heights: tuple[str, ...]
    markers: Mapping[str, tuple[str, ...]]
    bar_starts: Mapping[int, str]
    bars: tuple[str, ...]


@lru_cache(maxsize=64)
def ink_of(frame: Frame) -> Ink:
    x, day_px = frame.days, frame.days.step
    days = range(FIRST_DAY, LAST_DAY + 1)
    heights = tuple(written(frame.pain.at(score)) for score in SCORES)
    foot, width = written(frame.soreness.at(0)), written(day_px * BAR_DAYS)
    return Ink(
        paths={name: f'{pen.attributes} d="' for name, pen in pens(frame.key.theme, day_px).items()},
        starts={day: f"M{written(x.at(day))} " for day in days},
        joins={day: f"L{written(x.at(day))} " for day in days},
        heights=heights,
        markers={
            name: tuple(height + shape for height in heights) for name, shape in _shapes(day_px).items()
        },
        bar_starts={day: f"M{written(x.at(day - BAR_DAYS / 2))} {foot}V" for day in days},
        bars=tuple(f"{written(frame.soreness.at(score))}h{width}V{foot}z" for score in SCORES),
    )


def _shapes(day_px: float) -> dict[str, str]:
    """Each marker's path from its centre: dot (a round pen's touch), diamond, circle, cross."""
    r = f"{marker_radius(day_px):g}"
    across = f"{2 * marker_radius(day_px):g}"
    return {
        "pain-dots": "h0",
        "pain-late": f"m0-{r}l{r} {r}-{r} {r}-{r}-{r}z",
        "pain-recalled": f"m-{r} 0a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0-{across} 0z",
        "pain-uncertain": f"m-{r}-{r}l{across} {across}m0-{across}l-{across} {across}",
    }
