"""Time zones by the names that are stored: those of the IANA database, older ones among them."""

from __future__ import annotations

import logging
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

log = logging.getLogger(__name__)


def known_zone(name: str) -> ZoneInfo | None:
    """The zone, by an older name such as US/Eastern as well; None where nothing has this name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: the name of a folder, such as America
        return None


@lru_cache
def zone_of(name: str) -> ZoneInfo:
    """The zone of a stored name. Where this machine does not know it: UTC, and the log says so once.

    A date that may be a day off until it is mended is better than a diary, or a worklist, that does not open.
    """
    found = known_zone(name)
    if found is None:
        log.error("No time zone %r is known here: its days are counted in UTC. Renew tzdata.", name)
    return found or ZoneInfo("UTC")
