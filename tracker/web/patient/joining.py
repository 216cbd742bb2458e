"""A phone's way in: the code, then the date of birth; and its way out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tracker.access import Device
from tracker.actions import codes, devices, invitations
from tracker.actions.devices import Keys
from tracker.actions.invitations import NotRedeemable, WrongBirthDate
from tracker.web.actors import for_everybody, for_phone, forget, outbox, phone

from .guessing import WAIT_SECONDS, TooManyGuesses, counted
from .pages import page
from .phone_kinds import name_of

ONE_TOO_MANY = _(
    "You can use three phones at a time. “{name}” was not used for the longest time, so it is signed out now."
)


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=60,
        error_messages={
            "required": _("Enter the code that your clinic gave you."),
            "max_length": _("This is too long for a code. A code looks like K7Q-4F2M-9TXB."),
        },
    )


class BirthForm(CodeForm):
    born_on = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Enter your date of birth."),
            "invalid": _("This is no date. Write it as 1961-02-28."),
        },
    )
    is_borrowed = forms.BooleanField(required=False)


@for_everybody
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Show whose code it is, then redeem it. Opening the page redeems nothing: no preview uses it up."""
    with phone(request) as before:  # first of all: one that was ended hears of it, whatever comes next
        pass
    form = CodeForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, before, "join", form)
    try:
        return _birth_step(request, before)
    except (NotRedeemable, WrongBirthDate, codes.Unreadable) as error:
        form.add_error("code", str(error))
        return _page(request, before, "join", form)
    except TooManyGuesses:
        return _wait(request, before)


def _birth_step(request: HttpRequest, before: Device | None) -> HttpResponse:
    """Ask for the date of birth, or take it and make this phone a device.

    Raises NotRedeemable, codes.Unreadable, TooManyGuesses, and WrongBirthDate for the last try.
    """
    code, asks = request.POST["code"], "born_on" not in request.POST
    with counted(request, code):
        whose = invitations.look(typed=code, now=timezone.now())
    form = BirthForm(None if asks else request.POST, initial={"code": code})
    if form.is_valid():
        try:
            with counted(request, code):
                return _let_in(request, form.cleaned_data, before)
        except WrongBirthDate as error:
            if not error.tries_left:
                raise
            form.add_error("born_on", str(error))
    return _page(request, before, "join_who", form, whose=whose)


def _let_in(request: HttpRequest, said: dict[str, Any], before: Device | None) -> HttpResponse:
    keys = invitations.redeem(
        typed=said["code"],
        born_on=said["born_on"],
        device_name=name_of(request),
        now=timezone.now(),
        replaces=before,
        is_borrowed=said["is_borrowed"],
    )
    for name in keys.ended:
        messages.info(request, str(ONE_TOO_MANY).format(name=name))
    return _with_keys(redirect("patient:welcome"), keys)


def _page(
    request: HttpRequest, before: Device | None, template: str, form: forms.Form, **more: Any
) -> HttpResponse:
    status = 422 if form.errors else 200
    is_over = before is None and settings.DEVICE_COOKIE_NAME in request.COOKIES
    return page(request, template, actor=before, status=status, form=form, is_over=is_over, **more)


def _wait(request: HttpRequest, before: Device | None) -> HttpResponse:
    answer = page(request, "join_wait", actor=before, status=429)
    answer.headers["Retry-After"] = str(WAIT_SECONDS)
    return answer


@for_phone(None, door=outbox)
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, actor: Device) -> HttpResponse:
    """Ask, then sign this phone out and wipe what it keeps, also once its session is over."""
    if request.method != "POST":
        return page(request, "leave", actor=None if actor.is_append_only else actor)
    devices.end(by=actor, device=actor, now=timezone.now())
    left = page(request, "left", actor=None, was_borrowed=actor.is_borrowed)
    return forget(left, was_borrowed=actor.is_borrowed)


def _with_keys(response: HttpResponse, keys: Keys) -> HttpResponse:
    """Hand the keys over. Those of a borrowed phone go when its browser is closed."""
    if keys.append is None:
        response.delete_cookie(
            settings.APPEND_COOKIE_NAME, path="/", samesite="Lax"
        )  # of who was here before
    for name, key in (
        (settings.DEVICE_COOKIE_NAME, keys.session),
        (settings.APPEND_COOKIE_NAME, keys.append),
    ):
        if key is None:
            continue
        response.set_cookie(
            name,
            key,
            max_age=settings.DEVICE_LIFE if keys.append else None,
            path="/",
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return response
