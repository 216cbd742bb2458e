"""Erasing a record for good, and the list of those that will erase themselves."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.access import Membership, patients_visible_to
from tracker.actions import erasure
from tracker.domain.retention import NOTICE, ErasureReason, TooEarly
from tracker.domain.roles import Permission
from tracker.queries.erasure import due_records, erasure_sheet
from tracker.web.actors import for_staff
from tracker.web.clinic.pages import form_status, page, put_errors
from tracker.web.confirmed import recently_confirmed
from tracker.web.rows import row_or_404


class EraseForm(forms.Form):
    reason = forms.TypedChoiceField(
        label="Why",
        choices=[("", "Choose"), *((reason.value, reason.label) for reason in ErasureReason)],
        coerce=ErasureReason,
        error_messages={"required": "Choose why: the reason is kept in the audit trail."},
    )
    family_name = forms.CharField(
        label="The family name on the record",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="Type it, so that nobody is erased by mistake.",
        error_messages={"required": "Type the family name as it stands above."},
    )


@for_staff(Permission.ERASE_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
@recently_confirmed
def erase(request: HttpRequest, actor: Membership, patient: UUID) -> HttpResponse:
    """Show what goes and what stays, then erase."""
    who = row_or_404(patients_visible_to(actor).select_related("clinic"), patient)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            number = erasure.erase(by=actor, patient=who, **form.cleaned_data, now=timezone.now())
        except TooEarly as error:
            form.add_error("reason", str(error))
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, f"The record is erased. The audit trail calls it patient {number}.")
            return redirect("clinic:worklist")
    sheet = erasure_sheet(patient=who, now=timezone.now())
    return page(request, actor, "erase", status=form_status(form), patient=who, sheet=sheet, form=form)


@for_staff(Permission.ERASE_PATIENTS)
@require_safe
def due(request: HttpRequest, actor: Membership) -> HttpResponse:
    """Which records erase themselves within the next weeks."""
    found = due_records(member=actor, now=timezone.now())
    return page(request, actor, "due", due=found, days=NOTICE.days)


@for_staff(Permission.ERASE_PATIENTS)
@require_POST
@recently_confirmed
def keep_longer(request: HttpRequest, actor: Membership, patient: UUID) -> HttpResponse:
    """Put one of them off for a year."""
    who = row_or_404(patients_visible_to(actor), patient)
    until = erasure.keep_longer(by=actor, patient=who, now=timezone.now())
    messages.success(request, f"{who.full_name} is kept until {until.day} {until:%B %Y}.")
    return redirect("clinic:erasures_due")
