"""Where a one-time link leads: a member of staff sets a password, and is signed in.

The link's secret stands behind "#" and reaches us in a form only, so that no log and no preview has it.
Looking uses nothing up; setting the password does.
"""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tracker.actions import staff_links
from tracker.actions.staff_links import Glimpse, LinkOver

UNPROCESSABLE = 422


class WelcomeForm(forms.Form):
    """`token` travels with the form."""

    token = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(
        label="Your name", max_length=120, help_text="Patients and colleagues read it beside what you did."
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


@sensitive_post_parameters("password", "token")
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Ask for the link, then show whose it is, then sign its holder in."""
    if request.method != "POST":
        return render(request, "account/welcome.html")
    token = request.POST.get("token", "").rpartition("#")[2].strip().replace("\0", "")
    try:
        glimpse = staff_links.look(token=token, now=timezone.now())
        if "password" not in request.POST:
            return _ask(request, WelcomeForm(initial={"token": token, "name": glimpse.name}), glimpse)
        return _set_password(request, WelcomeForm({**request.POST.dict(), "token": token}), glimpse)
    except LinkOver as over:
        return render(request, "account/welcome.html", {"problem": over}, status=UNPROCESSABLE)


def _set_password(request: HttpRequest, form: WelcomeForm, glimpse: Glimpse) -> HttpResponse:
    if form.is_valid():
        try:
            user = staff_links.welcome(**form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            _put_errors(form, error)
        else:
            record_authentication(request, user, method="password")
            return perform_login(request, user)
    return _ask(request, form, glimpse)


def _put_errors(form: WelcomeForm, error: ValidationError) -> None:
    """What is wrong with a password comes without a field."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"password": error.messages}
    for field, messages in by_field.items():
        form.add_error(field if field in form.fields else None, messages)


def _ask(request: HttpRequest, form: WelcomeForm, glimpse: Glimpse) -> HttpResponse:
    advice = password_validation.password_validators_help_texts()
    context = {"form": form, "glimpse": glimpse, "advice": advice}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "account/welcome_password.html", context, status=status)
