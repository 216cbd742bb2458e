"""Whether a patient is reminded of the diary now (docs/recovery-rules.md), by the clock where they live."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.domain.study_days import offered_days

QUIET_FROM, QUIET_TO = time(22), time(8)
"""Nobody is woken up: the product's own choice."""

PATIENCE = timedelta(hours=4)
"""How late one still comes, after an outage: later than that it is left out."""

SILENT_DAYS = 3
"""So many asked days missed end the reminders, until the next entry; the worklist shows the silence."""

LOOKS_BACK = timedelta(days=21)
"""Enough for that many asked days of two a week."""


@dataclass(frozen=True, slots=True)
class Wish:
    """When a patient wants to be reminded, by the clock of their zone; None: never."""

    at: time | None
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder whose time it is: of which diary day, and the moment from which it would come too late."""

    day: date
    until: datetime


def due(wish: Wish, *, now: datetime) -> Due | None:
    """What somebody would be reminded of now; None while it is not the time.

    From the chosen time on, for as long as PATIENCE and the evening last.
    """
    local = now.astimezone(wish.zone)
    if wish.at is None or is_quiet(local.time()) or is_quiet(wish.at):
        return None
    day = offered_days(local)[0]  # until 03:59 that is yesterday, and then it is quiet anyway
    begins, evening_ends = (
        datetime.combine(day, at, tzinfo=wish.zone).astimezone(UTC) for at in (wish.at, QUIET_FROM)
    )
    until = min(begins + PATIENCE, evening_ends)
    return Due(day, until) if begins <= now < until else None


def is_quiet(at: time) -> bool:
    """From 22:00 to 07:59."""
    return at >= QUIET_FROM or at < QUIET_TO


def is_worth_it(day: date, *, asked: Iterable[date], logged: Iterable[date]) -> bool:
    """Whether this day is asked for and silent, and fewer than SILENT_DAYS were since the last entry.

    `asked` are the days that the schedule asks for, this one and those before it, as far as LOOKS_BACK.
    """
    asked, logged = set(asked), set(logged)
    if day not in asked or day in logged:
        return False
    last = max((one for one in logged if one < day), default=date.min)
    return sum(last < one < day for one in asked) < SILENT_DAYS


def restarts_soon(restart_on: date, *, day: date) -> bool:
    """Whether a blood thinner is taken again on this day or the next: the evening before is in time for a
    dose of the morning (house choice)."""
    return 0 <= (restart_on - day).days <= 1


def looked_at(day: date) -> tuple[date, ...]:
    """The days that count for this one, newest first."""
    return tuple(day - timedelta(days=back) for back in range(LOOKS_BACK.days + 1))
