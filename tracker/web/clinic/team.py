"""The team: who may do what, inviting somebody, and what happens when somebody lost a way in or leaves."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.access import Actor, Membership
from tracker.actions import staff
from tracker.actions.staff_links import OneTimeLink
from tracker.domain.roles import STAFF_ROLES, Permission, Role
from tracker.domain.zones import zone_of
from tracker.queries.team import NoColleague, colleague, team
from tracker.web.actors import for_staff
from tracker.web.clinic.pages import UNPROCESSABLE, form_status, page, put_errors
from tracker.web.confirmed import recently_confirmed

ROLES = [(role.value, role.label) for role in STAFF_ROLES]


class RoleForm(forms.Form):
    role = forms.TypedChoiceField(label="Role", choices=ROLES, coerce=Role)


class InviteForm(RoleForm):
    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="E-mail address", max_length=254, help_text="Signs in with it.")
    role = forms.TypedChoiceField(label="Role", choices=[("", "Choose"), *ROLES], coerce=Role)
    field_order = ("name", "email", "role")


@for_staff(Permission.MANAGE_STAFF)
@require_safe
def show(request: HttpRequest, actor: Membership) -> HttpResponse:
    """Everybody who is or was on the team."""
    members = team(actor=actor, now=timezone.now())
    return page(request, actor, "team", members=members, zone=zone_of(actor.clinic.time_zone))


@for_staff(Permission.MANAGE_STAFF)
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, actor: Membership) -> HttpResponse:
    """Put somebody on the team, and show the link that lets them in."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            link = staff.invite(by=actor, **form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            put_errors(form, error)
        else:
            return _show_link(request, actor, link)
    return page(request, actor, "team_invite", status=form_status(form), form=form)


@for_staff(Permission.MANAGE_STAFF)
@recently_confirmed
@require_safe
def member(request: HttpRequest, actor: Membership, member: int) -> HttpResponse:
    return _member(request, actor, _colleague_or_404(actor, member))


@for_staff(Permission.MANAGE_STAFF)
@recently_confirmed
@require_POST
def change_role(request: HttpRequest, actor: Membership, member: int) -> HttpResponse:
    who, form = _colleague_or_404(actor, member), RoleForm(request.POST)
    if not form.is_valid():
        return _member(request, actor, who, problem="Choose a role.")
    role = form.cleaned_data["role"]
    try:
        staff.change_role(by=actor, member=who, role=role, now=timezone.now())
    except ValidationError as error:
        return _member(request, actor, who, problem=error.messages[0])
    messages.success(request, f"{who.user.name} is {role.label.lower()} from now on.")
    return redirect("clinic:team" if who.pk != actor.pk else "start")


@for_staff(Permission.MANAGE_STAFF)
@recently_confirmed
@require_POST
def end(request: HttpRequest, actor: Membership, member: int) -> HttpResponse:
    who = _colleague_or_404(actor, member)
    try:
        staff.end(by=actor, member=who, now=timezone.now())
    except ValidationError as error:
        return _member(request, actor, who, problem=error.messages[0])
    messages.success(request, f"{who.user.name} cannot come in any more.")
    return redirect("clinic:team")


@for_staff(Permission.MANAGE_STAFF)
@recently_confirmed
@require_POST
def restore(request: HttpRequest, actor: Membership, member: int) -> HttpResponse:
    return _make_link(request, actor, member, staff.restore)


@for_staff(Permission.MANAGE_STAFF)
@recently_confirmed
@require_POST
def renew(request: HttpRequest, actor: Membership, member: int) -> HttpResponse:
    """For a lost password or a lost second factor."""
    return _make_link(request, actor, member, staff.renew)


def _make_link(
    request: HttpRequest, actor: Membership, member: int, make: Callable[..., OneTimeLink]
) -> HttpResponse:
    who = _colleague_or_404(actor, member)
    try:
        return _show_link(request, actor, make(by=actor, member=who, now=timezone.now()))
    except ValidationError as error:
        return _member(request, actor, who, problem=error.messages[0])


def _show_link(request: HttpRequest, actor: Actor, link: OneTimeLink) -> HttpResponse:
    """It is shown once, in the answer to the form that made it."""
    address = request.build_absolute_uri(reverse("account_welcome")) + f"#{link.token}"
    return page(request, actor, "team_link", link=address, member=link.member)


def _member(request: HttpRequest, actor: Membership, who: Membership, *, problem: str = "") -> HttpResponse:
    return page(
        request,
        actor,
        "team_member",
        status=UNPROCESSABLE if problem else 200,
        member=who,
        is_self=who.pk == actor.pk,
        problem=problem,
        form=RoleForm(initial={"role": who.role}),
    )


def _colleague_or_404(actor: Membership, member: int) -> Membership:
    try:
        return colleague(actor=actor, member=member)
    except NoColleague:
        raise Http404 from None
