from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from PIL import Image

from tests.charts.diaries import DIARIES, MIXED, TWICE_A_WEEK
from tracker.charts.chart import Look, RecoveryChart, Size
from tracker.charts.drawing import recovery_png
from tracker.charts.palette import DARK, LIGHT

SIZES = {"phone": (540, 654), "wide": (1000, 525)}


def read(png: bytes) -> Image.Image:
    return Image.open(BytesIO(png)).convert("RGB")


@pytest.mark.parametrize("given", DIARIES.values(), ids=DIARIES.keys())
@pytest.mark.parametrize("size", SIZES)
def test_a_picture_takes_at_most_twenty_kilobytes(given: RecoveryChart, size: Size) -> None:
    png = recovery_png(given, Look(size=size))
    assert read(png).size == SIZES[size]
    assert len(png) <= 20_480


def test_the_same_chart_gives_the_same_bytes_whatever_was_drawn_before() -> None:
    first = recovery_png(MIXED, Look())
    recovery_png(DIARIES["empty"], Look())
    assert recovery_png(MIXED, Look()) == first


def test_another_chart_gives_another_picture() -> None:
    assert recovery_png(MIXED, Look()) != recovery_png(DIARIES["empty"], Look())


def test_threads_do_not_draw_into_each_others_pictures() -> None:
    charts = [MIXED, TWICE_A_WEEK, DIARIES["empty"]] * 4
    alone = [recovery_png(given, Look()) for given in charts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda given: recovery_png(given, Look()), charts)) == alone


@pytest.mark.parametrize(("look", "colours"), [(Look("light"), LIGHT), (Look("dark"), DARK)])
def test_the_palette_keeps_the_themes_colours(look: Look, colours: object) -> None:
    picture = read(recovery_png(MIXED, look))
    seen = {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in picture.getcolors(100_000)}
    for name in ("surface", "pain", "soreness", "day14", "late"):
        assert getattr(colours, name) in seen, name
