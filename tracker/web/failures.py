"""What people are told when the database is locked, full or away."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from .languages import of_visitor

log = logging.getLogger(__name__)

STORAGE_FAILURES = (OperationalError, InterfaceError)
"""What a driver raises when it cannot answer, and also for some statements that no retry will mend."""

RETRY_AFTER_SECONDS = 30

SQLITE_PASSING = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}
POSTGRES_PASSING = ("08", "40", "53", "55", "57", "58")
"""Classes of SQLSTATE: connection, rollback, resources, object in use, operator, system."""


class StorageFailures:
    """Turns a database that cannot answer into a 503 that says what to do: nothing was half saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not is_passing(exception):
            return None
        with override(of_visitor(request)):
            return unavailable(render(request, "unavailable.html", status=503))


def is_passing(exception: Exception) -> bool:
    """Whether the database cannot answer just now; logs that. A statement it rejects is a fault of ours.

    The log gets the driver's code and never its message, which may hold what somebody typed.
    """
    if not isinstance(exception, STORAGE_FAILURES):
        return False
    cause = exception.__cause__
    sqlite_code, sqlstate = getattr(cause, "sqlite_errorcode", None), getattr(cause, "sqlstate", None)
    if sqlite_code is not None:
        passing = sqlite_code & 0xFF in SQLITE_PASSING  # the higher bits say which kind of it
    else:
        passing = sqlstate is None or sqlstate.startswith(POSTGRES_PASSING)  # none: there was no connection
    if passing:
        code = getattr(cause, "sqlite_errorname", None) or sqlstate or "no code"
        log.error("The database could not answer: %s, %s", type(exception).__name__, code)
    return passing


def unavailable(response: HttpResponse) -> HttpResponse:
    """Mark an answer as "try again soon"."""
    response.status_code = 503
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
