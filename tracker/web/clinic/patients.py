"""A patient's pages: adding one, correcting one, the record, and the way in for their phone."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tracker.access import Actor, Membership, patients_visible_to
from tracker.actions import patients
from tracker.content.staff import FASTER_SOURCE, FASTER_THAN_LEAFLET, LEVELS
from tracker.domain.roles import Permission
from tracker.queries.patient_record import NoRecord, patient_record
from tracker.queries.phones import phones_of
from tracker.web.actors import for_staff
from tracker.web.clinic.alerts import answers_context
from tracker.web.clinic.forms import CorrectPatientForm, DiaryDayForm, PatientForm, ReadingForm
from tracker.web.clinic.pages import form_status, page, put_errors
from tracker.web.clinic.record_rows import day_rows, reading_rows
from tracker.web.clinic.restricted import emergency_words, way_in
from tracker.web.clinic.words import standing
from tracker.web.rows import row_or_404

KNOWN = ("given_name", "family_name", "born_on", "record_number", "language")


@for_staff(Permission.EDIT_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The first of two short steps; the second is the injection."""
    form = PatientForm(request.POST or None, initial={"time_zone": actor.clinic.time_zone})
    if request.method == "POST" and form.is_valid():
        try:
            patient = patients.add(by=actor, record=form.record(), now=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, "Patient added. Now the injection; it can also wait.")
            return redirect("clinic:injection_new", patient.public_id)
    return page(request, actor, "patient_new", status=form_status(form), form=form)


@for_staff(Permission.EDIT_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, actor: Actor, patient: UUID) -> HttpResponse:
    who = row_or_404(patients_visible_to(actor), patient)
    known = {name: getattr(who, name) for name in KNOWN}
    form = CorrectPatientForm(request.POST or None, initial=known, time_zone=who.time_zone)
    if request.method == "POST" and form.is_valid():
        try:
            patients.correct(by=actor, patient=who, record=form.record(), now=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, "Saved.")
            return redirect("clinic:patient", patient)
    back = reverse("clinic:patient", args=[patient])
    return page(request, actor, "patient_edit", status=form_status(form), form=form, back=back)


@for_staff(Permission.SEE_PATIENTS)
@require_safe
def record(request: HttpRequest, actor: Membership, patient: UUID) -> HttpResponse:
    """The patient with the injection that the worklist shows."""
    return _record(request, actor, patient=patient)


@for_staff(Permission.SEE_PATIENTS)
@require_safe
def injection_record(request: HttpRequest, actor: Membership, injection: UUID) -> HttpResponse:
    """The patient with one of their injections."""
    return _record(request, actor, injection=injection)


def _record(request: HttpRequest, actor: Membership, **wanted: UUID) -> HttpResponse:
    try:
        found = patient_record(actor=actor, now=timezone.now(), **wanted)
    except NoRecord:
        return way_in(actor, **wanted)
    sheet = found.sheet
    return page(
        request,
        actor,
        "record",
        record=found,
        sheet=sheet,
        stands=standing(sheet.day) if sheet else "",
        level_word=LEVELS[sheet.verdict.attention] if sheet and sheet.verdict else "",
        level=sheet.verdict.attention.name.lower() if sheet and sheet.verdict else "",
        readings=reading_rows(sheet.hours.readings) if sheet else [],
        days=day_rows(found),
        **answers_context(found.answers, clinic=actor.clinic),
        phones=phones_of(patient=found.public_id, now=timezone.now()),
        emergency_until=emergency_words(actor, found),
        faster=FASTER_THAN_LEAFLET,
        faster_source=FASTER_SOURCE,
        reading_form=ReadingForm(auto_id="reading_%s"),
        day_form=DiaryDayForm(auto_id="entry_%s", initial={"day": found.today}),
    )
