"""How a patient shows who they are: the address they told staff, and a code that is read out to a caller."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import Device, Membership, patients_visible_to
from tracker.actions import confirmations, contact
from tracker.domain.roles import Permission
from tracker.queries.contact import own_phones
from tracker.web.actors import for_staff
from tracker.web.clinic.pages import form_status, page, put_errors
from tracker.web.confirmed import recently_confirmed
from tracker.web.rows import row_or_404


class AddressForm(forms.Form):
    email = forms.CharField(
        label="E-mail address",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text="As the patient told you. It counts once they have typed a code that went there; until "
        "then, and where it is left empty, codes come from you.",
    )


@for_staff(Permission.EDIT_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, actor: Membership, patient: UUID) -> HttpResponse:
    """Write down a patient's address, or take it away."""
    who = row_or_404(patients_visible_to(actor), patient)
    form = AddressForm(request.POST if request.method == "POST" else None, initial={"email": who.email})
    if form.is_valid():
        try:
            contact.enter(by=actor, patient=who, email=form.cleaned_data["email"], now=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            messages.success(request, "Saved.")
            return redirect("clinic:patient", patient)
    return page(
        request,
        actor,
        "small_form",
        status=form_status(form),
        form=form,
        title=f"E-mail of {who.full_name}",
        back=reverse("clinic:patient", args=[patient]),
    )


class PhoneForm(forms.Form):
    """For which of the patient's own phones a code is."""

    phone = forms.TypedChoiceField(
        coerce=int,
        error_messages={"required": "Choose the phone.", "invalid_choice": "Choose one of these phones."},
    )

    def __init__(self, phones: tuple[Device, ...], data: object = None) -> None:
        super().__init__(data, initial={"phone": phones[0].pk if len(phones) == 1 else ""})  # type: ignore[arg-type]  # a QueryDict
        self.phones = {phone.pk: phone for phone in phones}
        self.fields["phone"].choices = [(pk, phone.name) for pk, phone in self.phones.items()]  # type: ignore[attr-defined]  # a ChoiceField


@for_staff(Permission.INVITE_PATIENTS)
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def read_out(request: HttpRequest, actor: Membership, patient: UUID) -> HttpResponse:
    """Make a code for a patient who calls, once staff know who it is, and show it once."""
    who, now = row_or_404(patients_visible_to(actor), patient), timezone.now()
    form = PhoneForm(own_phones(patient=who, now=now), request.POST if request.method == "POST" else None)
    code = ""
    if form.is_valid():
        device = form.phones[form.cleaned_data["phone"]]
        code = confirmations.issue_by_clinic(by=actor, device=device, now=now)
    return page(request, actor, "code", status=422 if form.errors else 200, form=form, patient=who, code=code)
