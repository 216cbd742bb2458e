"""An episode's diary packed into a byte a day: what sparkline, chart, assessment and series read.

The diary entries are the truth; a track is their copy, and `check_tracks` proves that both agree.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

FIRST_DAY = -7
"""Study day of the first byte: the baseline's window opens a week before the injection."""

LAST_DAY = 365
"""Study day of the last byte that a track may hold."""

MISSING = 15
"""A nibble that holds no score."""


class Timing(IntEnum):
    """When an entry was recorded, seen from the day it describes (docs/recovery-rules.md)."""

    LIVE = 0
    LATE = 1
    RECALLED = 2
    UNCERTAIN = 3

    @property
    def is_scored(self) -> bool:
        """Only what was recorded in the late window, by a clock that can be believed, enters the rules."""
        return self in (Timing.LIVE, Timing.LATE)

    def may_be_accepted(self, *, is_current: bool, is_scored: bool) -> bool:
        """Whether a clinician may let an entry be scored: only a doubted one that stands for its day."""
        return self is Timing.UNCERTAIN and is_current and not is_scored


class Source(IntEnum):
    """Who entered it."""

    PATIENT = 0
    PROXY = 1
    STAFF = 2
    PAPER = 3
    TELEPHONE = 4

    @property
    def is_typed_by_staff(self) -> bool:
        """Whether somebody of the clinic wrote down what a patient said or wrote."""
        return self in (Source.STAFF, Source.PAPER, Source.TELEPHONE)


@dataclass(frozen=True, slots=True)
class DayMark:
    """One diary day: scores 0-10 or None, and where they come from."""

    day: int
    pain: int | None
    soreness: int | None
    timing: Timing = Timing.LIVE
    edited: bool = False
    source: Source = Source.PATIENT

    @property
    def is_scored(self) -> bool:
        return self.timing.is_scored


EMPTY_CODE = MISSING << 4 | MISSING


def _code(mark: DayMark) -> int:
    pain = MISSING if mark.pain is None else mark.pain
    soreness = MISSING if mark.soreness is None else mark.soreness
    return soreness << 4 | pain


def _provenance(mark: DayMark) -> int:
    return mark.timing | mark.edited << 2 | mark.source << 3


def pack(marks: Iterable[DayMark], *, into: tuple[bytes, bytes] = (b"", b"")) -> tuple[bytes, bytes]:
    """The two byte strings of a track, score codes and provenance, index 0 being day -7.

    The days of the track `into` stay where no mark replaces them. Days outside -7...365 are left out: no
    rule looks at them.
    """
    kept = [mark for mark in marks if FIRST_DAY <= mark.day <= LAST_DAY]
    length = max([len(into[0]), *[mark.day - FIRST_DAY + 1 for mark in kept]])
    codes = bytearray(into[0].ljust(length, bytes([EMPTY_CODE])))
    provenance = bytearray(into[1].ljust(length, bytes(1)))
    for mark in kept:
        codes[mark.day - FIRST_DAY] = _code(mark)
        provenance[mark.day - FIRST_DAY] = _provenance(mark)
    return bytes(codes), bytes(provenance)


def source_on(provenance: bytes, day: int) -> Source | None:
    """Who entered what a track shows for a day; None where it does not reach the day."""
    place = day - FIRST_DAY
    return Source(provenance[place] >> 3 & 7) if 0 <= place < len(provenance) else None


def unpack(codes: bytes, provenance: bytes) -> tuple[DayMark, ...]:
    """The days of a track that hold an entry, in order of the day."""
    return tuple(
        [
            _mark(day, code, origin)
            for day, (code, origin) in enumerate(zip(codes, provenance, strict=True), FIRST_DAY)
            if code != EMPTY_CODE
        ]
    )


@lru_cache(maxsize=8192)
def _mark(day: int, code: int, origin: int) -> DayMark:
    """Kept, since the days of all diaries look alike: most were live, from 0 to 10, in the first weeks."""
    return DayMark(
        day=day,
        pain=None if code & 15 == MISSING else code & 15,
        soreness=None if code >> 4 == MISSING else code >> 4,
        timing=Timing(origin & 3),
        edited=bool(origin & 4),
        source=Source(origin >> 3 & 7),
    )
