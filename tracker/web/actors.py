"""From a request to the actor behind it. Every page's view is wrapped by one of these."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from tracker import access
from tracker.access import Device, Membership
from tracker.actions.invitations import hash_token
from tracker.domain.roles import Permission

View = Callable[..., HttpResponse]


def device_of(request: HttpRequest) -> Device | None:
    """The patient's device, by its cookie."""
    token = request.COOKIES.get(settings.DEVICE_COOKIE_NAME)
    return access.device_of(hash_token(token), now=timezone.now()) if token else None


def membership_of(request: HttpRequest) -> Membership | None:
    """The signed-in member of staff, where a clinic still knows them."""
    return access.membership_of(request.user) if request.user.is_authenticated else None


def for_patient(view: View) -> View:
    """Hands the view its device as `actor`; anybody else is asked to join first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor = device_of(request)
        return view(request, actor, *args, **kwargs) if actor else redirect("patient:join")

    guarded.audience = "patient"  # type: ignore[attr-defined]  # for tests/contracts
    return guarded


def for_staff(permission: Permission) -> Callable[[View], View]:
    """Hands the view its membership as `actor`, where the role includes the permission."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            actor = membership_of(request)
            if actor is None or not access.can(actor, permission):
                raise PermissionDenied
            return view(request, actor, *args, **kwargs)

        guarded.audience = permission  # type: ignore[attr-defined]  # for tests/contracts
        return guarded

    return decorate


def for_everybody(view: View) -> View:
    """Marks a page that shows nothing of anybody."""
    view.audience = "everybody"  # type: ignore[attr-defined]  # for tests/contracts
    return view
