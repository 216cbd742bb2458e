""" "Right now" on the day of the injection: when it was, before it, and at the checkpoints after it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import Device
from tracker.actions import responses
from tracker.domain.roles import Permission
from tracker.domain.sync import Verdict
from tracker.domain.zones import zone_of
from tracker.queries import right_now as queries
from tracker.web.actors import for_phone
from tracker.web.failures import STORAGE_FAILURES, is_passing, unavailable

from .forms import STALE
from .now_forms import RightNowForm, StartForm
from .pages import TRY_AGAIN, page


@for_phone(Permission.LOG_OWN_DIARY)
@require_http_methods(["GET", "HEAD", "POST"])
def right_now(request: HttpRequest, actor: Device) -> HttpResponse:
    """Say when the injection was, give a score for a moment of today, or again; on any other day say so."""
    now = timezone.now()
    offered = queries.right_now(reader=actor, now=now)
    if offered is None:
        return page(request, "now_over", actor=actor, tab="today", status=404)
    language = actor.patient.language
    data = request.POST if request.method == "POST" else None
    is_start = data is not None and "at" in data
    start = StartForm(
        offered,
        language=language,
        now=now,
        zone=zone_of(actor.patient.time_zone),
        data=data if is_start else None,
    )
    form = RightNowForm(offered, language=language, data=None if is_start else data)
    sent = start if is_start else form
    if sent.is_valid():
        try:
            (outcome,) = responses.record(
                by=actor, patient=actor.patient, changes=[sent.change(now=now)], now=now
            )
        except STORAGE_FAILURES as error:
            if not is_passing(error):
                raise
            sent.add_error(None, TRY_AGAIN)
            return unavailable(_form_page(request, actor, form, start))
        if outcome.verdict is not Verdict.ID_REUSED:
            return redirect("patient:now")
        sent.add_error(None, STALE)  # gone back to, and something else chosen: nothing is dropped unsaid
    return _form_page(request, actor, form, start, status=422 if sent.is_bound else 200)


def _form_page(
    request: HttpRequest, actor: Device, form: RightNowForm, start: StartForm, *, status: int = 200
) -> HttpResponse:
    texts = form.texts.hours
    return page(request, "now", actor=actor, tab="today", status=status, form=form, start=start, hours=texts)
