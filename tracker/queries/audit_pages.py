"""Pages of the audit trail, the newest event first: where one page ends and the next begins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db.models import Q

NEWEST_FIRST = ("-at", "-id")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TICK = timedelta(microseconds=1)


def place_of(at: datetime, event_id: int) -> str:
    """Where an event stands in that order, for the link to the next page: it names nobody."""
    return f"{(at - EPOCH) // TICK}.{event_id}"


def behind(place: str) -> Q:
    """Every event behind a place; all of them where the text names none."""
    ticks, _, event_id = place.partition(".")
    try:
        at, last = EPOCH + int(ticks) * TICK, int(event_id)
    except (ValueError, OverflowError):
        return Q()
    return Q(at__lt=at) | Q(at=at, id__lt=last)
