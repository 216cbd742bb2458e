"""Showing once more who holds the phone: the guard before what reaches far, and the page it leads to."""

from __future__ import annotations

from functools import wraps
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tracker.access import Device, StepUpNeeded, has_stepped_up
from tracker.actions import confirmations
from tracker.actions.confirmations import NoAddress, TooManyCodes, WrongCode
from tracker.domain.roles import Permission
from tracker.queries.contact import contact
from tracker.web.actors import View, for_phone

from .pages import page

STEPS_UP = Permission.MANAGE_OWN_ACCESS
"""Only the patient's own phone has anything to show: it is the patient who is asked."""

ON_ITS_WAY = _("A code is on its way to {address}. It can take a minute.")


class CodeForm(forms.Form):
    code = forms.CharField(
        max_length=20,
        error_messages={
            "required": _("Type the six digits of the code."),
            "max_length": _("This is too long for a code. It has six digits."),
        },
    )


def stepped_up(view: View) -> View:
    """Inside `for_phone(STEPS_UP)`: whoever has not just shown who they are is asked first, and comes back.

    A form that was sent is opened again, empty. The route takes no argument.
    """

    @wraps(view)
    def guarded(request: HttpRequest, actor: Device, *args: object, **kwargs: object) -> HttpResponse:
        try:
            if has_stepped_up(actor, now=timezone.now()):
                return view(request, actor, *args, **kwargs)
        except StepUpNeeded:
            pass  # it was over between here and there
        return to_step_up(request.resolver_match.view_name if request.resolver_match else "")

    guarded.needs_step_up = True  # type: ignore[attr-defined]  # where one may come back to: `_way_back`
    return guarded


def to_step_up(then: str) -> HttpResponse:
    """To the page that asks, and from there to a route."""
    return redirect(f"{reverse('patient:confirm')}?{urlencode({'next': then})}")


@for_phone(STEPS_UP)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, actor: Device) -> HttpResponse:
    """Mail a code, or take the one that came; then back to the page that wanted it."""
    then = request.GET.get("next", "")
    form = CodeForm(request.POST if "code" in request.POST else None)
    try:
        if "mail" in request.POST:
            confirmations.ask(by=actor, now=timezone.now())
            messages.success(request, str(ON_ITS_WAY).format(address=contact(reader=actor).masked))
            return to_step_up(then)
        if form.is_valid():
            confirmations.check(by=actor, code=form.cleaned_data["code"], now=timezone.now())
            return redirect(_way_back(then))
    except WrongCode as error:
        form.add_error("code", str(error))
    except (NoAddress, TooManyCodes) as error:
        return _page(request, actor, CodeForm(), then=then, problem=str(error))
    return _page(request, actor, form, then=then)


def _page(
    request: HttpRequest, actor: Device, form: CodeForm, *, then: str, problem: str = ""
) -> HttpResponse:
    address = contact(reader=actor).masked if confirmations.can_mail(actor) else ""
    return page(
        request,
        "confirm",
        actor=actor,
        tab="you",
        status=422 if form.errors or problem else 200,
        form=form,
        problem=problem,
        address=address,
        way_back=_way_back(then),
    )


def _way_back(then: str) -> str:
    """The page that asked; the reader's own area for whatever else an address may say."""
    try:
        address = reverse(then)
    except NoReverseMatch:
        return reverse("patient:you")
    return address if hasattr(resolve(address).func, "needs_step_up") else reverse("patient:you")
