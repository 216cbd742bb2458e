from __future__ import annotations

import gzip
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.charts.diaries import BEFORE, DIARIES, MIXED, TWICE_A_WEEK, chart, daily
from tests.charts.reading import SVG, parts_of
from tracker.charts import recovery
from tracker.charts.chart import HORIZONS, Look, RecoveryChart
from tracker.charts.frames import FrameStore
from tracker.charts.recovery import FramesMissing, describe, recovery_svg
from tracker.charts.words import Description
from tracker.domain.track import DayMark, Timing

LOOK = Look()
ROOT = Path(__file__).parents[2]


def drawn(given: RecoveryChart, frames: FrameStore, *ids: str) -> dict[str, list[tuple[float, float]]]:
    return parts_of(recovery_svg(given, LOOK, frames=frames), set(ids))


def texts(given: RecoveryChart, frames: FrameStore, look: Look = LOOK) -> list[str]:
    root = ET.fromstring(recovery_svg(given, look, frames=frames))
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


def test_the_document_is_an_image_with_its_title_and_description(frames: FrameStore) -> None:
    root = ET.fromstring(recovery_svg(MIXED, LOOK, frames=frames))
    words = describe(MIXED)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title desc"
    assert [(root[0].get("id"), root[0].text), (root[1].get("id"), root[1].text)] == [
        ("title", words.title),
        ("desc", words.long),
    ]


@pytest.mark.parametrize("given", DIARIES.values(), ids=DIARIES.keys())
def test_nothing_in_it_needs_an_inline_style_or_a_script_or_another_address(
    given: RecoveryChart, frames: FrameStore
) -> None:
    svg = recovery_svg(given, LOOK, frames=frames).decode()
    tags = {element.tag.removeprefix(SVG) for element in ET.fromstring(svg).iter()}
    assert tags <= {"svg", "title", "desc", "g", "defs", "path", "use", "text"}
    assert not re.search(r"style=|url\(|\son\w+=|clip-path", svg)
    assert set(re.findall(r"https?://[^\"]+", svg)) == {"http://www.w3.org/2000/svg"}


def test_words_are_escaped(frames: FrameStore, monkeypatch: pytest.MonkeyPatch) -> None:
    nasty = Description("</title><script>", 'a & b < c " d')
    monkeypatch.setattr(recovery, "description_of", lambda *_: nasty)
    root = ET.fromstring(recovery_svg(MIXED, LOOK, frames=frames))
    assert (root[0].text, root[1].text) == (nasty.title, nasty.long)


def test_the_same_chart_gives_the_same_bytes(frames: FrameStore) -> None:
    again = FrameStore(frames.folder.parent)
    assert recovery_svg(MIXED, LOOK, frames=frames) == recovery_svg(MIXED, LOOK, frames=again)


@pytest.mark.parametrize("given", DIARIES.values(), ids=DIARIES.keys())
@pytest.mark.parametrize("size", ["phone", "wide"])
def test_a_chart_takes_at_most_four_kilobytes_zipped(
    given: RecoveryChart, size: str, frames: FrameStore
) -> None:
    assert len(gzip.compress(recovery_svg(given, Look(size=size), frames=frames))) <= 4096


def test_a_missing_day_leaves_the_line_open(frames: FrameStore) -> None:
    def lines(given: RecoveryChart) -> int:
        svg = recovery_svg(given, LOOK, frames=frames).decode()
        return re.search(r'id="pain-line"[^>]* d="([^"]+)"', svg)[1].count("M")

    assert lines(chart(*daily(6))) == 2  # before and after the injection
    assert lines(chart(*daily(6, without=(3,)))) == 3


def test_each_kind_of_day_has_its_own_marker(frames: FrameStore) -> None:
    seen = drawn(MIXED, frames, "pain-dots", "pain-late", "pain-recalled", "pain-uncertain")
    counts = {name: len(points) for name, points in seen.items()}
    assert counts == {"pain-dots": 21, "pain-late": 1, "pain-recalled": 1, "pain-uncertain": 1}


def test_a_recalled_day_is_off_the_line(frames: FrameStore) -> None:
    seen = drawn(MIXED, frames, "pain-line", "pain-recalled", "pain-uncertain")
    assert not set(seen["pain-line"]) & {*seen["pain-recalled"], *seen["pain-uncertain"]}


