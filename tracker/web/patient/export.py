"""A copy of everything, for its owner: one page that says what is in it, one button."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import Device
from tracker.actions import exports
from tracker.web.actors import for_phone
from tracker.web.downloads import attachment

from .confirm import STEPS_UP, stepped_up
from .pages import page


@for_phone(STEPS_UP)
@require_http_methods(["GET", "HEAD", "POST"])
@stepped_up
def export(request: HttpRequest, actor: Device) -> HttpResponse:
    """Say what the file holds, then hand it out."""
    if request.method != "POST":
        return page(request, "export", actor=actor, tab="you")
    return attachment(exports.take(by=actor, patient=actor.patient, now=timezone.now()))
