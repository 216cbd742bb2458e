"""A second wall against forged requests, before any view: what changes something comes from our own pages."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.csrf import csrf_failure

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}


class OwnPagesOnly:
    """Refuses a request that changes something where the browser says that another site sent it.

    Programs that are no browser say nothing of it; they are held by the CSRF token alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE or is_ours(request):
            return self.get_response(request)
        return csrf_failure(request)


def is_ours(request: HttpRequest) -> bool:
    """Whether the headers that no script can set leave it open that one of our pages sent this."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site not in (None, "same-origin", "none"):  # none: the reader's own doing, such as a reload
        return False
    return origin in (None, f"{request.scheme}://{request.get_host()}")
