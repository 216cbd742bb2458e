"""A phone's way in by a one-time code, and its way out."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tracker.access import Device
from tracker.actions import invitations
from tracker.actions.invitations import CODE_BYTES, LOOKALIKES, NotRedeemable
from tracker.web.actors import device_of, for_everybody, for_patient

from .pages import page

WELCOME = "Welcome. This phone is now your diary."

CODE_LENGTH = CODE_BYTES * 8 // 5
"""Letters and digits of a code: five bits each."""

DEVICE_NAMES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android phone"),
    ("Mobile", "Phone"),
)


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=60,
        error_messages={
            "required": "Enter the code that your clinic gave you.",
            "max_length": f"This is too long for a code. It has {CODE_LENGTH} letters and digits.",
        },
    )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        typed = len(code.translate(LOOKALIKES))
        if typed != CODE_LENGTH:
            raise forms.ValidationError(
                f"A code has {CODE_LENGTH} letters and digits; you typed {typed}. Check each group."
            )
        return code


@for_everybody
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Redeem a code. Opening the page redeems nothing: a preview of the link may not use it up."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            token = invitations.redeem(
                code=form.cleaned_data["code"],
                device_name=_device_name(request),
                now=timezone.now(),
                replaces=device_of(request),
            )
        except NotRedeemable as error:
            form.add_error("code", str(error))
        else:
            messages.success(request, WELCOME)
            return _with_device(redirect("patient:today"), token)
    status = 422 if request.method == "POST" else 200
    return page(request, "join", actor=device_of(request), status=status, form=form)


@for_patient
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, actor: Device) -> HttpResponse:
    """Ask, then sign this phone out and wipe what its browser keeps."""
    if request.method != "POST":
        return page(request, "leave", actor=actor)
    invitations.end_device(by=actor, now=timezone.now())
    response = page(request, "left", actor=None)
    response.delete_cookie(settings.DEVICE_COOKIE_NAME, path="/", samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _with_device(response: HttpResponse, token: str) -> HttpResponse:
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        token,
        max_age=settings.DEVICE_LIFE,
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def _device_name(request: HttpRequest) -> str:
    """What the clinic's list of devices calls this one."""
    agent = request.headers.get("User-Agent", "")
    return next((name for word, name in DEVICE_NAMES if word in agent), "Computer")
