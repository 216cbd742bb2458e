"""Clinics' scopes in tests: a test works inside one clinic, and looks into another only where it says so."""

from __future__ import annotations

import contextvars
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from tracker import tenancy
from tracker.tenancy import scope


@contextmanager
def outside() -> Iterator[None]:
    """No clinic in scope, as for a request that has just come in."""
    token = scope._current.set(None)
    try:
        yield
    finally:
        scope._current.reset(token)
        _tell_again()


@contextmanager
def inside(clinic: Any) -> Iterator[None]:
    """A clinic's scope, whichever is around it; the clinic, or a cast of it."""
    with outside(), tenancy.clinic(getattr(clinic, "clinic", clinic).pk):
        yield


@contextmanager
def throughout(clinic: Any) -> Iterator[None]:
    """A clinic's scope for a whole test. In a test with real transactions each write is on its own.

    There one long transaction would hide what a test writes from a server in another thread.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        with inside(clinic):
            yield
        return
    token = scope._current.set(clinic.clinic.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.clinic', %s, false)", [str(clinic.clinic.pk)])
    try:
        yield
    finally:
        scope._current.reset(token)
        connection.close()  # and with it the setting


def in_a_request_of_its_own(request: Callable[..., Any]) -> Callable[..., Any]:
    """Wraps a test client's `request`: the server knows nothing of the scope that the test is in."""

    def alone(*args: Any, **kwargs: Any) -> Any:
        try:
            return contextvars.Context().run(request, *args, **kwargs)
        finally:
            _tell_again()

    return alone


def _tell_again() -> None:
    """Inside a test's transaction the end of an inner scope has taken the outer one's setting away."""
    here = scope._current.get()
    if here is not None and connection.vendor == "postgresql" and connection.in_atomic_block:
        scope.tell_database(here)
