"""Caregivers from the clinic's side: who helps a patient, and naming one for somebody who cannot."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.access import Actor, caregivers_visible_to, patients_visible_to
from tracker.actions import caregivers as actions
from tracker.domain.roles import Permission
from tracker.domain.study_days import local_today
from tracker.domain.zones import zone_of
from tracker.queries.caregivers import State, caregivers
from tracker.web.actors import for_staff
from tracker.web.caregiver_form import CaregiverFormForStaff
from tracker.web.clinic.enrolling import hand_over
from tracker.web.clinic.pages import form_status, page
from tracker.web.confirmed import recently_confirmed
from tracker.web.rows import row_or_404


@for_staff(Permission.SEE_PATIENTS)
@require_safe
def show(request: HttpRequest, actor: Actor, patient: UUID) -> HttpResponse:
    """Who helps, with what, from when to when, and who agreed."""
    who = row_or_404(patients_visible_to(actor), patient)
    lines = caregivers(patient=who, now=timezone.now())
    return page(
        request,
        actor,
        "caregivers",
        patient=who,
        helping=[line for line in lines if line.state is not State.OVER],
        over=[line for line in lines if line.state is State.OVER],
    )


@for_staff(Permission.MANAGE_CAREGIVERS)
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, actor: Actor, patient: UUID) -> HttpResponse:
    """Name somebody for a patient who cannot do it, and say why; the code is the next step."""
    who, now = row_or_404(patients_visible_to(actor), patient), timezone.now()
    form = CaregiverFormForStaff(request.POST or None, today=_today(who, now))
    if request.method == "POST" and form.is_valid():
        try:
            named = actions.name_one(by=actor, patient=who, wanted=form.appointment(), now=now)
        except ValidationError as error:
            form.show(error)
        else:
            messages.success(request, f"{named.name} is named. Now make the code that lets them in.")
            return redirect("clinic:caregivers", patient)
    return page(request, actor, "caregiver_new", status=form_status(form), form=form, patient=who)


@for_staff(Permission.MANAGE_CAREGIVERS)
@require_POST
def invite(request: HttpRequest, actor: Actor, patient: UUID, caregiver: int) -> HttpResponse:
    """Make a caregiver's code and show it once; the one before it opens nothing any more."""
    who = row_or_404(patients_visible_to(actor), patient)
    helper = _caregiver_or_404(actor, who, caregiver)
    return hand_over(request, actor, who, caregiver=helper)


@for_staff(Permission.MANAGE_CAREGIVERS)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, actor: Actor, patient: UUID, caregiver: int) -> HttpResponse:
    """Ask, then end a caregiver's access: it acts at once."""
    who = row_or_404(patients_visible_to(actor), patient)
    helper = _caregiver_or_404(actor, who, caregiver)
    if request.method != "POST":
        return page(request, actor, "caregiver_end", patient=who, caregiver=helper)
    actions.end(by=actor, caregiver=helper, now=timezone.now())
    messages.success(request, f"{helper.name} cannot open the diary any more.")
    return redirect("clinic:caregivers", patient)


def _caregiver_or_404(actor: Actor, patient: Any, caregiver: int) -> Any:
    """One who is not ended, of this patient."""
    found = caregivers_visible_to(actor).filter(pk=caregiver, patient=patient, ended_at=None).first()
    if found is None:
        raise Http404
    return found


def _today(patient: Any, now: datetime) -> Any:
    return local_today(now, zone=zone_of(patient.time_zone))
