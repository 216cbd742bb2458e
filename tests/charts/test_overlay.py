"""Several injections on one chart: what is given is what is drawn, and no letter stands on another."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations
from typing import get_args
from xml.etree import ElementTree as ET

import pytest

from tracker.charts.chart import FrameKey, Look, Size, Theme
from tracker.charts.frames import FrameStore
from tracker.charts.layout import OVERLAYS
from tracker.charts.overlay import (
    LETTER_HEIGHT,
    LETTER_WIDTH,
    STYLES,
    Episode,
    Overlay,
    describe_overlay,
    overlay_svg,
    style_of,
)
from tracker.charts.palette import COLOURS
from tracker.domain.track import DayMark, Timing

FIRST = Episode(
    "A",
    "2 Jun 2026",
    (
        DayMark(-2, 7, None),
        DayMark(-1, 7, None),
        DayMark(0, 5, None),
        DayMark(1, 6, 2),
        DayMark(2, 5, None),
        DayMark(4, 3, None),
        DayMark(6, 4, None, Timing.RECALLED),
    ),
    Fraction(7),
)
SECOND = Episode("B", "30 Sep 2026", (DayMark(1, 4, None), DayMark(2, 3, None)), Fraction(9, 2))
EMPTY = Episode("C", "1 Nov 2026", (), None)


def drawn(overlay: Overlay, frames: FrameStore, look: Look) -> dict[str, ET.Element]:
    root = ET.fromstring(overlay_svg(overlay, look, frames=frames))
    return {element.get("id", ""): element for element in root.iter() if element.get("id")}


def points(element: ET.Element, overlay: Overlay, frames: FrameStore, look: Look) -> list[tuple[int, float]]:
    """The study days and scores of a part, read back by the frame's own axes."""
    frame = frames.frame(FrameKey(overlay.horizon, look.theme, look.size, "en", kind="overlay"))
    places = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", element.get("d", ""))
    return [
        (
            round((float(x) - frame.days.zero) / frame.days.step),
            round((float(y) - frame.pain.zero) / frame.pain.step, 1),
        )
        for x, y in places
    ]


@pytest.mark.parametrize("size", get_args(Size))
def test_scores_are_drawn_where_they_are_and_gaps_stay_open(frames: FrameStore, size: Size) -> None:
    overlay, look = Overlay((FIRST, SECOND, EMPTY)), Look("light", size)
    parts = drawn(overlay, frames, look)
    read = {name: points(parts[name], overlay, frames, look) for name in parts if "-" in name}
    assert read["scored-A"] == [(-2, 7), (-1, 7), (1, 6), (2, 5), (4, 3)]
    assert read["unscored-A"] == [(6, 4), (0, 5)] or read["unscored-A"] == [(0, 5), (6, 4)]
    assert read["line-A"] == [(-2, 7), (-1, 7), (1, 6), (2, 5)]
    assert parts["line-A"].get("d", "").count("M") == 2
    assert read["scored-B"] == [(1, 4), (2, 3)]
    assert [score for _, score in read["baseline-B"]] == [4.5]
    assert not [name for name in parts if name.endswith("-C")]


def test_a_line_is_told_by_its_letter_its_dash_and_its_marker(frames: FrameStore) -> None:
    parts = drawn(Overlay((FIRST, SECOND)), frames, Look())
    assert parts["line-A"].get("stroke-dasharray") is None and parts["line-B"].get("stroke-dasharray")
    assert (parts["letter-A"].text, parts["letter-B"].text) == ("A", "B")
    looks = [(style.dash, style.marker) for style in STYLES]
    assert len(set(looks)) == len({style.name for style in STYLES}) == len(STYLES)
    assert style_of(len(STYLES)) == STYLES[0]


@pytest.mark.parametrize("size", get_args(Size))
def test_no_letter_stands_on_another_or_leaves_the_picture(frames: FrameStore, size: Size) -> None:
    same = tuple(Episode(letter, letter, FIRST.marks, None) for letter in "ABCDEF")
    late = tuple(Episode(letter, letter, (DayMark(365, 0, None),), None) for letter in "GH")
    parts = drawn(Overlay(same + late), frames, Look("light", size))
    letters = [parts[f"letter-{letter}"] for letter in "ABCDEFGH"]
    places = [(float(one.get("x", "")), float(one.get("y", ""))) for one in letters]
    for (x, y), (other_x, other_y) in combinations(places, 2):
        assert abs(x - other_x) >= LETTER_WIDTH or abs(y - other_y) >= LETTER_HEIGHT
    layout = OVERLAYS[size]
    assert all(0 < x <= layout.width - LETTER_WIDTH and 0 < y < layout.height for x, y in places)


@pytest.mark.parametrize("theme", get_args(Theme))
def test_it_obeys_a_strict_policy_and_uses_the_colours_of_its_theme(frames: FrameStore, theme: Theme) -> None:
    svg = overlay_svg(Overlay((FIRST, SECOND)), Look(theme, "wide"), frames=frames).decode()
    assert not re.search(r"<style|style=|<script|href=\"http", svg)
    for style in STYLES[:2]:
        assert getattr(COLOURS[theme], style.colour) in svg


def test_words_say_what_is_drawn() -> None:
    words = describe_overlay(Overlay((FIRST, SECOND, EMPTY)))
    assert words.title == "Pain since each of 3 injections"
    assert "A, 2 Jun 2026: baseline 7.0, 3 days with a score, the last 3 on day 4." in words.long
    assert "B, 30 Sep 2026: baseline 4.5, 2 days with a score, the last 3 on day 2." in words.long
    assert "C, 1 Nov 2026: no baseline, no score since." in words.long


def test_the_frame_holds_the_longest_episode() -> None:
    far = Episode("B", "x", (DayMark(61, 2, None),), None)
    assert (Overlay((FIRST,)).horizon, Overlay((FIRST, far)).horizon, Overlay(()).horizon) == (28, 90, 28)
