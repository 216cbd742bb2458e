"""When an injection was, and the "right now" scores of its day with those that went by another time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from tracker.domain.forms import Form
from tracker.domain.hours import StartSaid, minutes_as_corrected
from tracker.domain.track import Source
from tracker.models import Injection, Response
from tracker.models import Reading as Row

BY_THE_CLOCK = (Source.PATIENT, Source.PROXY)
"""Whose scores are filed by the time of the injection; staff type the minutes themselves."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A "right now" score; `minutes` is None for the one before the injection.

    `corrected_minutes`: when it was saved by the time that stands now, where another one had filed it.
    """

    minutes: int | None
    pain: int
    source: Source
    corrected_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class HoursOfInjection:
    """`started_at` is HH:MM by the patient's clock, as they wrote it down last; empty where they did not."""

    started_at: str
    readings: tuple[Reading, ...]

    @property
    def is_misfiled(self) -> bool:
        """Whether the time was corrected after scores had been saved: these stay where they were filed."""
        return any(one.corrected_minutes is not None for one in self.readings)


def hours_of(injection: Injection, *, zone: ZoneInfo) -> HoursOfInjection:
    """In the order of the day. Two statements."""
    starts = _starts(injection)
    rows = sorted(injection.readings.all(), key=lambda one: -1 if one.minutes is None else one.minutes)
    return HoursOfInjection(
        starts[-1].at if starts else "", tuple(_reading(row, injection, starts, zone) for row in rows)
    )


def _starts(injection: Injection) -> tuple[StartSaid, ...]:
    found = Response.objects.filter(
        patient_id=injection.patient_id, form=Form.START, describes_on=injection.injected_on
    )
    said = found.order_by("corrected_at", "client_id").values_list("said", "corrected_at")
    return tuple(StartSaid(what["at"], at) for what, at in said)


def _reading(row: Row, injection: Injection, starts: Sequence[StartSaid], zone: ZoneInfo) -> Reading:
    source = Source(row.source)
    goes_by_clock = row.minutes is not None and source in BY_THE_CLOCK
    on, saved_at = injection.injected_on, row.entered_at
    corrected = minutes_as_corrected(starts, saved_at=saved_at, on=on, zone=zone) if goes_by_clock else None
    return Reading(row.minutes, row.pain, source, corrected)
