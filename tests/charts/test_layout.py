from __future__ import annotations

import pytest

from tracker.charts.layout import GAP, centred, side_by_side
from tracker.charts.palette import COLOURS, Colours, dot_radius, marker_radius


@pytest.mark.parametrize(("middle", "place"), [(50, 50), (5, 10), (99, 90)])
def test_a_word_stays_between_the_edges(middle: float, place: float) -> None:
    assert centred(middle, 20, low=0, high=100) == place


@pytest.mark.parametrize("first", range(0, 101, 5))
@pytest.mark.parametrize("ahead", [0, 1, 10, 40, 100])
def test_two_words_stand_apart_and_inside(first: int, ahead: int) -> None:
    left, right = side_by_side(first, 20, first + ahead, 40, low=0, high=100)
    assert left - 10 >= 0
    assert left + 10 + GAP <= right - 20
    assert right + 20 <= 100


def test_two_words_with_room_stay_where_they_want() -> None:
    assert side_by_side(20, 20, 70, 40, low=0, high=100) == (20, 70)


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    levels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4 for level in levels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", COLOURS.values(), ids=COLOURS.keys())
def test_words_can_be_read_on_what_lies_behind_them(colours: Colours) -> None:
    for words in ("ink", "muted", "baseline", "half", "next_injection"):
        assert contrast(getattr(colours, words), colours.surface) >= 4.5, words
    for shade in colours.shades.values():
        assert contrast(colours.day14_words, shade) >= 4.5
        assert contrast(colours.muted, shade) >= 4.5
    for tab in colours.tabs.values():
        assert contrast(colours.ink, tab) >= 4.5


@pytest.mark.parametrize("colours", COLOURS.values(), ids=COLOURS.keys())
def test_marks_stand_out_from_every_shade(colours: Colours) -> None:
    """Three to one, as for any graphical object (WCAG 2.2, 1.4.11)."""
    for shade in (colours.surface, *colours.shades.values()):
        for mark in ("pain", "day14", "half", "baseline", "next_injection"):
            assert contrast(getattr(colours, mark), shade) >= 3, (mark, shade)


@pytest.mark.parametrize("day_px", [0.7, 1.4, 4, 8, 20])
def test_markers_of_other_days_are_larger_than_the_daily_dot(day_px: float) -> None:
    assert marker_radius(day_px) > dot_radius(day_px)
