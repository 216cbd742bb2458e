""" "Right now" on the day of the injection: before it, and at the checkpoints after it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import Device
from tracker.actions import readings
from tracker.domain.track import Source
from tracker.queries import right_now as queries
from tracker.web.actors import for_patient
from tracker.web.failures import STORAGE_FAILURES, is_passing, unavailable

from .forms import RightNowForm
from .pages import TRY_AGAIN, page


@for_patient
@require_http_methods(["GET", "HEAD", "POST"])
def right_now(request: HttpRequest, actor: Device) -> HttpResponse:
    """Give a score for a moment of today, or give it again; on any other day say so."""
    now = timezone.now()
    offered = queries.right_now(patient=actor.patient, now=now)
    if offered is None:
        return page(request, "now_over", actor=actor, tab="today", status=404)
    data = request.POST if request.method == "POST" else None
    form = RightNowForm(offered, language=actor.patient.language, data=data)
    if form.is_valid():
        try:
            readings.record(
                by=actor,
                injection=offered.injection,
                minutes=form.minutes[form.cleaned_data["moment"]],
                pain=form.cleaned_data["pain"],
                now=now,
                source=Source.PATIENT,
            )
        except STORAGE_FAILURES as error:
            if not is_passing(error):
                raise
            form.add_error(None, TRY_AGAIN)
            return unavailable(_form_page(request, actor, form))
        return redirect("patient:now")
    return _form_page(request, actor, form, status=422 if form.is_bound else 200)


def _form_page(request: HttpRequest, actor: Device, form: RightNowForm, *, status: int = 200) -> HttpResponse:
    return page(request, "now", actor=actor, tab="today", status=status, form=form)
