"""Whom a view is for. `audience` is read by the contract tests, as on the pages."""

from __future__ import annotations

from typing import Any, cast

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


class DeviceView(APIView):
    """For a patient's phone only; `request.auth` is its Device."""

    audience = "patient"
    authentication_classes = [DeviceAuthentication]


class StaffView(APIView):
    """For staff only; `request.auth` is their Membership. A phone is not signed in here: it gets a 401."""

    audience = Permission.SEE_PATIENTS
    authentication_classes = [StaffAuthentication]


class SharedView(APIView):
    """For both; staff first, since a request without a session costs nothing to tell apart."""

    audience = "patient or staff"
    authentication_classes = [StaffAuthentication, DeviceAuthentication]
