"""The diary from the clinic's side: entering a day for a patient, and believing a clock."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from tracker.access import Actor, injections_visible_to
from tracker.actions import diary
from tracker.actions.diary import NotAcceptable, Outcome
from tracker.domain.roles import Permission
from tracker.domain.sync import Change, Verdict
from tracker.domain.track import Timing
from tracker.queries.patient_record import current_entry
from tracker.web.actors import for_staff
from tracker.web.clinic.forms import DiaryDayForm
from tracker.web.clinic.pages import small_form
from tracker.web.rows import row_or_404


@for_staff(Permission.EDIT_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_day(request: HttpRequest, actor: Actor, injection: UUID) -> HttpResponse:
    """One diary day, told to staff or copied from paper; it replaces what stands for that day."""
    it = row_or_404(injections_visible_to(actor).select_related("patient"), injection)
    form = DiaryDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and form.may_replace(_standing(form, actor, it.patient)):
        now = timezone.now()
        [outcome] = diary.record(
            by=actor,
            patient=it.patient,
            changes=[_change(form, now)],
            now=now,
            source=form.cleaned_data["source"],
        )
        if outcome.verdict != Verdict.INVALID:
            messages.success(request, _confirmation(outcome))
            return redirect("clinic:injection", injection)
        form.add_error(outcome.field if outcome.field in form.fields else None, outcome.problem)
    return small_form(request, actor, form, injection, title="Enter a diary day")


def _standing(form: DiaryDayForm, actor: Actor, patient: Any) -> UUID | None:
    return current_entry(actor=actor, patient=patient.public_id, on=form.cleaned_data["day"])


def _change(form: DiaryDayForm, now: datetime) -> Change:
    said = form.cleaned_data
    return Change(
        client_id=said["client_id"],
        day=said["day"],
        pain=said["pain"],
        soreness=said["soreness"],
        entered_at=now,
        replaces=said["replaces"],
    )


def _confirmation(outcome: Outcome) -> str:
    saved = f"Saved for {outcome.describes_on:%A} {outcome.describes_on.day} {outcome.describes_on:%B}."
    if outcome.entry is None or Timing(outcome.entry.timing).is_scored:
        return saved
    return f"{saved} It was entered too late to be scored: it is shown as recalled."


@for_staff(Permission.ACCEPT_ENTRIES)
@require_POST
def accept(request: HttpRequest, actor: Actor, injection: UUID, entry: UUID) -> HttpResponse:
    """Believe an entry whose clock was uncertain: from now on it is scored."""
    it = row_or_404(injections_visible_to(actor).select_related("patient"), injection)
    doubted: Any = get_object_or_404(it.patient.entries, client_id=entry, timing=Timing.UNCERTAIN)
    try:
        diary.accept(by=actor, entry=doubted, now=timezone.now())
    except NotAcceptable as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Accepted: the entry is scored from now on.")
    return redirect("clinic:injection", injection)
