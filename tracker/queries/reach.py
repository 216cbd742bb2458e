"""Which days of a diary a phone may show now."""

from __future__ import annotations

from datetime import date, datetime

from tracker.access import Device, has_stepped_up
from tracker.domain import reach
from tracker.domain.study_days import local_today
from tracker.domain.zones import zone_of


def open_from(*, reader: Device, now: datetime) -> date:
    """The first day that a phone shows without a step-up. At most one statement."""
    current = reader.patient.current_injection
    return reach.open_from(current.injected_on if current else None, today=_today(reader, now))


def reaches(*, reader: Device, on: date, now: datetime) -> bool:
    """Whether a phone may show a day now. No statement for the last two weeks."""
    if on >= _today(reader, now) - reach.BEFORE:
        return True
    return on >= open_from(reader=reader, now=now) or has_stepped_up(reader, now=now)


def _today(reader: Device, now: datetime) -> date:
    return local_today(now, zone=zone_of(reader.patient.time_zone))
