"""How often somebody may try a code that opens nothing: counted for all web processes together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from tracker.actions import codes

LIMITS = {"guess": "10/m/ip,30/m/key"}
"""Failures in a minute: of one network, and at one clinic from wherever they come."""

WAIT_SECONDS = 60


class TooManyGuesses(Exception):
    """Nothing was looked at: a code that is right still works in a minute."""


@contextmanager
def counted(request: HttpRequest, code: str) -> Iterator[None]:
    """Count the work inside as a guess; taken back where it ends well.

    It counts first: many guesses at once are no way around. Raises TooManyGuesses and codes.Unreadable.
    """
    locator = codes.read(code).locator
    guess = ratelimit.consume(request, app="onset", action="guess", config=LIMITS, key=locator)
    if guess is None:
        raise TooManyGuesses
    yield
    guess.rollback()
