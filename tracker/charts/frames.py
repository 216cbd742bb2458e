"""Stored frames: what matplotlib drew once, for web processes to write charts into."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from threading import Lock

from tracker.charts.chart import FrameKey
from tracker.domain.ruleset import ESI_RULES


def _frame_version() -> str:
    """A hash of this package's source and of the rules: a change to either may change the picture."""
    digest = blake2b(digest_size=6)
    for module in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(module.read_bytes())
    digest.update(repr(ESI_RULES).encode())
    return digest.hexdigest()


FRAME_VERSION = _frame_version()
"""Names the look: it stands in the folder of the frames and in the ETag of a chart."""


class FramesMissing(Exception):
    """The frames of this version of the product have not been built."""


def written(pixels: float) -> str:
    """A coordinate to a hundredth of a pixel, as short as it can be."""
    return f"{pixels:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Scale:
    """One axis: the pixel of a value is `zero + step * value` (y pixels count down from the top)."""

    zero: float
    step: float

    def at(self, value: float) -> float:
        return self.zero + self.step * value


SCALES = ("days", "pain", "soreness")


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One stored frame: SVG text without a root, the axes' transforms, and the widths of words in pixels."""

    key: FrameKey
    body: str
    days: Scale
    pain: Scale
    soreness: Scale
    widths: dict[str, float]

    def to_json(self) -> str:
        scales = {name: [getattr(self, name).zero, getattr(self, name).step] for name in SCALES}
        return json.dumps({"body": self.body, "widths": self.widths, **scales})

    @classmethod
    def from_json(cls, key: FrameKey, text: str) -> Frame:
        stored = json.loads(text)
        scales = {name: Scale(*stored[name]) for name in SCALES}
        return cls(key=key, body=stored["body"], widths=stored["widths"], **scales)


class FrameStore:
    """The frames of a folder, read when first asked for and kept; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / FRAME_VERSION
        self._frames: dict[FrameKey, Frame] = {}
        self._lock = Lock()

    def frame(self, key: FrameKey) -> Frame:
        """The frame, or FramesMissing where the folder holds none of this version."""
        if (kept := self._frames.get(key)) is not None:
            return kept
        with self._lock:
            return self._frames.setdefault(key, self._read(key))

    def _read(self, key: FrameKey) -> Frame:
        try:
            text = (self.folder / key.file_name).read_text()
        except FileNotFoundError:
            raise FramesMissing(
                f"No chart frame {key.file_name} in {self.folder}: run `python manage.py buildframes`."
            ) from None
        return Frame.from_json(key, text)
