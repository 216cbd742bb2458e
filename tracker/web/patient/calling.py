"""When to call: readable by anybody, one tap away from every patient's page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tracker.content.calling import CALLING
from tracker.content.languages import in_language
from tracker.web.actors import device_of, for_everybody

from .pages import page


@for_everybody
@require_safe
def call(request: HttpRequest) -> HttpResponse:
    """The warning signs; with a device also the clinic's telephone."""
    actor = device_of(request)
    language = actor.patient.language if actor else "en"
    return page(request, "call", actor=actor, tab="call", calling=in_language(CALLING, language))
