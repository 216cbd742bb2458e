"""Whom a view is for, said where the contract tests read it, as on the pages: `audience`."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from rest_framework.request import Request
from rest_framework.views import APIView

from tracker.access import Actor
from tracker.api.authentication import DeviceAuthentication, StaffAuthentication
from tracker.domain.roles import Permission


def actor_of(request: Request) -> Actor:
    """Who asks, after IsActor has let them in."""
    return cast(Actor, request.auth)


def own_patient(request: Request) -> Any:
    """The patient whose phone asks; only in a DeviceView."""
    return cast(Any, request.auth).patient


class AudienceView(APIView):
    """Hands its audience on to the function that the address leads to."""

    audience: ClassVar[str | Permission]

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        view: Any = super().as_view(**initkwargs)
        view.audience = cls.audience
        return view


class DeviceView(AudienceView):
    """For a patient's phone only; the actor is its Device."""

    audience = "patient"
    authentication_classes = [DeviceAuthentication]


class StaffView(AudienceView):
    """For staff only; the actor is their Membership. A phone is not signed in here: it gets a 401."""

    audience = Permission.SEE_PATIENTS
    authentication_classes = [StaffAuthentication]


class SharedView(AudienceView):
    """For both; staff first, since a request without a session costs nothing to tell apart."""

    audience = "patient or staff"
    authentication_classes = [StaffAuthentication, DeviceAuthentication]


class EverybodysView(AudienceView):
    """For whoever asks: it shows nothing of anybody."""

    audience = "everybody"
    authentication_classes = ()
    permission_classes = ()
