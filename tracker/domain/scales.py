"""The 0-10 numeric rating scale: what counts as a score, and how figures are rounded for display."""

from __future__ import annotations

import math
from fractions import Fraction

LOWEST = 0
HIGHEST = 10
"""Bounds of the NRS-11 (docs/evidence.md section 6)."""

SCORES = range(LOWEST, HIGHEST + 1)


class InvalidScore(ValueError):
    """What was given is not a whole number from 0 to 10; the message says what to do."""


def pain_score(value: object) -> int:
    """A score as typed or sent: a whole number from 0 to 10, or one of the texts "0" to "10"."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 2:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or value not in SCORES:
        raise InvalidScore(f"{_shown(value)} is not a score: give a whole number from {LOWEST} to {HIGHEST}.")
    return value


def half_up(value: Fraction, *, decimals: int) -> Fraction:
    """`value` rounded to so many decimals, a half going up. For display only: no rule ever sees it."""
    scale: int = 10**decimals
    return Fraction(math.floor(value * scale + Fraction(1, 2)), scale)


def _shown(value: object) -> str:
    return "An empty answer" if value is None or value == "" else f"{str(value)[:20]!r}"
