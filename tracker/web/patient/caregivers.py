"""Helpers: whom the patient has named, naming one, their way in, and their end."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from tracker import trail
from tracker.access import Device, caregivers_visible_to
from tracker.actions import caregivers as actions
from tracker.actions import invitations
from tracker.domain.study_days import local_today
from tracker.domain.zones import zone_of
from tracker.queries.caregivers import CaregiverLine, State, caregivers
from tracker.web.actors import for_phone
from tracker.web.caregiver_form import CaregiverForm

from .confirm import STEPS_UP, stepped_up
from .pages import page

NAMED = _("{name} is named. Now make the code that lets {name} in.")
ENDED = _("{name} cannot open your diary any more.")


@for_phone(STEPS_UP)
@require_safe
def show(request: HttpRequest, actor: Device) -> HttpResponse:
    """Who helps, with what, and from when to when."""
    lines = caregivers(patient=actor.patient, now=timezone.now())
    return page(
        request,
        "caregivers",
        actor=actor,
        tab="you",
        helping=[line for line in lines if line.state is not State.OVER],
        over=[line for line in lines if line.state is State.OVER],
    )


@for_phone(STEPS_UP)
@require_http_methods(["GET", "HEAD", "POST"])
@stepped_up
def add(request: HttpRequest, actor: Device) -> HttpResponse:
    """Name somebody; the code for them is the next step, so that a reload names nobody twice."""
    now = timezone.now()
    form = CaregiverForm(request.POST if request.method == "POST" else None, today=_today(actor, now))
    if form.is_valid():
        try:
            named = actions.name_one(by=actor, patient=actor.patient, wanted=form.appointment(), now=now)
        except ValidationError as error:
            form.show(error)
        else:
            messages.success(request, str(NAMED).format(name=named.name))
            return redirect(f"{reverse('patient:caregiver_code')}?{urlencode({'for': named.pk})}")
    return page(
        request, "caregiver_new", actor=actor, tab="you", status=422 if form.errors else 200, form=form
    )


class WhoForm(forms.Form):
    """One of the helpers."""

    caregiver = forms.ChoiceField(
        error_messages={
            "required": _("Choose a helper."),
            "invalid_choice": _("Choose a helper of this list."),
        }
    )

    def __init__(self, lines: list[CaregiverLine], data: object = None, *, chosen: str = "") -> None:
        initial = str(lines[0].id) if len(lines) == 1 else chosen
        super().__init__(data, initial={"caregiver": initial})  # type: ignore[arg-type]  # a QueryDict
        self.lines = lines
        self.fields["caregiver"].choices = [(line.id, line.name) for line in lines]  # type: ignore[attr-defined]  # a ChoiceField


@for_phone(STEPS_UP)
@require_http_methods(["GET", "HEAD", "POST"])
@stepped_up
def code(request: HttpRequest, actor: Device) -> HttpResponse:
    """Make a helper's code and show it once; the one before it opens nothing any more."""
    now = timezone.now()
    lines = [one for one in caregivers(patient=actor.patient, now=now) if one.state is not State.OVER]
    data = request.POST if request.method == "POST" else None
    form = WhoForm(lines, data, chosen=request.GET.get("for", ""))
    if not form.is_valid():
        status = 422 if form.errors else 200
        return page(request, "caregiver_code", actor=actor, tab="you", status=status, form=form)
    who = caregivers_visible_to(actor).get(pk=form.cleaned_data["caregiver"])
    issued = invitations.issue(by=actor, patient=actor.patient, caregiver=who, now=now)
    link = request.build_absolute_uri(reverse("patient:join")) + f"#{issued.token}"
    return page(request, "caregiver_invited", actor=actor, tab="you", who=who, code=issued.code, link=link)


@for_phone(STEPS_UP)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, actor: Device, caregiver: int) -> HttpResponse:
    """Ask, then end a helper's access. Taking away needs no code: it must be easy."""
    who = caregivers_visible_to(actor).filter(pk=caregiver, ended_at=None).first()
    if who is None:
        raise Http404
    trail.saw([who.patient_id])
    if request.method != "POST":
        return page(request, "caregiver_end", actor=actor, tab="you", who=who)
    actions.end(by=actor, caregiver=who, now=timezone.now())
    messages.success(request, str(ENDED).format(name=who.name))
    return redirect("patient:caregivers")


def _today(actor: Device, now: datetime) -> date:
    return local_today(now, zone=zone_of(actor.patient.time_zone))
