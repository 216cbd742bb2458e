"""Frames for the chart tests, drawn once."""

from __future__ import annotations

import pytest

from tracker.charts.drawing import build_frames
from tracker.charts.frames import FrameStore


@pytest.fixture(scope="session")
def frames(tmp_path_factory: pytest.TempPathFactory) -> FrameStore:
    folder = tmp_path_factory.mktemp("frames")
    build_frames(folder)
    return FrameStore(folder)
