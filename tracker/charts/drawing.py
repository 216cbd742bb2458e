"""Whole pictures and stored frames, drawn by matplotlib in commands and workers, never in a web process."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from itertools import product
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import get_args

from matplotlib.figure import Figure

from tracker.charts.artists import scene_artists
from tracker.charts.canvas import frame_of
from tracker.charts.chart import (
    HORIZONS,
    SHIPPED_DAYS,
    FrameDays,
    FrameKey,
    Language,
    Look,
    RecoveryChart,
    Size,
    Theme,
    frame_key,
)
from tracker.charts.cleaning import clean_body
from tracker.charts.frames import FRAME_VERSION, Frame
from tracker.charts.furniture import empty_canvas, overlay_canvas
from tracker.charts.picture import recovery_png
from tracker.charts.scene import scene_of
from tracker.domain.ruleset import RULE_SETS

__all__ = ["build_frames", "draw_frame", "draw_whole", "recovery_png", "svg_bytes"]

SHIPPED = tuple(sorted({FrameDays.of(rules) for rules in RULE_SETS.values()}))


def keys_of(days: FrameDays) -> list[FrameKey]:
    """Every frame of these days. An overlay shows no phase, so one set does; the clinic reads English."""
    looks = [
        FrameKey(*parts, days)
        for parts in product(HORIZONS, get_args(Theme), get_args(Size), get_args(Language))
    ]
    overlaid = [key._replace(kind="overlay") for key in looks if key.language == "en"]
    return [*looks, *(overlaid if days == SHIPPED_DAYS else [])]


def build_frames(folder: Path, days: Iterable[FrameDays] = SHIPPED) -> int:
    """Draw the frames of these days into the folder of this version; how many, 0 where they stand already."""
    return sum(_build(folder / FRAME_VERSION, one) for one in days)


def _build(folder: Path, days: FrameDays) -> int:
    """All frames of the same days at once, or none."""
    target = folder / days.folder
    if target.is_dir():
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    half_done = Path(mkdtemp(prefix="building-", dir=folder))
    try:
        for key in keys_of(days):
            (half_done / Path(key.file_name).name).write_text(draw_frame(key).to_json())
        half_done.chmod(0o755)  # mkdtemp makes it private; the web process may be another user
        half_done.rename(target)
    except OSError:
        if target.is_dir():
            return 0  # another process was faster
        raise
    finally:
        rmtree(half_done, ignore_errors=True)
    return len(keys_of(days))


def draw_frame(key: FrameKey) -> Frame:
    """One frame: matplotlib's picture without data, and the numbers a chart needs to be written into it."""
    canvas = overlay_canvas(key) if key.kind == "overlay" else empty_canvas(key)
    return frame_of(canvas, clean_body(svg_bytes(canvas.figure)))


def draw_whole(chart: RecoveryChart, look: Look) -> Figure:
    """The whole picture by matplotlib, every part of the data carrying its id."""
    canvas = empty_canvas(frame_key(chart, look))
    for artist in scene_artists(scene_of(chart, frame_of(canvas, "")), canvas):
        artist.set_zorder(6)
        canvas.figure.add_artist(artist)
    return canvas.figure


def svg_bytes(figure: Figure) -> bytes:
    """A figure as matplotlib's SVG, the same bytes every time."""
    out = BytesIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return out.getvalue()
