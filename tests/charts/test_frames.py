from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from tracker.charts import drawing
from tracker.charts import frames as stored
from tracker.charts.chart import FrameKey
from tracker.charts.drawing import KEYS, build_frames, draw_frame
from tracker.charts.frames import FRAME_VERSION, FrameStore
from tracker.domain.ruleset import RuleSet

KEY = FrameKey(28, "light", "phone", "en")


@pytest.fixture
def one_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only one frame to build: what is tested is where it goes."""
    monkeypatch.setattr(drawing, "KEYS", [KEY])


def test_there_is_a_frame_for_every_look(frames: FrameStore) -> None:
    assert len(KEYS) == 5 * 2 * 2
    assert {path.name for path in frames.folder.iterdir()} == {key.file_name for key in KEYS}


def test_frames_are_drawn_with_the_same_bytes_every_time(frames: FrameStore) -> None:
    assert draw_frame(KEY).to_json() == (frames.folder / KEY.file_name).read_text()


def test_a_stored_frame_reads_back_as_it_was(frames: FrameStore) -> None:
    assert frames.frame(KEY).to_json() == draw_frame(KEY).to_json()


def test_a_frame_is_read_once(frames: FrameStore) -> None:
    assert frames.frame(KEY) is frames.frame(KEY)


def test_a_second_build_has_nothing_to_do(tmp_path: Path, one_frame: None) -> None:
    assert build_frames(tmp_path) == 1
    assert build_frames(tmp_path) == 0


def test_a_build_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "KEYS", [KEY, None])
    with pytest.raises(AttributeError):
        build_frames(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_another_process_overtook_is_thrown_away(
    tmp_path: Path, one_frame: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(key: FrameKey) -> drawing.Frame:
        theirs = tmp_path / FRAME_VERSION
        theirs.mkdir()
        (theirs / "theirs.json").write_text("{}")
        return draw_frame(key)

    monkeypatch.setattr(drawing, "draw_frame", overtaken)
    assert build_frames(tmp_path) == 0
    assert [path.name for path in tmp_path.rglob("*.json")] == ["theirs.json"]


def test_the_command_draws_the_frames_into_a_folder(
    tmp_path: Path, one_frame: None, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("buildframes", folder=tmp_path / "new")
    call_command("buildframes", folder=tmp_path / "new")
    assert capsys.readouterr().out == "1 frames drawn.\nThe frames are up to date.\n"
    assert (tmp_path / "new" / FRAME_VERSION / KEY.file_name).is_file()


def test_other_rules_are_another_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """The phases and the day-14 window in a frame come from the rules."""
    monkeypatch.setattr("tracker.charts.frames.ESI_RULES", RuleSet(onset_last_day=6))
    assert stored._frame_version() != FRAME_VERSION
