"""From a request to the actor behind it. Every page's view is wrapped by one of these.

A door finds out who knocks and opens the scope of their clinic, in which the whole page is made. Behind it,
what was seen is written down before the answer leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.defaults import permission_denied

from tracker import access, tenancy, trail
from tracker.access import Actor, Device, DeviceEnded, Membership
from tracker.actions import audit, devices
from tracker.domain.roles import Permission
from tracker.web import languages
from tracker.web.callers import network_of
from tracker.web.way_back import by_way_of

View = Callable[..., HttpResponse]
READING = ("GET", "HEAD")
Door = Callable[[HttpRequest], AbstractContextManager[Actor | None]]


@contextmanager
def phone(request: HttpRequest) -> Iterator[Device | None]:
    """The patient's or caregiver's device, by its cookie. Raises DeviceEnded."""
    with _holder(request, settings.DEVICE_COOKIE_NAME, "token_hash") as device:
        if device is not None:
            devices.keep_alive(device=device, now=timezone.now())
        yield device


@contextmanager
def outbox(request: HttpRequest) -> Iterator[Device | None]:
    """A phone that hands in what was logged: by its session, or once that is over by its append key.

    The append key opens nothing else, but that the phone may be signed out by it; its actor sees nothing.
    Raises DeviceEnded.
    """
    with phone(request) as device:
        if device is not None:
            yield device
            return
    with _holder(request, settings.APPEND_COOKIE_NAME, "append_hash") as device:
        if device is not None:
            device.is_append_only = True
        yield device


@contextmanager
def _holder(request: HttpRequest, cookie: str, kept_as: str) -> Iterator[Device | None]:
    """The device that holds the key in a cookie, in its clinic's scope."""
    key = devices.read_key(request.COOKIES.get(cookie, ""))
    if key is None:
        yield None
        return
    with tenancy.clinic(key.clinic_id):
        yield access.device_of(now=timezone.now(), **{kept_as: key.secret_hash})


@contextmanager
def desk(request: HttpRequest) -> Iterator[Membership | None]:
    """The signed-in member of staff, where a clinic still knows them."""
    member = access.membership_of(request.user) if request.user.is_authenticated else None
    if member is None:
        yield None
        return
    with tenancy.clinic(member.clinic_id):
        yield member


@contextmanager
def desk_or_phone(request: HttpRequest) -> Iterator[Actor | None]:
    """Staff first, since a request without a session costs nothing to tell apart."""
    with (desk if request.user.is_authenticated else phone)(request) as actor:
        yield actor


@contextmanager
def nobody(request: HttpRequest) -> Iterator[None]:
    """For pages that show nothing of anybody."""
    yield None


@contextmanager
def acting(request: HttpRequest, door: Door) -> Iterator[Actor | None]:
    """Who stands behind a request, in their clinic's scope; None for a stranger, who has none.

    What the work inside has seen is written down at its end: without that, there is no answer.
    """
    with door(request) as actor:
        if actor is None:
            yield None
            return
        with trail.opened(request_id=getattr(request, "request_id", ""), network=network_of(request)):
            yield actor
            audit.record_reading(by=actor, now=timezone.now(), page=page_name(request))


def page_name(request: HttpRequest) -> str:
    """The route, and never the address: that may name a day or a person."""
    return request.resolver_match.view_name if request.resolver_match else ""


def for_phone(*any_of: Permission | None, door: Door = phone) -> Callable[[View], View]:
    """Hands the view its device as `actor`, the patient's or a caregiver's; others are asked to join first.

    One of the permissions is enough. With `None` it is for every phone, whatever its holder may do. Behind
    `door=outbox` the actor may be append only: the view then shows nothing of anybody.
    """
    needed = [permission for permission in any_of if permission]

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                with acting(request, door) as actor:
                    if actor is None:
                        return redirect("patient:join")
                    if set(needed) & set(access.OF_DIARY) and _has_to_agree(request, actor):
                        return redirect("patient:welcome")
                    with override(languages.of_reader(request, actor)):
                        if needed and not any(access.can(actor, permission) for permission in needed):
                            return refuse(request, actor)
                        return view(request, actor, *args, **kwargs)
            except DeviceEnded as ended:
                return _ended(request, was_borrowed=ended.is_borrowed)

        guarded.audience = needed[0] if needed else "phone"  # type: ignore[attr-defined]  # for tests/contracts
        return guarded

    return decorate


def _ended(request: HttpRequest, *, was_borrowed: bool) -> HttpResponse:
    with override(languages.of_visitor(request)):
        answer = render(request, "patient/ended.html", {"was_borrowed": was_borrowed}, status=401)
    return forget(answer, was_borrowed=was_borrowed)


def _has_to_agree(request: HttpRequest, device: Any) -> bool:
    """Before anything of the diary. To a new text only when a page is opened: a form on its way is let in."""
    if request.method in READING and access.is_asked_again(device):
        return True
    return not access.consent_of(device).may_record


def for_staff(permission: Permission) -> Callable[[View], View]:
    """Hands the view its membership as `actor`, where the role includes the permission."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return by_way_of(reverse(settings.LOGIN_URL), request)
            with acting(request, desk) as actor:
                if actor is None:
                    raise PermissionDenied
                if not access.can(actor, permission):
                    return refuse(request, actor)
                return view(request, actor, *args, **kwargs)

        guarded.audience = permission  # type: ignore[attr-defined]  # for tests/contracts
        return guarded

    return decorate


def refuse(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Say no, and write down that somebody tried. An exception would take the event back with it.

    On a phone the page says what its holder may do: a caregiver was given a part, and is no intruder.
    """
    audit.record(
        by=actor,
        clinic_id=actor.clinic_id,
        action="view",
        now=timezone.now(),
        patient_id=actor.patient_id if isinstance(actor, Device) else None,
        subject=page_name(request),
        outcome="refused",
    )
    if isinstance(actor, Device):
        return render(request, "patient/not_shared.html", {"actor": actor, "may": _may(actor)}, status=403)
    return permission_denied(request, PermissionDenied())


def _may(actor: Device) -> dict[str, bool]:
    return {permission.value: access.can(actor, permission) for permission in Permission}


def for_everybody(view: View) -> View:
    """A page that shows nothing of anybody. A phone that was signed out meets it as nobody, and forgets."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with override(languages.of_visitor(request)):
            try:
                answer = view(request, *args, **kwargs)
            except DeviceEnded as ended:
                request.COOKIES.pop(settings.DEVICE_COOKIE_NAME, None)
                answer = forget(view(request, *args, **kwargs), was_borrowed=ended.is_borrowed)
        return languages.remember_choice(request, answer)

    guarded.audience = "everybody"  # type: ignore[attr-defined]  # for tests/contracts
    return guarded


def forget(response: HttpResponse, *, was_borrowed: bool) -> HttpResponse:
    """Tell a browser to drop whatever it holds of ours: its phone was signed out. What it just got stays.

    A borrowed one kept nothing: its keys go. What its owner has in that browser stays, perhaps not sent yet.
    """
    for cookie in (settings.DEVICE_COOKIE_NAME, settings.APPEND_COOKIE_NAME):
        if cookie not in response.cookies:
            response.delete_cookie(cookie, path="/", samesite="Lax")
    if not was_borrowed:
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
