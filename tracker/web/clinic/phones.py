"""A patient's phones from the clinic's side: ending one that was lost, and a consent given on paper."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import Actor, patients_visible_to
from tracker.actions import consents, devices
from tracker.content.consent import CONSENT
from tracker.content.languages import in_language
from tracker.domain.consent import CURRENT
from tracker.domain.roles import Permission
from tracker.queries import phones as queries
from tracker.queries.phones import NoPhone
from tracker.web.actors import for_staff
from tracker.web.clinic.pages import page
from tracker.web.confirmed import recently_confirmed
from tracker.web.rows import row_or_404


@for_staff(Permission.INVITE_PATIENTS)
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, actor: Actor, patient: UUID, phone: int) -> HttpResponse:
    """Ask, then end it: at its next contact it is signed out and told to forget."""
    who = row_or_404(patients_visible_to(actor), patient)
    try:
        device = queries.phone_of(patient=who, phone=phone)
    except NoPhone:
        raise Http404 from None
    if request.method != "POST":
        return page(request, actor, "phone_end", patient=who, device=device)
    devices.end(by=actor, device=device, now=timezone.now())
    messages.success(request, f"“{device.name}” cannot open the diary any more.")
    return redirect("clinic:patient", patient)


@for_staff(Permission.EDIT_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, actor: Actor, patient: UUID) -> HttpResponse:
    """Record that a patient agreed on paper, for those who have no phone of their own."""
    who = row_or_404(patients_visible_to(actor), patient)
    language = who.language if who.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    text = in_language(CONSENT[CURRENT], language)
    if request.method != "POST":
        shown = text.of_clinic(actor.clinic.name, keep_years=actor.clinic.keep_years)
        return page(request, actor, "consent", patient=who, text=shown, spoken=language)
    consents.give(by=actor, patient=who, version=text.version, language=language, now=timezone.now())
    messages.success(request, "The consent is on record.")
    return redirect("clinic:patient", patient)
