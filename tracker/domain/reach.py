"""How far back a phone shows a diary by itself: the current episode, and two weeks before it.

What lies before that is shown once its holder has shown again who they are (tracker.domain.step_up).
"""

from __future__ import annotations

from datetime import date, timedelta

BEFORE = timedelta(days=14)


def open_from(injected_on: date | None, *, today: date) -> date:
    """The first day that needs nothing more. Without an injection, or before it, counted from today."""
    return (today if injected_on is None else min(injected_on, today)) - BEFORE
