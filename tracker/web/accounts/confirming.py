"""Confirming who is there: by password, code or passkey. tracker.web.confirmed sends people here."""

from __future__ import annotations

import json
from typing import Any

from allauth.account.views import BaseReauthenticateView
from allauth.account.views import ReauthenticateView as ByPassword
from allauth.mfa.base.views import ReauthenticateView as ByCode
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView as ByPasskey
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from tracker.actions import sign_ins
from tracker.web.accounts.entrance import record_wrong_factor
from tracker.web.accounts.forms import PASSKEY_REFUSED, ConfirmByCodeForm, ConfirmByPasskeyForm

WAYS = {
    "reauthenticate": "Use my password",
    "mfa_reauthenticate": "Use a code",
    "mfa_reauthenticate:webauthn": "Use my passkey",
}


class _Confirms(BaseReauthenticateView):
    """What the three ways have in common: an event, a new session key, links to the other two."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        self.request.session.cycle_key()
        sign_ins.record(user_id=self.request.user.pk, event=sign_ins.Event.CONFIRMED, now=timezone.now())
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        ways = [(WAYS[way["id"]], way["url"]) for way in context["reauthentication_alternatives"]]
        return context | {"ways": ways, "is_unsent": "unsent" in self.request.GET}


class ConfirmByPassword(_Confirms, ByPassword):
    """The password again."""


class ConfirmByCode(_Confirms, ByCode):
    """A code of the authenticator app, or a recovery code."""

    form_class = ConfirmByCodeForm

    def form_invalid(self, form: Any) -> HttpResponse:
        record_wrong_factor(self.request.user, form)
        return super().form_invalid(form)


class ConfirmByPasskey(_Confirms, ByPasskey):
    """The passkey again."""

    form_class = ConfirmByPasskeyForm

    def form_invalid(self, form: Any) -> HttpResponse:
        record_wrong_factor(self.request.user, form)
        messages.error(self.request, PASSKEY_REFUSED, extra_tags="problem")
        return redirect(self.passthrough_next_url(self.request.path))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        options = context["js_data"]["request_options"]["publicKey"]
        return context | {"passkey_options": json.dumps(dict(options))}
