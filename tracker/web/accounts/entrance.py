"""The way in: e-mail and password, then a second factor; or a passkey alone."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.mixins import NextRedirectMixin
from allauth.account.models import Login
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import LoginWebAuthnView
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from tracker.actions import sign_ins
from tracker.domain.session_clock import Over
from tracker.web.accounts.forms import (
    PASSKEY_REFUSED,
    PasskeySecondStepForm,
    PasskeySignInForm,
    SecondStepForm,
)

ENDED = {
    Over.IDLE: "You were signed out because nothing happened here for a quarter of an hour.",
    Over.LONG: "You were signed out because you had been signed in for twelve hours.",
}
UNSENT = "What you had just sent was not saved. Sign in, then fill in the page once more."


class SignIn(LoginView):
    """E-mail and password."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ended = self.request.GET.get("ended")
        said = [ENDED[ended]] if ended in ENDED else []
        if "unsent" in self.request.GET:
            said.append(UNSENT)
        return super().get_context_data(**kwargs) | {"said": said}


class PasskeySignIn(NextRedirectMixin, LoginWebAuthnView):
    """A passkey alone. A script asks for the challenge when the button is pressed."""

    form_class = PasskeySignInForm

    def form_valid(self, form: Any) -> HttpResponse:
        factor = form.cleaned_data["credential"]
        login = Login(user=factor.user, redirect_url=self.get_next_url())
        return perform_passwordless_login(self.request, factor, login)

    def form_invalid(self, form: Any) -> HttpResponse:
        messages.error(self.request, PASSKEY_REFUSED, extra_tags="problem")
        return redirect(self.passthrough_next_url(reverse("account_login")))


class SecondStep(AuthenticateView):
    """A code or a passkey, after the password."""

    form_class = SecondStepForm
    webauthn_form_class = PasskeySecondStepForm

    def form_invalid(self, form: Any) -> HttpResponse:
        record_wrong_factor(self.stage.login.user, form)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        options = context["js_data"]["request_options"]["publicKey"]
        has_passkey = bool(options["allowCredentials"])
        return context | {"passkey_options": json.dumps(dict(options)) if has_passkey else ""}


def record_wrong_factor(user: Any, form: Any) -> None:
    """Write a wrong code or passkey down; what the limit refused was not even looked at."""
    was_tried = not any(form.has_error(field, "too_many_login_attempts") for field in form.fields)
    if was_tried:
        sign_ins.record(user_id=user.pk, event=sign_ins.Event.WRONG_FACTOR, now=timezone.now())
