"""When to call: readable by anybody, one tap away from every patient's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tracker.web.actors import for_everybody, phone

from .pages import calling_of, page


@for_everybody
@require_safe
def call(request: HttpRequest) -> HttpResponse:
    """The warning signs; with a device also the clinic's telephone."""
    with phone(request) as actor:
        return page(request, "call", actor=actor, tab="call", calling=calling_of(actor))
