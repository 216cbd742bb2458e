"""What a phone asks of the server by itself: tests look at the database between two requests."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.signals import request_finished, request_started

UNDER_WAY: list[None] = []
LONGEST = 20.0
"""Seconds to wait for the last answer; a request that a test holds for ever never reaches the server."""


def began(**_: object) -> None:
    UNDER_WAY.append(None)


def ended(**_: object) -> None:
    del UNDER_WAY[-1:]


@contextmanager
def watched() -> Iterator[None]:
    """Count the requests, and leave when none is under way any more."""
    UNDER_WAY.clear()
    request_started.connect(began)
    request_finished.connect(ended)
    try:
        yield
        at_rest()
    finally:
        request_started.disconnect(began)
        request_finished.disconnect(ended)


def at_rest() -> None:
    """Wait until nothing was under way for a moment."""
    quiet, until = 0, time.monotonic() + LONGEST
    while quiet < 3 and time.monotonic() < until:
        time.sleep(0.01)
        quiet = 0 if UNDER_WAY else quiet + 1
