"""Nobody of the staff works with a password alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from tracker.queries import staff_account
from tracker.web.accounts.guards import ENROLLING, ENTRANCE, is_signed_in


class SecondFactorFirst:
    """Leads whoever is signed in without a second factor to setting one up, whatever they asked for.

    Every page that does not say otherwise is shut. The API refuses by itself, in its own words
    (tracker.api.authentication), and asks `request.must_enrol`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.must_enrol = is_signed_in(request) and staff_account.must_enrol(request.user)
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        is_open = not request.must_enrol or getattr(view, "audience", None) in (ENROLLING, ENTRANCE)
        if is_open or "api" in request.resolver_match.namespaces:
            return None
        return redirect("account_enrol")
