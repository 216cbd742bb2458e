"""Puts dates and clock times on a planned diary, the way phones, proxies and staff would have sent it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tracker.domain.simulation.plan import CORRECTIONS, Manner, Plan
from tracker.domain.simulation.values import SimulatedEntry
from tracker.domain.track import Source

EVENING = time(18, 30)
"""First minute of the evening's entries, around the 19:00 reminder."""

SPREAD_MINUTES = 135
"""Entries spread over this span: to 20:45 local, before midnight at the clinic in every zone of the demo."""

NIGHT = time(0, 20)
"""First minute of the entries made after midnight: with the spread they end before the 04:00 cut-off."""

OFFICE_HOURS = time(14, 0)
MORNING = time(7, 30)

WRONG_CLOCK_SKEW = timedelta(hours=-26)
"""Server minus device: the phone's clock runs 26 h ahead, over the 24 h that the rules allow."""

MISTYPED_BY = 3

_BY_STAFF = {
    Manner.STAFF: Source.STAFF,
    Manner.PAPER: Source.PAPER,
    Manner.TELEPHONE: Source.TELEPHONE,
}
_HOURS = {Manner.AFTER_MIDNIGHT: NIGHT, **dict.fromkeys(_BY_STAFF, OFFICE_HOURS)}
_SOURCES = {Manner.PROXY: Source.PROXY, **_BY_STAFF}


def simulated_entries(
    plan: Plan, *, day_zero: date, zone: ZoneInfo, rng: Random
) -> tuple[SimulatedEntry, ...]:
    """The patient's diary in order of the day described; a correction follows the entry that it replaces."""
    entries: list[SimulatedEntry] = []
    for day in sorted(plan.pain.keys() | plan.soreness.keys()):
        on = day_zero + timedelta(days=day)
        manner = plan.manners.get(day)
        correction = manner if manner in CORRECTIONS else None
        entry = _entry(
            on,
            plan.pain.get(day),
            plan.soreness.get(day),
            manner=None if correction else manner,
            zone=zone,
            rng=rng,
        )
        if correction:
            entries.append(_mistyped(entry))
            entry = _correction(entry, correction, replaces=len(entries) - 1, zone=zone)
        entries.append(entry)
    return tuple(entries)


def local_instant(on: date, at: time, *, zone: ZoneInfo, minutes: int = 0) -> datetime:
    """That wall-clock time in that zone, `minutes` later, in UTC."""
    return datetime.combine(on, at, tzinfo=zone).astimezone(UTC) + timedelta(minutes=minutes)


def _entry(
    on: date, pain: int | None, soreness: int | None, *, manner: Manner | None, zone: ZoneInfo, rng: Random
) -> SimulatedEntry:
    entered_at, received_at = _times(on, manner, minutes=rng.randrange(SPREAD_MINUTES), zone=zone)
    skew = WRONG_CLOCK_SKEW if manner is Manner.WRONG_CLOCK else timedelta(0)
    return SimulatedEntry(
        day=on,
        pain=pain,
        soreness=soreness,
        entered_at=entered_at - skew,
        received_at=received_at + timedelta(seconds=rng.randint(1, 40)),
        source=Source.PATIENT if manner is None else _SOURCES.get(manner, Source.PATIENT),
        skew=skew,
    )


def _times(on: date, manner: Manner | None, *, minutes: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When it was typed and when it came in, by a clock that is right."""
    evening = local_instant(on, EVENING, zone=zone, minutes=minutes)
    if manner is None:
        return evening, evening
    came_on = on + timedelta(days=manner.arrives_after_days)
    came_at = local_instant(came_on, _HOURS.get(manner, EVENING), zone=zone, minutes=minutes)
    return (evening if manner is Manner.OFFLINE else came_at), came_at


def _mistyped(entry: SimulatedEntry) -> SimulatedEntry:
    pain = entry.pain or 0
    return replace(entry, pain=pain + MISTYPED_BY if pain + MISTYPED_BY <= 10 else pain - MISTYPED_BY)


def _correction(entry: SimulatedEntry, manner: Manner, *, replaces: int, zone: ZoneInfo) -> SimulatedEntry:
    """The score that was meant, sent on a later morning."""
    corrected_at = local_instant(entry.day + timedelta(days=manner.arrives_after_days), MORNING, zone=zone)
    return replace(
        entry,
        entered_at=corrected_at,
        received_at=corrected_at + timedelta(seconds=5),
        replaces=replaces,
    )
