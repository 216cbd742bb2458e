"""A patient who told staff that they stop taking part."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import Actor, patients_visible_to
from tracker.actions import patients
from tracker.domain.roles import Permission
from tracker.web.actors import for_staff
from tracker.web.clinic.pages import page
from tracker.web.rows import row_or_404


@for_staff(Permission.EDIT_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, actor: Actor, patient: UUID) -> HttpResponse:
    """Ask, then do what the patient's own button does."""
    who = row_or_404(patients_visible_to(actor), patient)
    if request.method != "POST":
        return page(request, actor, "withdraw", patient=who)
    patients.withdraw(by=actor, patient=who, now=timezone.now())
    messages.success(request, "Recorded: the patient takes part no more. Their phones forget the diary.")
    return redirect("clinic:patient", patient)
