"""The front door, and the two answers that a supervisor asks for."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from .actors import desk, for_everybody, phone


@for_everybody
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Bring whoever knocks to where they belong."""
    for door, page in ((desk, "clinic:worklist"), (phone, "patient:today")):
        with door(request) as actor:
            if actor:
                return redirect(page)
    return render(request, "start.html")


@for_everybody
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """The process runs."""
    return HttpResponse("ok\n", content_type="text/plain")


@for_everybody
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ready\n", content_type="text/plain")
