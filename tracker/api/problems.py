"""Every error as one shape: problem details for HTTP APIs (RFC 9457), with the fields at fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse, JsonResponse
from rest_framework import exceptions
from rest_framework.serializers import ValidationError

from tracker import trail
from tracker.access import NotAllowed, StepUpNeeded
from tracker.actions.diary import BatchTooLong
from tracker.api.authentication import CsrfFailed, SecondFactorMissing
from tracker.api.parsers import TooLarge
from tracker.queries.assessment import NoAssessment
from tracker.queries.charts import NoChart
from tracker.queries.worklist import BadCursor
from tracker.web.failures import is_passing, unavailable

CONTENT_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """One sort of problem: its name stands in `type` as urn:onset:<name> and never changes."""

    name: str
    status: int
    title: str
    detail: str


INVALID = Kind("invalid", 400, "Something in the request is not right", "Nothing was stored. See errors.")
UNREADABLE = Kind("unreadable", 400, "The body cannot be read", "Send one JSON object in UTF-8.")
SIGNED_OUT = Kind("signed-out", 401, "Nobody is signed in", "Sign in, then send this again.")
CSRF = Kind("csrf", 403, "The CSRF token is missing or stale", "Take a new token, then send this again.")
NOT_ALLOWED = Kind("not-allowed", 403, "Your role does not include this", "Ask somebody whose role does.")
STEP_UP = Kind(
    "step-up",
    403,
    "Who holds the phone has to show again who they are",
    "Open /you/confirm/ on the phone, then ask again.",
)
SECOND_FACTOR = Kind(
    "second-factor", 403, "A second factor is missing", "Open the pages and set one up, then send this again."
)
NOT_FOUND = Kind("not-found", 404, "There is nothing here", "Check the address; it ends with a slash.")
METHOD = Kind("method", 405, "This address does not take that method", "See the header Allow.")
NOT_ACCEPTABLE = Kind("not-acceptable", 406, "This address answers in another format", "Accept */*.")
ID_REUSED = Kind(
    "id-reused", 409, "This client_id already names another entry", "Send this as a new entry, with a new id."
)
TOO_LARGE = Kind("too-large", 413, "This is too much at a time", "Send fewer changes at a time.")
MEDIA_TYPE = Kind("media-type", 415, "The body has to be JSON", "Send it as application/json.")
UNAVAILABLE = Kind(
    "unavailable", 503, "The answer has to wait", "Nothing was stored. Keep it and send it again soon."
)
NOT_DRAWN = Kind(
    "not-drawn", 503, "The chart cannot be drawn just now", "The scores are safe. Ask again in a minute."
)

KINDS: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Kind], ...] = (
    (ValidationError, INVALID),
    (BadCursor, INVALID),
    (exceptions.ParseError, UNREADABLE),
    ((exceptions.NotAuthenticated, exceptions.AuthenticationFailed), SIGNED_OUT),
    (CsrfFailed, CSRF),
    (SecondFactorMissing, SECOND_FACTOR),
    (NotAllowed, NOT_ALLOWED),
    (StepUpNeeded, STEP_UP),
    ((Http404, exceptions.NotFound, NoChart, NoAssessment), NOT_FOUND),
    (exceptions.MethodNotAllowed, METHOD),
    (exceptions.NotAcceptable, NOT_ACCEPTABLE),
    ((BatchTooLong, RequestDataTooBig, TooLarge), TOO_LARGE),
    (exceptions.UnsupportedMediaType, MEDIA_TYPE),
)
"""Which exception is which problem. What is not named here is a fault of ours, and stays a 500."""

SPEAKING = (exceptions.ParseError, BatchTooLong, TooLarge, NotAllowed)
"""Exceptions whose own words say more than the detail of their kind."""


class ProblemFound(Exception):
    """Raised where a view itself knows which problem it met."""

    def __init__(self, kind: Kind, **errors: str) -> None:
        self.kind, self.errors = kind, errors
        super().__init__(kind.name)


def answer(exception: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """The answer to an exception raised inside a view; None hands it on to Django."""
    if is_passing(exception):
        return unavailable(problem(UNAVAILABLE))
    kind = _kind_of(exception)
    if kind is None:
        return None
    if kind.status == 403:
        trail.refused()
    response = problem(
        kind,
        detail=str(exception) if isinstance(exception, SPEAKING) else "",
        errors=list(_errors(exception)),
    )
    if header := getattr(exception, "auth_header", None):
        response.headers["WWW-Authenticate"] = header
    return response


def _kind_of(exception: Exception) -> Kind | None:
    if isinstance(exception, ProblemFound):
        return exception.kind
    return next((kind for types, kind in KINDS if isinstance(exception, types)), None)


def problem(kind: Kind, *, detail: str = "", errors: list[dict[str, str]] | None = None) -> HttpResponse:
    body = {
        "type": f"urn:onset:{kind.name}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail or kind.detail,
        "errors": errors or [],
    }
    return JsonResponse(body, status=kind.status, content_type=CONTENT_TYPE)


def _errors(exception: Exception) -> Iterator[dict[str, str]]:
    if isinstance(exception, BadCursor):
        yield {"field": "cursor", "message": str(exception)}
    elif isinstance(exception, ProblemFound):
        yield from ({"field": field, "message": said} for field, said in exception.errors.items())
    elif isinstance(exception, ValidationError):
        yield from field_errors(exception)


def field_errors(error: ValidationError) -> Iterator[dict[str, str]]:
    """The first message for each field at fault; the field is empty where it is about the whole body.

    One of an object inside the body has both names, such as keys.auth.
    """
    yield from _first_messages(cast(dict[str, Any], error.detail))


def _first_messages(detail: Mapping[str, Any], before: str = "") -> Iterator[dict[str, str]]:
    """Strict gives a list of messages for each field, and an object of these for an object."""
    for field, messages in detail.items():
        if isinstance(messages, Mapping):
            yield from _first_messages(messages, f"{before}{field}.")
        else:
            yield {"field": f"{before}{field}".rstrip("."), "message": str(messages[0])}
