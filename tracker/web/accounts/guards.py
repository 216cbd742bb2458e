"""Who may open a page of the account area. tracker.web.accounts.second_factor reads the audience."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from tracker.web.way_back import by_way_of

View = Callable[..., HttpResponse]

STAFF = "staff"
"""Whoever is signed in, about their own account."""

ENROLLING = "enrolling"
"""The same, also before a second factor is set up: it takes these pages to set one up."""

ENTRANCE = "entrance"
"""The way in and out: open to everybody, whether signed in, half or not at all."""


def is_signed_in(request: HttpRequest) -> bool:
    """Whether staff ask. Without its cookie there is no session to look at: a phone has none, and what it
    keeps of the product must not vary by a cookie."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


def for_account(view: View, *, audience: str = STAFF) -> View:
    """Hands the view whoever is signed in as `user`; anybody else is asked to sign in first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return by_way_of(resolve_url(settings.LOGIN_URL), request)
        return view(request, request.user, *args, **kwargs)

    return marked(guarded, audience)


def while_enrolling(view: View) -> View:
    return for_account(view, audience=ENROLLING)


def marked(view: View, audience: str) -> View:
    """Says for whom a page is that asks by itself who is signed in."""
    view.audience = audience  # type: ignore[attr-defined]  # for the middleware and tests/contracts
    return view
