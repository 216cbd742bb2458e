"""A number for every request, so that an answer, the log's lines and the trail can be put side by side."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

current: ContextVar[str] = ContextVar("request_id", default="-")
"""The id of the request that is being answered; "-" outside of one. The log's formatter reads it."""


class Numbered:
    """Gives a request a random `request_id`, and says it in X-Request-Id. A visitor's own id is not taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = secrets.token_hex(8)
        request.request_id = request_id  # type: ignore[attr-defined]  # for whoever writes the trail
        token = current.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            current.reset(token)
        response.headers["X-Request-Id"] = request_id
        return response
