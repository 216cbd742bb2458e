"""What people are told when the database is locked, full or away."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger(__name__)

STORAGE_FAILURES = (OperationalError, InterfaceError)
RETRY_AFTER_SECONDS = 30


class StorageFailures:
    """Turns a database that cannot answer into a 503 that says what to do: nothing was half saved."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, STORAGE_FAILURES):
            return None
        log.error("The database could not answer: %s", type(exception).__name__)
        return unavailable(render(request, "unavailable.html", status=503))


def unavailable(response: HttpResponse) -> HttpResponse:
    """Mark an answer as "try again soon"."""
    response.status_code = 503
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
