"""Where a member of staff is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from tracker.domain.session_clock import SEEN_AT, SIGNED_IN_AT, Clock


@dataclass(frozen=True, slots=True)
class StaffSession:
    """One browser; `key` names it in the database and is shown to nobody."""

    key: str
    signed_in_at: datetime
    seen_at: datetime


def of(*, user_id: int, now: datetime) -> list[StaffSession]:
    """A person's sessions that are not over, the one used last first.

    A session's row does not say whose it is, so all of the last 12 hours are opened: a clinic's staff.
    """
    rows = Session.objects.filter(expire_date__gt=now)
    opened = ((row.session_key, row.get_decoded()) for row in rows.iterator())
    mine = [(key, clock_of(data, now)) for key, data in opened if data.get(SESSION_KEY) == str(user_id)]
    open_ones = [_session(key, clock) for key, clock in mine if clock.over(now.timestamp()) is None]
    return sorted(open_ones, key=lambda one: one.seen_at, reverse=True)


def clock_of(data: Mapping[str, Any], now: datetime) -> Clock:
    """The clock in a session's data; it starts with the first request after signing in."""
    start = now.timestamp()
    return Clock(data.get(SIGNED_IN_AT, start), data.get(SEEN_AT, start))


def _session(key: str, clock: Clock) -> StaffSession:
    return StaffSession(
        key, datetime.fromtimestamp(clock.signed_in_at, UTC), datetime.fromtimestamp(clock.seen_at, UTC)
    )
