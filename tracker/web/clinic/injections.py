"""An injection's pages: adding, changing, its readings, its baseline, and its inputs as a file."""

from __future__ import annotations

from dataclasses import fields
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tracker.access import Actor, Membership, injections_visible_to, patients_visible_to
from tracker.actions import injections, readings
from tracker.actions.injections import InjectionRecord, MovesBeyondEntries
from tracker.domain.procedure import Status
from tracker.domain.roles import Permission, Role
from tracker.domain.study_days import local_today
from tracker.domain.track import Source
from tracker.domain.zones import zone_of
from tracker.queries.charts import NoChart
from tracker.queries.injection_sheet import case_of, protocol_words
from tracker.queries.protocols import offered
from tracker.web.actors import for_staff
from tracker.web.clinic.forms import BaselineForm, ReadingForm
from tracker.web.clinic.injection_forms import AGENTS, LEVELS, AgentRows, InjectionForm, agents_in
from tracker.web.clinic.pages import form_status, page, put_errors, small_form
from tracker.web.clinic.words import moved
from tracker.web.rows import row_or_404


@for_staff(Permission.EDIT_INJECTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, actor: Actor, patient: UUID) -> HttpResponse:
    who = row_or_404(patients_visible_to(actor), patient)
    form = InjectionForm(request.POST or None, initial=usual(actor, zone_of(who.time_zone)))
    form.offer_protocols(offered())
    rows = AgentRows(request.POST or None, prefix="agents")
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        try:
            added = injections.add(
                by=actor,
                patient=who,
                record=form.record(),
                agents=agents_in(rows),
                now=timezone.now(),
                protocol=form.cleaned_data["protocol"],
            )
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, "Injection saved.")
            return redirect("clinic:injection", added.public_id)
    back = reverse("clinic:patient", args=[patient])
    return _form_page(request, actor, form, rows, title=f"Injection for {who.full_name}", back=back)


@for_staff(Permission.EDIT_INJECTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, actor: Actor, injection: UUID) -> HttpResponse:
    it = row_or_404(injections_visible_to(actor).select_related("patient"), injection)
    known = {field.name: getattr(it, field.name) for field in fields(InjectionRecord)}
    agents = [{"name": one.name, "dose_mg": one.dose_mg, "lot": one.lot} for one in it.agents.order_by("id")]
    form = InjectionForm(request.POST or None, initial=known)
    form.offer_protocols(offered(), pinned=protocol_words(it))
    rows = AgentRows(request.POST or None, initial=agents, prefix="agents")
    asks_to_move = False
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        try:
            moved_days = injections.change(
                by=actor,
                injection=it,
                record=form.record(),
                agents=agents_in(rows),
                now=timezone.now(),
                move_anyway=form.cleaned_data["move_anyway"],
                protocol=form.cleaned_data["protocol"],
            )
        except ValidationError as error:
            put_errors(form, error)
        except MovesBeyondEntries as error:
            asks_to_move = True
            form.add_error(None, str(error))
        else:
            messages.success(request, moved(moved_days) if moved_days else "Injection saved.")
            return redirect("clinic:injection", injection)
    return _form_page(
        request,
        actor,
        form,
        rows,
        title=f"Injection of {it.patient.full_name}",
        back=reverse("clinic:injection", args=[injection]),
        asks_to_move=asks_to_move,
    )


def usual(actor: Actor, zone: ZoneInfo) -> dict[str, object]:
    """What most injections of a clinic are, so that a busy nurse changes little."""
    operator = actor.user.name if isinstance(actor, Membership) and actor.role == Role.CLINICIAN else ""
    return {
        "status": Status.SCHEDULED,
        "injected_on": local_today(timezone.now(), zone),
        "contrast": True,
        "level": "C7-T1",
        "operator": operator,
    }


def _form_page(
    request: HttpRequest, actor: Actor, form: InjectionForm, rows: object, **more: object
) -> HttpResponse:
    return page(
        request,
        actor,
        "injection_form",
        status=form_status(form),
        form=form,
        rows=rows,
        levels=LEVELS,
        agents=AGENTS,
        **more,
    )


@for_staff(Permission.EDIT_INJECTIONS)
@require_http_methods(["GET", "HEAD", "POST"])
def add_reading(request: HttpRequest, actor: Actor, injection: UUID) -> HttpResponse:
    """A "right now" score of day 0, told to staff."""
    it = row_or_404(injections_visible_to(actor), injection)
    form = ReadingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            readings.record(
                by=actor, injection=it, **form.cleaned_data, now=timezone.now(), source=Source.STAFF
            )
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, "Reading saved.")
            return redirect("clinic:injection", injection)
    return small_form(request, actor, form, injection, title="Pain right now, on the day of the injection")


@for_staff(Permission.CORRECT_BASELINE)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_baseline(request: HttpRequest, actor: Actor, injection: UUID) -> HttpResponse:
    """Rule 1: a frozen baseline is changed by a clinician only, with a reason."""
    it = row_or_404(injections_visible_to(actor), injection)
    known = {"baseline": it.baseline_override, "reason": it.baseline_reason}
    form = BaselineForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            injections.correct_baseline(by=actor, injection=it, **form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, "Baseline saved: everything was computed again.")
            return redirect("clinic:injection", injection)
    return small_form(request, actor, form, injection, title="Correct the baseline")


@for_staff(Permission.SEE_PATIENTS)
@require_safe
def case(request: HttpRequest, actor: Actor, injection: UUID) -> HttpResponse:
    """The inputs of the assessment, for `manage.py assess`; the file is named by the record alone."""
    try:
        inputs = case_of(actor=actor, injection=injection)
    except NoChart:
        raise Http404 from None
    answer = JsonResponse([inputs], safe=False, json_dumps_params={"indent": 1})
    answer.headers["Content-Disposition"] = f'attachment; filename="case-{injection}.json"'
    return answer