def test_a_late_day_is_on_the_line(frames: FrameStore) -> None:
    seen = drawn(MIXED, frames, "pain-line", "pain-late")
    assert set(seen["pain-late"]) < set(seen["pain-line"])


def test_soreness_of_a_recalled_day_is_hollow(frames: FrameStore) -> None:
    given = chart(DayMark(1, 5, 3), DayMark(2, 5, 2, Timing.RECALLED))
    seen = drawn(given, frames, "soreness", "soreness-unscored")
    assert {name: len(points) for name, points in seen.items()} == {"soreness": 4, "soreness-unscored": 4}


def test_a_soreness_of_nought_is_drawn(frames: FrameStore) -> None:
    (left, top), *_ = drawn(chart(DayMark(4, None, 0)), frames, "soreness")["soreness"]
    assert top > 0
    assert left > 0


def test_without_a_baseline_neither_level_is_drawn(frames: FrameStore) -> None:
    given = chart(*daily(5), baseline=None, baseline_quality="none")
    assert drawn(given, frames, "baseline", "baseline-level", "half") == {}


def test_a_baseline_under_three_has_no_half(frames: FrameStore) -> None:
    assert drawn(DIARIES["low baseline"], frames, "baseline", "half").keys() == {"baseline"}


def test_a_baseline_of_few_scores_is_marked_as_about(frames: FrameStore) -> None:
    assert "≈ 7.0" in texts(TWICE_A_WEEK, frames)
    assert "7.0" in texts(MIXED, frames)


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        ("firm", "Day 14: 2.4"),
        ("limited", "Day 14: 2.4 limited"),
        ("provisional", "Day 14: 2.4 provisional"),
        (None, "Day 14: 2.4"),
    ],
)
def test_the_read_out_says_how_sure_it_is(confidence: str | None, words: str, frames: FrameStore) -> None:
    assert words in texts(replace(MIXED, confidence=confidence), frames)


def test_without_a_read_out_its_window_is_named(frames: FrameStore) -> None:
    given = chart(*daily(5))
    assert "Day 14" in texts(given, frames)
    assert drawn(given, frames, "day14") == {}


def test_an_injection_past_the_frame_is_not_drawn_but_told(frames: FrameStore) -> None:
    given = chart(*daily(10), today=10, next_injection_day=29)
    assert "Next injection" not in texts(given, frames)
    assert "Next injection: day 29." in describe(given).long


def test_both_axes_and_day_0_are_named(frames: FrameStore) -> None:
    assert {"Pain (0-10)", "Soreness", "Days since the injection", "0"} <= set(texts(MIXED, frames))


@pytest.mark.parametrize("today", [1, 28, 29, 60, 61, 90, 91, 180, 181, 365])
def test_the_frame_is_the_smallest_that_holds_today(today: int) -> None:
    assert chart(*BEFORE, today=today).horizon == min(end for end in HORIZONS if end >= today)


def test_the_frame_holds_a_mark_after_today() -> None:
    assert chart(DayMark(61, 3, None), today=30).horizon == 90


def test_without_frames_the_error_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(FramesMissing, match=r"python manage\.py buildframes"):
        recovery_svg(MIXED, LOOK, frames=FrameStore(tmp_path))


@pytest.mark.slow
def test_a_process_that_fills_frames_loads_no_matplotlib_and_writes_the_same_bytes(
    frames: FrameStore,
) -> None:
    script = (
        "import sys; from pathlib import Path; from tests.charts.diaries import MIXED;"
        "from tracker.charts.recovery import FrameStore, Look, recovery_svg;"
        "import tracker.charts.sparkline;"
        "svg = recovery_svg(MIXED, Look(), frames=FrameStore(Path(sys.argv[1])));"
        "heavy = {'matplotlib', 'numpy', 'PIL', 'django'} & sys.modules.keys();"
        "assert not heavy, heavy; sys.stdout.buffer.write(svg)"
    )
    command = [sys.executable, "-c", script, str(frames.folder.parent)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.stderr == b""
    assert done.stdout == recovery_svg(MIXED, LOOK, frames=frames)
