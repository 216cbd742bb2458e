"""The clock of a session of staff: kept in the session, moved by using it."""

from __future__ import annotations

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from tracker.domain.session_clock import SEEN_AT, SIGNED_IN_AT, WARNING_SECONDS
from tracker.queries.staff_sessions import clock_of


def note_use(session: SessionBase) -> None:
    """Move the end of a session on, at most once a minute: a write for every click would be too much."""
    now = timezone.now()
    clock = clock_of(session, now)
    if SIGNED_IN_AT not in session or clock.is_worth_noting(now.timestamp()):
        session[SIGNED_IN_AT], session[SEEN_AT] = clock.signed_in_at, now.timestamp()


def time_left(request: HttpRequest) -> dict[str, int | bool]:
    """What static/js/session_clock.js works with: seconds, and whether using the session makes it longer."""
    now = timezone.now()
    clock = clock_of(request.session, now)
    left = clock.seconds_left(now.timestamp()) if request.user.is_authenticated else 0
    return {"left": left, "warning": WARNING_SECONDS, "longer": clock.can_be_longer(now.timestamp())}
