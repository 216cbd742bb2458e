"""Where to bring somebody who was sent to a page in between: to sign in, or to confirm who they are."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

SAFE = ("GET", "HEAD")


def way_back(request: HttpRequest) -> str:
    """The page somebody wanted; for a form that was sent, the page it stood on.

    What was typed into it is not kept: it would lie in the session, in clear.
    """
    if request.method in SAFE:
        return request.get_full_path()
    came_from = request.headers.get("Referer", "")
    is_ours = url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return (urlsplit(came_from).path if is_ours else "") or request.path


def by_way_of(page: str, request: HttpRequest, **more: str) -> HttpResponse:
    """Send somebody to a page that leads on to where they are now."""
    query = more | {REDIRECT_FIELD_NAME: way_back(request)}
    if request.method not in SAFE:
        query["unsent"] = "1"  # so that the page can say that the form has to be sent again
    return redirect(f"{page}?{urlencode(query, safe='/')}")
