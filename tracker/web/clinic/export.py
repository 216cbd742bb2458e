"""A patient's whole record as a file, for the clinic: for the patient who asks, or another clinic."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import Actor, patients_visible_to
from tracker.actions import exports
from tracker.domain.roles import Permission
from tracker.web.actors import for_staff
from tracker.web.clinic.pages import page
from tracker.web.confirmed import recently_confirmed
from tracker.web.downloads import attachment
from tracker.web.rows import row_or_404


@for_staff(Permission.EXPORT_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
@recently_confirmed
def export(request: HttpRequest, actor: Actor, patient: UUID) -> HttpResponse:
    """Say what the file holds, then hand it out."""
    who = row_or_404(patients_visible_to(actor), patient)
    if request.method != "POST":
        return page(request, actor, "export", patient=who)
    return attachment(exports.take(by=actor, patient=who, now=timezone.now()))
