"""Whole pictures and stored frames, drawn by matplotlib in commands and workers, never in a web process."""

from __future__ import annotations

from io import BytesIO
from itertools import product
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import get_args

from matplotlib.figure import Figure

from tracker.charts.artists import scene_artists
from tracker.charts.canvas import frame_of
from tracker.charts.chart import HORIZONS, FrameKey, Language, Look, RecoveryChart, Size, Theme, frame_key
from tracker.charts.cleaning import clean_body
from tracker.charts.frames import FRAME_VERSION, Frame
from tracker.charts.furniture import empty_canvas
from tracker.charts.picture import recovery_png
from tracker.charts.scene import scene_of

__all__ = ["build_frames", "draw_frame", "draw_whole", "recovery_png", "svg_bytes"]

KEYS = [FrameKey(*parts) for parts in product(HORIZONS, get_args(Theme), get_args(Size), get_args(Language))]


def build_frames(folder: Path) -> int:
    """Draw every frame into the folder of this version, all at once; how many, 0 where it stands already."""
    target = folder / FRAME_VERSION
    if target.is_dir():
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    half_done = Path(mkdtemp(prefix="building-", dir=folder))
    try:
        for key in KEYS:
            (half_done / key.file_name).write_text(draw_frame(key).to_json())
        half_done.chmod(0o755)  # mkdtemp makes it private; the web process may be another user
        half_done.rename(target)
    except OSError:
        if target.is_dir():
            return 0  # another process was faster
        raise
    finally:
        rmtree(half_done, ignore_errors=True)
    return len(KEYS)


def draw_frame(key: FrameKey) -> Frame:
    """One frame: matplotlib's picture without data, and the numbers a chart needs to be written into it."""
    canvas = empty_canvas(key)
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
