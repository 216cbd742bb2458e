"""The reader's own phones: which there are, another name, an end, and the way to one more."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.access import OF_DIARY, Device, can
from tracker.actions import devices, invitations
from tracker.actions.devices import LONGEST_NAME, MOST
from tracker.content.dates import clock
from tracker.domain.zones import zone_of
from tracker.queries import phones as queries
from tracker.queries.phones import NoPhone
from tracker.web.actors import for_phone

from .pages import page


class NameForm(forms.Form):
    name = forms.CharField(
        max_length=LONGEST_NAME,
        error_messages={
            "required": _("Give the phone a name, such as Old iPhone."),
            "max_length": _("This is too long. Choose a shorter name."),
        },
    )


@for_phone(None)
@require_safe
def show(request: HttpRequest, actor: Device) -> HttpResponse:
    """All of them."""
    return page(
        request,
        "phones",
        actor=actor,
        tab="you",
        phones=queries.own_phones(reader=actor, now=timezone.now()),
        most=MOST,
        is_helper=actor.caregiver_id is not None,
        may_move=any(can(actor, permission) for permission in OF_DIARY),
    )


@for_phone(None)
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, actor: Device, phone: int) -> HttpResponse:
    device = _own_or_404(actor, phone)
    form = NameForm(request.POST if request.method == "POST" else None, initial={"name": device.name})
    if form.is_valid():
        devices.rename(by=actor, device=device, name=form.cleaned_data["name"], now=timezone.now())
        messages.success(request, gettext("Saved."))
        return redirect("patient:phones")
    status = 422 if form.errors else 200
    return page(request, "phone_name", actor=actor, tab="you", status=status, form=form, device=device)


@for_phone(None)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, actor: Device, phone: int) -> HttpResponse:
    """Ask, then sign another one out. This one goes by the page that also wipes it."""
    device = _own_or_404(actor, phone)
    if device == actor:
        return redirect("patient:leave")
    if request.method != "POST":
        return page(request, "phone_end", actor=actor, tab="you", device=device)
    devices.end(by=actor, device=device, now=timezone.now())
    messages.success(request, gettext("“{name}” is signed out.").format(name=device.name))
    return redirect("patient:phones")


@for_phone(*OF_DIARY)
@require_POST
def code(request: HttpRequest, actor: Device) -> HttpResponse:
    """Show a code for another phone, once. The one before it opens nothing any more."""
    now = timezone.now()
    until = (now + invitations.MOVING_LIFE).astimezone(zone_of(actor.patient.time_zone))
    return page(
        request,
        "phone_code",
        actor=actor,
        tab="you",
        code=invitations.issue_move(by=actor, now=now),
        until=clock(until),
        address=request.build_absolute_uri(reverse("patient:join")),
    )


def _own_or_404(actor: Device, phone: int) -> Device:
    try:
        return queries.own_phone(reader=actor, phone=phone)
    except NoPhone:
        raise Http404 from None
