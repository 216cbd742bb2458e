"""The filesystem broker under a reader that never waits."""

from __future__ import annotations

from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from config.broker import use_safe_files


@pytest.fixture
def channel(tmp_path: Path):
    use_safe_files()
    folder = tmp_path / "broker"
    folder.mkdir()
    options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(tmp_path / "control"),
    }
    with Connection("filesystem://localhost/", transport_options=options) as connection:
        yield connection.default_channel


def test_messages_come_out_as_they_went_in_and_in_order(channel):
    for number in range(3):
        channel._put("celery", {"number": number})
    assert [channel._get("celery")["number"] for _ in range(3)] == [0, 1, 2]
    with pytest.raises(Empty):
        channel._get("celery")


def test_a_message_that_is_being_written_is_not_there_yet(channel, monkeypatch):
    seen = []
    replace = Path.replace

    def look_first(self, target):
        with pytest.raises(Empty):
            channel._get("celery")
        seen.append(self.name)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", look_first)
    channel._put("celery", {"number": 1})
    assert len(seen) == 1 and channel._get("celery") == {"number": 1}


@pytest.mark.parametrize("content", ["", "{", "\x00"])
def test_a_file_that_is_no_message_is_dropped_and_ends_nobody(channel, content):
    Path(channel.data_folder_in, "1_x.celery.msg").write_text(content)
    with pytest.raises(Empty):
        channel._get("celery")
    channel._put("celery", {"number": 2})
    assert channel._get("celery") == {"number": 2}
