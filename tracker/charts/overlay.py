"""Several injections of one region over one another: a line each, by the days since its own injection.

Each has a letter at its end, a dash and a marker of its own: colour says nothing that these do not say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from html import escape
from typing import NamedTuple

from tracker.charts.chart import HORIZONS, FrameKey, Look
from tracker.charts.frames import Frame, FrameStore, written
from tracker.charts.layout import OVERLAYS
from tracker.charts.palette import COLOURS, Colours
from tracker.charts.recovery import FONTS
from tracker.charts.series import Point, Series, series_of
from tracker.charts.words import Description
from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.domain.titles import figure
from tracker.domain.track import FIRST_DAY, LAST_DAY, DayMark

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LETTER_WIDTH, LETTER_HEIGHT = 12, 14
"""Pixels that a letter takes, with room around it."""


class Style(NamedTuple):
    """How one line is told from the others; `name` says it in words, for the table beside the picture."""

    colour: str
    dash: str
    marker: str
    name: str


STYLES = (
    Style("pain", "", "circle", "solid, circles"),
    Style("day14_words", "7 3", "square", "dashed, squares"),
    Style("half", "2 3", "diamond", "dotted, diamonds"),
    Style("next_injection", "9 3 2 3", "triangle", "dash and dot, triangles"),
    Style("baseline", "14 4", "circle", "long dashes, circles"),
    Style("ink", "4 2 1 2", "square", "short dash and dot, squares"),
)


def style_of(number: int) -> Style:
    return STYLES[number % len(STYLES)]


@dataclass(frozen=True, slots=True)
class Episode:
    """One injection: its days in order, and its own baseline in NRS points. `name` is told in words."""

    letter: str
    name: str
    marks: tuple[DayMark, ...]
    baseline: Fraction | None
    rules: RuleSet = ESI_RULES


@dataclass(frozen=True, slots=True)
class Overlay:
    """Oldest first."""

    episodes: tuple[Episode, ...]

    @property
    def horizon(self) -> int:
        """The smallest frame that holds every day of every episode."""
        last = max((one.marks[-1].day for one in self.episodes if one.marks), default=0)
        return next((end for end in HORIZONS if end >= last), LAST_DAY)


def overlay_svg(overlay: Overlay, look: Look, *, frames: FrameStore) -> bytes:
    """The picture as an SVG document; FramesMissing without its frame."""
    frame = frames.frame(FrameKey(overlay.horizon, look.theme, look.size, "en", kind="overlay"))
    layout, words = OVERLAYS[look.size], describe_overlay(overlay)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{layout.width}" height="{layout.height}"'
        f' viewBox="0 0 {layout.width} {layout.height}" role="img" aria-labelledby="title desc" lang="en"'
        f' font-family="{FONTS}" font-size="{layout.font:g}" stroke-linejoin="round">'
        f'<title id="title">{escape(words.title)}</title><desc id="desc">{escape(words.long)}</desc>'
    )
    return "".join((head, frame.body, *_parts(overlay, frame), "</svg>")).encode()


def describe_overlay(overlay: Overlay) -> Description:
    """The picture in plain words, an injection a sentence."""
    sentences = [
        "Average pain of each day from 0 to 10, by the days since each; a line ends where the next begins."
    ]
    sentences += [_sentence(one) for one in overlay.episodes]
    return Description(f"Pain since each of {len(overlay.episodes)} injections", " ".join(sentences))


def _sentence(episode: Episode) -> str:
    scored = [point for point in series_of(episode.marks, rules=episode.rules).scored if point[0] > 0]
    before = "no baseline" if episode.baseline is None else f"baseline {figure(episode.baseline)}"
    if not scored:
        return f"{episode.letter}, {episode.name}: {before}, no score since."
    day, score = scored[-1]
    many = "1 day" if len(scored) == 1 else f"{len(scored)} days"
    return f"{episode.letter}, {episode.name}: {before}, {many} with a score, the last {score} on day {day}."


def _parts(overlay: Overlay, frame: Frame) -> Iterator[str]:
    colours = COLOURS[frame.key.theme]
    drawn = [
        (one, style_of(number), series_of(one.marks, rules=one.rules))
        for number, one in enumerate(overlay.episodes)
    ]
    for one, style, series in drawn:
        yield from _episode(one, style, series, frame, colours)
    yield from _letters(drawn, frame, colours)


def _episode(one: Episode, style: Style, series: Series, frame: Frame, colours: Colours) -> Iterator[str]:
    colour = getattr(colours, style.colour)
    dash = f' stroke-dasharray="{style.dash}"' if style.dash else ""
    pen = f'stroke="{colour}" stroke-width'
    if one.baseline is not None:
        y = written(frame.pain.at(float(one.baseline)))
        first, last = (written(frame.days.at(day)) for day in (FIRST_DAY - 0.5, -0.5))
        yield (
            f'<path id="baseline-{one.letter}" fill="none" {pen}="5"'
            f' stroke-opacity="0.4" d="M{first} {y}H{last}"/>'
        )
    lines = "".join("M" + "L".join(_at(point, frame) for point in run) for run in series.runs if run[1:])
    if lines:
        yield f'<path id="line-{one.letter}" fill="none" {pen}="1.8"{dash} d="{lines}"/>'
    shape = (SHAPES if frame.days.step >= DENSE else SMALL)[style.marker]
    unscored = [*series.recalled, *series.uncertain]
    for name, points, fill in (("scored", series.scored, colour), ("unscored", unscored, colours.surface)):
        if points:
            shapes = "".join(f"M{_at(point, frame)}{shape}" for point in points)
            yield f'<path id="{name}-{one.letter}" fill="{fill}" {pen}="1.3" d="{shapes}"/>'


SHAPES = {
    "circle": "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z",
    "square": "m-2.7-2.7h5.4v5.4h-5.4z",
    "diamond": "m0-3.6l3.6 3.6-3.6 3.6-3.6-3.6z",
    "triangle": "m0-3.6l3.5 6.2h-7z",
}


DENSE = 4
"""Pixels a day below which neighbours would run into one another: markers are drawn smaller."""

SMALL = {
    "circle": "m-1.8 0a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0z",
    "square": "m-1.6-1.6h3.2v3.2h-3.2z",
    "diamond": "m0-2.3l2.3 2.3-2.3 2.3-2.3-2.3z",
    "triangle": "m0-2.3l2.2 3.9h-4.4z",
}


def _at(point: Point, frame: Frame) -> str:
    return f"{written(frame.days.at(point[0]))} {written(frame.pain.at(point[1]))}"


def _letters(drawn: list[tuple[Episode, Style, Series]], frame: Frame, colours: Colours) -> Iterator[str]:
    """Each line's letter behind its last day, moved up or down where another stands already."""
    layout, placed = OVERLAYS[frame.key.size], list[tuple[float, float]]()
    for one, style, series in drawn:
        ends = [points[-1] for points in (series.scored, series.recalled, series.uncertain) if points]
        if not ends:
            continue
        day, score = max(ends)
        x = min(frame.days.at(day) + 7, layout.width - LETTER_WIDTH)
        y = _free(x, frame.pain.at(score) + 4, placed, low=layout.pain_top + 10, high=layout.pain_bottom - 4)
        placed.append((x, y))
        yield (
            f'<text id="letter-{one.letter}" x="{x:.2f}" y="{y:.2f}" font-weight="700"'
            f' fill="{getattr(colours, style.colour)}">{one.letter}</text>'
        )


def _free(x: float, y: float, placed: list[tuple[float, float]], *, low: float, high: float) -> float:
    """The nearest height at which a letter touches no other: below, above, further below."""
    steps = sorted(range(-20, 21), key=lambda step: (abs(step), -step))
    for step in steps:
        here = y + step * LETTER_HEIGHT
        if low <= here <= high and not any(
            abs(x - other_x) < LETTER_WIDTH and abs(here - other_y) < LETTER_HEIGHT
            for other_x, other_y in placed
        ):
            return here
    return y
