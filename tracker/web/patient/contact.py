"""The reader's e-mail address, to which codes are mailed."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tracker.access import Device
from tracker.actions import contact as actions
from tracker.actions.confirmations import TooManyCodes, WrongCode
from tracker.actions.contact import NoMail
from tracker.queries.contact import contact, masked, waits_for_code
from tracker.web.actors import for_phone

from .confirm import ON_ITS_WAY, STEPS_UP, CodeForm, stepped_up
from .pages import page

CONFIRMED = _("Your e-mail address is confirmed. Codes go there from now on.")
REMOVED = _("Your e-mail address is removed. Codes come from your clinic only.")


class AddressForm(forms.Form):
    email = forms.CharField(
        max_length=254,
        error_messages={
            "required": _("Type your e-mail address."),
            "max_length": _("This address is too long. Choose another one."),
        },
    )


@for_phone(STEPS_UP)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, actor: Device) -> HttpResponse:
    """The address and whether it counts; a code that went there, or a code to one that staff wrote down."""
    form = CodeForm(request.POST if "code" in request.POST else None)
    try:
        if "mail" in request.POST:
            actions.send_code(by=actor, now=timezone.now())
            messages.success(request, str(ON_ITS_WAY).format(address=contact(reader=actor).masked))
            return redirect("patient:contact")
        if form.is_valid():
            actions.verify(by=actor, code=form.cleaned_data["code"], now=timezone.now())
            messages.success(request, CONFIRMED)
            return redirect("patient:contact")
    except WrongCode as error:
        form.add_error("code", str(error))
    except (NoMail, TooManyCodes) as error:
        return _page(request, actor, CodeForm(), problem=str(error))
    except ValidationError:  # there is no address to which one could go
        return redirect("patient:contact")
    return _page(request, actor, form)


def _page(request: HttpRequest, actor: Device, form: CodeForm, *, problem: str = "") -> HttpResponse:
    return page(
        request,
        "contact",
        actor=actor,
        tab="you",
        status=422 if form.errors or problem else 200,
        form=form,
        problem=problem,
        contact=contact(reader=actor),
        is_waiting=bool(form.errors) or waits_for_code(reader=actor, now=timezone.now()),
        mail_is_on=settings.MAIL_IS_ON,
    )


@for_phone(STEPS_UP)
@require_http_methods(["GET", "HEAD", "POST"])
@stepped_up
def change(request: HttpRequest, actor: Device) -> HttpResponse:
    """Take a new address and mail a code there; the one before counts until that code is typed."""
    form = AddressForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.propose(by=actor, email=form.cleaned_data["email"], now=timezone.now())
        except ValidationError as error:
            form.add_error("email", error.message_dict["email"])
        except (NoMail, TooManyCodes) as error:
            form.add_error("email", str(error))
        else:
            messages.success(
                request, str(ON_ITS_WAY).format(address=masked(form.cleaned_data["email"].strip()))
            )
            return redirect("patient:contact")
    return page(
        request,
        "contact_change",
        actor=actor,
        tab="you",
        status=422 if form.errors else 200,
        form=form,
        mail_is_on=settings.MAIL_IS_ON,
    )


@for_phone(STEPS_UP)
@require_http_methods(["GET", "HEAD", "POST"])
@stepped_up
def remove(request: HttpRequest, actor: Device) -> HttpResponse:
    """Ask, then forget the address."""
    kept = contact(reader=actor)
    if not kept.masked:
        return redirect("patient:contact")
    if request.method != "POST":
        return page(request, "contact_remove", actor=actor, tab="you", contact=kept)
    actions.remove(by=actor, now=timezone.now())
    messages.success(request, REMOVED)
    return redirect("patient:contact")
