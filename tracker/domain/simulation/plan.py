"""A simulated patient in study days, before calendar dates and clock times are put on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tracker.domain.simulation.values import Closing, Intent, Region, Status

MISSED = "."
TEN = "X"


class Manner(StrEnum):
    """How an entry came to the server. What is not named is live: typed that evening, received at once."""

    AFTER_MIDNIGHT = "after_midnight"
    LATE = "late"
    RECALLED = "recalled"
    OFFLINE = "offline"
    WRONG_CLOCK = "wrong_clock"
    CORRECTED = "corrected"
    CORRECTED_TOO_LATE = "corrected_too_late"
    PROXY = "proxy"
    STAFF = "staff"
    PAPER = "paper"
    TELEPHONE = "telephone"

    @property
    def arrives_after_days(self) -> int:
        """Calendar days from the day described to the server's receipt."""
        return _ARRIVES_AFTER_DAYS.get(self, 0)


CORRECTIONS = (Manner.CORRECTED, Manner.CORRECTED_TOO_LATE)
"""A wrong score first, then the right one as a second revision."""

_ARRIVES_AFTER_DAYS = {
    Manner.AFTER_MIDNIGHT: 1,
    Manner.LATE: 2,
    Manner.RECALLED: 5,
    Manner.OFFLINE: 4,
    Manner.CORRECTED: 1,
    Manner.CORRECTED_TOO_LATE: 4,
    Manner.PAPER: 4,
}


@dataclass(frozen=True, slots=True)
class PlannedInjection:
    """An injection on a study day; `readings` are (minutes after it, score), minutes None for before."""

    day: int = 0
    status: Status = "performed"
    region: Region = "cervical"
    intent: Intent = "therapeutic"
    readings: tuple[tuple[int | None, int], ...] = ()
    closed_day: int | None = None
    closed_reason: Closing | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One patient: `day` is today's study day, all days are counted from the first injection (day 0)."""

    day: int
    pain: Mapping[int, int] = field(default_factory=dict)
    soreness: Mapping[int, int] = field(default_factory=dict)
    manners: Mapping[int, Manner] = field(default_factory=dict)
    injections: tuple[PlannedInjection, ...] = (PlannedInjection(),)
    time_zone: str | None = None
    shows: str = ""


def scores(line: str) -> dict[int, int]:
    """Scores by study day from a line such as "776|.54X": a character a day, "|" stands before day 0.

    A dot is a day without an entry, X is 10.
    """
    before, _, since = line.partition("|")
    return {
        day: 10 if mark == TEN else int(mark)
        for day, mark in enumerate(before + since, start=-len(before))
        if mark != MISSED
    }


def right_now(line: str) -> tuple[tuple[int | None, int], ...]:
    """Readings from a line such as "8 30=2 240=5": 8 before, 2 after 30 minutes, 5 after 4 hours.

    An empty line or a dot in the first place: no reading before.
    """
    before, *after = line.split() or [MISSED]
    readings: list[tuple[int | None, int]] = [] if before == MISSED else [(None, int(before))]
    for reading in after:
        minutes, _, score = reading.partition("=")
        readings.append((int(minutes), int(score)))
    return tuple(readings)
