"""No two words of the picture overlap, and none leaves it, on whatever day and with whatever figures."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise, product

import pytest
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from tests.charts.diaries import MIXED, chart
from tracker.charts.artists import scene_artists
from tracker.charts.canvas import Canvas, frame_of
from tracker.charts.chart import HORIZONS, FrameKey, RecoveryChart, Size
from tracker.charts.furniture import empty_canvas
from tracker.charts.scene import scene_of

NASTY = (
    {"baseline": Fraction(10), "day14_mean": Fraction(10), "confidence": "provisional"},
    {"baseline": Fraction(3), "baseline_quality": "limited", "day14_mean": None},
    {"baseline": Fraction(0), "day14_mean": Fraction(0), "confidence": "limited"},
    {"baseline": Fraction(48, 7), "day14_mean": Fraction(47, 10), "confidence": "firm"},
)
NEXT_AFTER_TODAY = (0, 1, 3, 9, -4, 400)


def boxes(canvas: Canvas, texts: list[Text]) -> list[tuple[str, Bbox]]:
    renderer = canvas.agg.get_renderer()
    for text in texts:
        text.set_figure(canvas.figure)
    return [(text.get_text(), text.get_window_extent(renderer)) for text in texts if text.get_text()]


def captions(canvas: Canvas, given: RecoveryChart) -> list[tuple[str, Bbox]]:
    artists = scene_artists(scene_of(given, frame_of(canvas, "")), canvas)
    return boxes(canvas, [artist for artist in artists if isinstance(artist, Text)])


def overlapping(placed: list[tuple[str, Bbox]]) -> list[tuple[str, str]]:
    return [(a, b) for (a, box), (b, other) in combinations(placed, 2) if box.overlaps(other)]


def outside(canvas: Canvas, placed: list[tuple[str, Bbox]]) -> list[str]:
    width, height = canvas.layout.width, canvas.layout.height
    return [words for words, box in placed if box.x0 < 0 or box.y0 < 0 or box.x1 > width or box.y1 > height]


@pytest.mark.parametrize("size", ["phone", "wide"])
@pytest.mark.parametrize(("after", "horizon"), [*pairwise((-1, *HORIZONS))])
def test_no_words_overlap_on_any_day(after: int, horizon: int, size: Size) -> None:
    canvas = empty_canvas(FrameKey(horizon, "light", size, "en"))
    still = boxes(canvas, canvas.figure.findobj(Text))
    assert overlapping(still) == []
    assert outside(canvas, still) == []
    for today in range(after + 1, horizon + 1, 1 if horizon <= 180 else 7):
        for figures in NASTY:
            upcoming = today + NEXT_AFTER_TODAY[today % len(NEXT_AFTER_TODAY)]
            given = chart(today=today, next_injection_day=upcoming, **figures)
            moving = captions(canvas, given)
            assert overlapping(still + moving) == [], given
            assert outside(canvas, moving) == [], given


@pytest.mark.parametrize("size", ["phone", "wide"])
@pytest.mark.parametrize("horizon", HORIZONS)
def test_no_words_overlap_when_looking_back_at_an_early_day(horizon: int, size: Size) -> None:
    canvas = empty_canvas(FrameKey(horizon, "light", size, "en"))
    still = boxes(canvas, canvas.figure.findobj(Text))
    for today, upcoming in product((-7, -1, 0, 1, 2, 12), (-7, 0, 1, 2, 13)):
        given = replace(MIXED, today=today, next_injection_day=upcoming)
        assert overlapping(still + captions(canvas, given)) == [], given


def test_words_that_overlap_are_noticed() -> None:
    canvas = empty_canvas(FrameKey(28, "light", "phone", "en"))
    canvas.text(100, canvas.layout.days, "overlaid", "#000000")
    assert overlapping(boxes(canvas, canvas.figure.findobj(Text))) == [
        ("Days since the injection", "overlaid")
    ]


@pytest.mark.parametrize("size", ["phone", "wide"])
@pytest.mark.parametrize("horizon", HORIZONS)
def test_every_phase_is_named_over_the_picture_or_under_it(horizon: int, size: Size) -> None:
    canvas = empty_canvas(FrameKey(horizon, "light", size, "en"))
    words = {text.get_text() for text in canvas.figure.findobj(Text)}
    for phase in (*canvas.labels.phases, canvas.labels.sore_spot):
        named = phase.name in words or phase.legend in words
        assert named or phase.key == "before", phase
