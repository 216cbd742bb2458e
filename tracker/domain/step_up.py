"""How somebody on a phone shows once more who they are, and for how long that holds."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

HOLDS = timedelta(minutes=10)

MOST_TRIES = 5
"""Wrong ones after which a code opens nothing any more."""


class Way(StrEnum):
    """How a code came."""

    MAIL = "mail"
    CLINIC = "clinic"
    """Read out by staff, who know the caller."""
    JOINED = "join"
    """No code: the phone came in just now, by an invitation of the clinic and the date of birth."""
    ADDRESS = "address"
    """To a new address, which it verifies. It says nothing of who holds the phone."""


STEPS_UP = (Way.MAIL, Way.CLINIC, Way.JOINED)
"""The ways that show who somebody is."""
