"""What administrators decide about their clinic."""

from __future__ import annotations

from dataclasses import fields

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import Membership
from tracker.actions import clinics
from tracker.actions.clinics import ClinicChoices
from tracker.domain.retention import LONGEST_YEARS, NOTICE
from tracker.domain.roles import Permission
from tracker.web.actors import for_staff
from tracker.web.clinic.pages import form_status, page, put_errors
from tracker.web.confirmed import recently_confirmed


class ClinicForm(forms.Form):
    phone = forms.CharField(
        label="Telephone",
        max_length=40,
        required=False,
        help_text="Patients see it wherever they are told to call.",
    )
    emergency_number = forms.CharField(
        label="Emergency number",
        max_length=20,
        help_text="What people of your country call: 911, 112. Patients tap it on “When to call”.",
    )
    on_call_phone = forms.CharField(
        label="Telephone when you are closed",
        max_length=40,
        required=False,
        help_text="Of whoever is on call. Patients see it below your own.",
    )
    on_call_hours = forms.CharField(
        label="When it is answered",
        max_length=80,
        required=False,
        help_text="In a few words: each day from 5 pm to 8 am.",
    )
    alert_email = forms.EmailField(
        label="E-mail address for signs of danger",
        required=False,
        help_text="A mail at once when a patient names a sign to call the emergency number for. It says only "
        "that somebody should sign in. Empty: the worklist alone shows it.",
    )
    keep_years = forms.IntegerField(
        label="Years that records are kept",
        min_value=0,
        max_value=LONGEST_YEARS,
        help_text=(
            "After a record’s last activity; your law says how long. What is due is listed for you "
            f"{NOTICE.days} days before it is erased. 0: nothing is erased by itself."
        ),
    )


@for_staff(Permission.EDIT_CLINIC)
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, actor: Membership) -> HttpResponse:
    clinic = actor.clinic
    known = {field.name: getattr(clinic, field.name) for field in fields(ClinicChoices)}
    form = ClinicForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            clinics.change(by=actor, choices=ClinicChoices(**form.cleaned_data), now=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, "Saved.")
            return redirect("clinic:settings")
    return page(request, actor, "settings", status=form_status(form), form=form)
