"""Setting up, adding and removing a second factor."""

from __future__ import annotations

import json

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tracker.access import User
from tracker.actions import second_factors, staff_secrets
from tracker.queries import staff_account
from tracker.web.accounts.forms import AppForm, NewPasskeyForm
from tracker.web.accounts.guards import for_account, while_enrolling
from tracker.web.confirmed import recently_confirmed
from tracker.web.qr import as_svg

NEW_SECRET = "new_app_secret"  # noqa: S105  (the session's name for it; what it holds is sealed)
UNPROCESSABLE = 422


@while_enrolling
@require_safe
def enrol(request: HttpRequest, user: User) -> HttpResponse:
    """Where whoever has no second factor is led: to choose one."""
    if staff_account.factors_of(user).main:
        return redirect("account")
    return render(request, "account/enrol.html")


@while_enrolling
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def add_app(request: HttpRequest, user: User) -> HttpResponse:
    """The secret as a picture and as text; the app's first code shows that it has arrived."""
    secret, now = _new_secret(request), timezone.now()
    form = AppForm(request.POST if request.method == "POST" else None, user=user, secret=secret)
    if form.is_valid():
        codes = second_factors.add_app(user=user, secret=secret, step=form.step, now=now)
        del request.session[NEW_SECRET]
        return _added(request, codes, "Your authenticator app is set up.")
    return render(
        request,
        "account/app_add.html",
        {
            "form": form,
            "picture": as_svg(get_adapter().build_totp_url(user, secret)),
            "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            "replaces": staff_account.factors_of(user).has_app,
        },
        status=UNPROCESSABLE if form.is_bound else 200,
    )


@while_enrolling
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: HttpRequest, user: User) -> HttpResponse:
    """A passkey, made by the browser."""
    form = NewPasskeyForm(request.POST if request.method == "POST" else None, user=user)
    if form.is_valid():
        codes = second_factors.add_passkey(user=user, now=timezone.now(), **form.cleaned_data)
        return _added(request, codes, "Your passkey is set up.")
    options = begin_registration(user, passwordless=True)["publicKey"]
    context = {"form": form, "passkey_options": json.dumps(dict(options))}
    return render(
        request, "account/passkey_add.html", context, status=UNPROCESSABLE if form.is_bound else 200
    )


@for_account
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, user: User, factor: int) -> HttpResponse:
    """Take a factor away, unless it is the last one."""
    factors = staff_account.factors_of(user)
    found = next((one for one in factors.main if one.id == factor), None)
    if found is None:
        raise Http404
    if request.method != "POST":
        return render(request, "account/factor_remove.html", {"factor": found, "factors": factors})
    try:
        second_factors.remove(user=user, factor_id=factor, now=timezone.now())
    except second_factors.LastFactor:
        return render(
            request, "account/factor_remove.html", {"factor": found, "factors": factors}, status=UNPROCESSABLE
        )
    except Authenticator.DoesNotExist:
        raise Http404 from None
    messages.success(request, f"“{found.name}” is removed.")
    return redirect("account")


@for_account
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_codes(request: HttpRequest, user: User) -> HttpResponse:
    """New recovery codes in place of the old ones."""
    factors = staff_account.factors_of(user)
    if not factors.main:
        return redirect("account_enrol")
    if request.method != "POST":
        return render(request, "account/codes_renew.html", {"left": factors.codes_left})
    codes = second_factors.renew_codes(user=user, now=timezone.now())
    return render(request, "account/codes.html", {"codes": codes})


def _added(request: HttpRequest, codes: list[str], said: str) -> HttpResponse:
    """Recovery codes are shown once, as the answer itself: no address shows them again."""
    if codes:
        return render(request, "account/codes.html", {"codes": codes, "said": said})
    messages.success(request, said)
    return redirect("account")


def _new_secret(request: HttpRequest) -> str:
    """One secret as long as the page is being worked on: a reload must not outdate what the app has read."""
    if NEW_SECRET not in request.session:
        request.session[NEW_SECRET] = staff_secrets.seal(second_factors.new_secret())
    return staff_secrets.unseal(request.session[NEW_SECRET])
