from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from django.core.management import call_command

from tracker.charts import drawing
from tracker.charts import frames as stored
from tracker.charts.chart import FrameKey, Language
from tracker.charts.drawing import SHIPPED, build_frames, draw_frame, keys_of
from tracker.charts.frames import FRAME_VERSION, FrameStore
from tracker.domain.ruleset import RuleSet

KEY = FrameKey(28, "light", "phone", "en")


@pytest.fixture
def one_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only one frame to build: what is tested is where it goes."""
    monkeypatch.setattr(drawing, "keys_of", lambda days: [KEY])
    monkeypatch.setattr(drawing.build_frames, "__defaults__", ((KEY.days,),))


def test_there_is_a_frame_for_every_look(frames: FrameStore) -> None:
    keys = [key for days in SHIPPED for key in keys_of(days)]
    recovery = len(SHIPPED) * len(get_args(Language))  # of one injection, by each protocol in each language
    assert len(keys) == 5 * 2 * 2 * (1 + recovery)  # staff alone see several injections at once
    found = {str(path.relative_to(frames.folder)) for path in frames.folder.rglob("*.json")}
    assert found == {key.file_name for key in keys}


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
    monkeypatch.setattr(drawing, "keys_of", lambda days: [KEY, KEY._replace(theme="pink")])
    with pytest.raises(KeyError):
        build_frames(tmp_path)
    assert list(tmp_path.rglob("*.json")) == []


def test_a_build_that_another_process_overtook_is_thrown_away(
    tmp_path: Path, one_frame: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def overtaken(key: FrameKey) -> drawing.Frame:
        theirs = tmp_path / FRAME_VERSION / KEY.days.folder
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
