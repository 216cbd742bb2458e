"""Restricted records: who may open one, and how somebody else gets in when it has to be."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tracker.access import Membership, can, patients_closed_to, patients_visible_to
from tracker.actions import care_team
from tracker.actions.care_team import LONGEST_REASON
from tracker.domain.roles import Permission
from tracker.domain.zones import zone_of
from tracker.queries import restricted
from tracker.queries.patient_record import PatientRecord
from tracker.queries.restricted import Colleague, NotClosed, closed_record, closed_records
from tracker.web.actors import for_staff
from tracker.web.clinic.pages import form_status, page, put_errors
from tracker.web.confirmed import recently_confirmed
from tracker.web.rows import row_or_404


class EmergencyForm(forms.Form):
    reason = forms.CharField(
        label="Why it cannot wait",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CareTeamForm(forms.Form):
    is_restricted = forms.ChoiceField(
        label="Who may open this record",
        choices=[("", "All staff of the clinic"), ("1", "Only the people ticked below")],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, colleagues: tuple[Colleague, ...], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["team"] = forms.TypedMultipleChoiceField(
            label="Care team",
            required=False,
            coerce=int,
            choices=[(one.id, f"{one.name}, {one.role.label.lower()}") for one in colleagues],
            widget=forms.CheckboxSelectMultiple,
        )

    def said(self) -> dict[str, Any]:
        return self.cleaned_data | {"is_restricted": bool(self.cleaned_data["is_restricted"])}


@for_staff(Permission.BREAK_GLASS)
@require_safe
def show(request: HttpRequest, actor: Membership) -> HttpResponse:
    """The records that are closed to somebody, without names."""
    return page(request, actor, "restricted", records=closed_records(actor=actor))


@for_staff(Permission.BREAK_GLASS)
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def emergency(request: HttpRequest, actor: Membership, patient: UUID) -> HttpResponse:
    """Open a closed record, with a reason, for a few hours."""
    try:
        who, record = closed_record(actor=actor, patient=patient)
    except NotClosed:
        if patients_visible_to(actor).filter(public_id=patient).exists():
            return redirect("clinic:patient", patient)
        raise Http404 from None
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            care_team.open_in_emergency(by=actor, patient=who, **form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            return redirect("clinic:patient", patient)
    return page(request, actor, "emergency", status=form_status(form), form=form, record=record)


@for_staff(Permission.RESTRICT_PATIENTS)
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def arrange(request: HttpRequest, actor: Membership, patient: UUID) -> HttpResponse:
    """Who may open a record: all staff, or its care team."""
    who = row_or_404(patients_visible_to(actor), patient)
    colleagues = restricted.care_team(patient=who)
    ticked = [one.id for one in colleagues if one.is_in] or [actor.pk]
    known = {"is_restricted": "1" if who.is_restricted else "", "team": ticked}
    form = CareTeamForm(request.POST or None, colleagues=colleagues, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            care_team.arrange(by=actor, patient=who, **form.said(), now=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, "Saved.")
            still = patients_visible_to(actor).filter(pk=who.pk).exists()
            return redirect("clinic:patient", patient) if still else redirect("clinic:worklist")
    return page(request, actor, "care_team", status=form_status(form), form=form, patient=who)


def way_in(actor: Membership, *, patient: UUID | None = None, injection: UUID | None = None) -> HttpResponse:
    """Where somebody is led who asked for a record that is closed. Raises Http404 for every other one."""
    wanted = {"public_id": patient} if patient else {"injections__public_id": injection}
    closed = patients_closed_to(actor).filter(**wanted).values_list("public_id", flat=True).first()
    if closed is None or not can(actor, Permission.BREAK_GLASS):
        raise Http404
    return redirect("clinic:emergency", closed)


def emergency_words(actor: Membership, record: PatientRecord) -> str:
    """Until when a record is open that somebody opened in an emergency, by the clinic's clock; else empty."""
    if not record.is_restricted:
        return ""
    until = restricted.emergency_until(actor=actor, patient=record.public_id, now=timezone.now())
    return f"{until.astimezone(zone_of(actor.clinic.time_zone)):%H:%M}" if until else ""
