"""The data written into a frame stands where matplotlib, drawing the whole picture, puts it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, product

import pytest

from tests.charts.diaries import DIARIES, MIXED
from tests.charts.reading import Points, parts_of, whole_svg
from tracker.charts.chart import Look, RecoveryChart
from tracker.charts.frames import FrameStore
from tracker.charts.palette import pens
from tracker.charts.recovery import recovery_svg

CAPTIONS = {
    *("baseline-name", "baseline-figure", "half-name", "half-figure"),
    *("today-name", "next-injection-name", "day14-name"),
}
PARTS = set(pens("light", 10)) - {"day14-soft"} | CAPTIONS
LOOKS = [Look(theme, size) for theme, size in product(("light", "dark"), ("phone", "wide"))]


def differences(written: dict[str, Points], drawn: dict[str, Points]) -> list[str]:
    """The parts that only one picture has, or that stand more than a twentieth of a pixel apart."""
    return [
        part
        for part in sorted(written.keys() | drawn.keys())
        if not _same(written.get(part, []), drawn.get(part, []))
    ]


def _same(ours: Points, theirs: Points) -> bool:
    if not ours or len(ours) != len(theirs):
        return False
    pairs = zip(chain(*ours), chain(*theirs), strict=True)
    return all(abs(our - their) <= 0.05 for our, their in pairs)


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.theme}-{look.size}")
@pytest.mark.parametrize("chart", DIARIES.values(), ids=DIARIES.keys())
def test_every_part_stands_where_matplotlib_draws_it(
    chart: RecoveryChart, look: Look, frames: FrameStore
) -> None:
    written = parts_of(recovery_svg(chart, look, frames=frames), PARTS)
    assert differences(written, parts_of(whole_svg(chart, look), PARTS)) == []


def test_one_diary_of_these_has_every_part(frames: FrameStore) -> None:
    assert set(parts_of(recovery_svg(MIXED, Look(), frames=frames), PARTS)) == PARTS


def test_a_score_one_point_off_is_a_difference(frames: FrameStore) -> None:
    other = replace(MIXED, marks=(*MIXED.marks[:-1], replace(MIXED.marks[-1], pain=5)))
    written = parts_of(recovery_svg(other, Look(), frames=frames), PARTS)
    assert differences(written, parts_of(whole_svg(MIXED, Look()), PARTS)) == ["pain-dots", "pain-line"]
