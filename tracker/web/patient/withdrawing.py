"""Taking part no more: one page that says what happens, one button, no code and no reason asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import Device
from tracker.actions import patients
from tracker.web.actors import for_phone, forget
from tracker.web.calling_words import emergency

from .confirm import STEPS_UP
from .pages import page


@for_phone(STEPS_UP)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, actor: Device) -> HttpResponse:
    """Ask, then take the patient's yes back and let this phone forget."""
    if request.method != "POST":
        return page(request, "withdraw", actor=actor, tab="you")
    patients.withdraw(by=actor, patient=actor.patient, now=timezone.now())
    place = actor.patient.clinic
    number = emergency(place.emergency_number)
    withdrawn = page(request, "withdrawn", actor=None, place=place, emergency=number)
    return forget(withdrawn, was_borrowed=actor.is_borrowed)
