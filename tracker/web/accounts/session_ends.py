"""A session of staff ends: after 15 minutes without use, after 12 hours in any case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import resolve_url
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tracker import trail
from tracker.actions import sign_ins
from tracker.domain.roles import Permission
from tracker.queries.staff_sessions import clock_of
from tracker.web.accounts.guards import ENROLLING, ENTRANCE, STAFF, is_signed_in, marked
from tracker.web.accounts.session_clock import note_use, time_left
from tracker.web.callers import network_of
from tracker.web.way_back import by_way_of


class SessionEnds:
    """Signs out whoever was away for too long, and notes that a session is used.

    A view marked `is_background` is asked by a script and not by a person: it keeps no session alive.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        # What happens to an account stands in the audit trail with the request it came by.
        with trail.opened(request_id=request.request_id, network=network_of(request)):
            self._end_if_over(request)
            return self.get_response(request)

    def _end_if_over(self, request: Any) -> None:
        now = timezone.now()
        is_staff = is_signed_in(request)
        request.ended = clock_of(request.session, now).over(now.timestamp()) if is_staff else None
        if request.ended:
            event = sign_ins.Event.TIMED_OUT
            sign_ins.record(user_id=request.user.pk, event=event, now=now, why=request.ended)
            logout(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        is_api = "api" in request.resolver_match.namespaces  # which says "signed out" in its own words
        audience = getattr(view, "audience", None)
        is_for_staff = audience in (STAFF, ENROLLING) or isinstance(audience, Permission)
        if request.ended and is_for_staff and not is_api:
            return by_way_of(resolve_url(settings.LOGIN_URL), request, ended=request.ended)
        if is_signed_in(request) and not getattr(view, "is_background", False):
            note_use(request.session)
            request.time_left = time_left(request)  # for account/clock.html
        return None


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """How long the session lasts, as a script asks before it warns: another tab may have moved its end."""
    return JsonResponse(time_left(request))


marked(left, ENTRANCE).is_background = True  # type: ignore[attr-defined]  # for SessionEnds


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody is there: the session goes on."""
    return JsonResponse(time_left(request))


marked(stay, ENTRANCE)
