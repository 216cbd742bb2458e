"""Whom a view is for, said where the contract tests read it, as on the pages: `audience`."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import override
from rest_framework.request import Request
from rest_framework.views import APIView

from tracker.access import Actor, Device, DeviceEnded
from tracker.api.authentication import DeviceAuthentication, StaffAuthentication
from tracker.api.problems import SIGNED_OUT, UNAVAILABLE, problem
from tracker.domain.roles import Permission
from tracker.web.actors import Door, acting, desk, desk_or_phone, forget, nobody, phone
from tracker.web.failures import STORAGE_FAILURES, is_passing, unavailable
from tracker.web.languages import of_reader


def actor_of(request: Request) -> Actor:
    """Who asks, after IsActor has let them in."""
    return cast(Actor, request.auth)


def own_device(request: Request) -> Device:
    """The phone that asks; only in a DeviceView."""
    return cast(Device, request.auth)


def own_patient(request: Request) -> Any:
    """The patient whose phone asks; only in a DeviceView."""
    return own_device(request).patient


class AudienceView(APIView):
    """Hands its audience on to the function that the address leads to, and opens the door to its clinic."""

    audience: ClassVar[str | Permission]
    door: ClassVar[Door]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            with acting(request, type(self).door) as actor:
                request.actor = actor  # type: ignore[attr-defined]  # taken over by api.authentication
                with override(of_reader(request, actor)):
                    return super().dispatch(request, *args, **kwargs)
        except DeviceEnded as ended:
            return forget(problem(SIGNED_OUT), was_borrowed=ended.is_borrowed)
        except STORAGE_FAILURES as error:  # at the door, or where the audit event is written
            if not is_passing(error):
                raise
            return unavailable(problem(UNAVAILABLE))

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        view: Any = super().as_view(**initkwargs)
        view.audience = cls.audience
        return view


class DeviceView(AudienceView):
    """For a patient's phone only; the actor is its Device."""

    audience = "patient"
    door = phone
    authentication_classes = [DeviceAuthentication]


class StaffView(AudienceView):
    """For staff only; the actor is their Membership. A phone is not signed in here: it gets a 401."""

    audience = Permission.SEE_PATIENTS
    door = desk
    authentication_classes = [StaffAuthentication]


class SharedView(AudienceView):
    """For both; staff first, since a request without a session costs nothing to tell apart."""

    audience = "patient or staff"
    door = desk_or_phone
    authentication_classes = [StaffAuthentication, DeviceAuthentication]


class EverybodysView(AudienceView):
    """For whoever asks: it shows nothing of anybody."""

    audience = "everybody"
    door = nobody
    authentication_classes = ()
    permission_classes = ()
