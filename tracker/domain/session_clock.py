"""When a session of staff is over: after 15 minutes without use, and after 12 hours in any case.

NIST SP 800-63B-4, section 2.2.3 (AAL2), asks for no more than 24 hours and one hour without use; a clinic's
desks stand where patients pass, so both are shorter.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import ceil

IDLE_SECONDS = 15 * 60
LONGEST_SECONDS = 12 * 60 * 60
WARNING_SECONDS = 90
"""How long before the end a page says so. WCAG 2.2.1 asks for 20 at least."""

NOTED_EVERY_SECONDS = 60
"""Use is noted at most this often. What follows within a minute is not: idle may mean 14 minutes."""

SIGNED_IN_AT, SEEN_AT = "signed_in_at", "seen_at"
"""What the session calls them: seconds since 1970."""


class Over(StrEnum):
    IDLE = "idle"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Clock:
    """A session's two times, in seconds since 1970."""

    signed_in_at: float
    seen_at: float

    def over(self, now: float) -> Over | None:
        """Why the session is over; None while it is not."""
        if now - self.signed_in_at >= LONGEST_SECONDS:
            return Over.LONG
        return Over.IDLE if now - self.seen_at >= IDLE_SECONDS else None

    def seconds_left(self, now: float) -> int:
        """How long it lasts if nobody does anything; 0 once it is over, and not before."""
        end = min(self.seen_at + IDLE_SECONDS, self.signed_in_at + LONGEST_SECONDS)
        return max(0, ceil(end - now))

    def can_be_longer(self, now: float) -> bool:
        """Whether using it now moves its end by more than a warning."""
        return self.signed_in_at + LONGEST_SECONDS - now > WARNING_SECONDS

    def is_worth_noting(self, now: float) -> bool:
        return now - self.seen_at >= NOTED_EVERY_SECONDS
