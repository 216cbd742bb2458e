"""Who is asking: a patient's phone by its device cookie, or staff by their session.

`request.auth` is the actor (tracker.access). Both need the CSRF token, as any cookie does.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from tracker.access import Actor
from tracker.web.actors import device_of, membership_of


class CsrfFailed(PermissionDenied):
    """The token in the header is missing or stale: take a new one and send again."""


class _CookieAuthentication(SessionAuthentication):
    realm: str

    def actor_behind(self, request: Request) -> Actor | None:
        raise NotImplementedError

    def authenticate(self, request: Request) -> tuple[object, Actor] | None:
        actor = self.actor_behind(request)
        if actor is None:
            return None
        self.enforce_csrf(request)
        return getattr(actor, "user", None) or AnonymousUser(), actor

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as error:
            raise CsrfFailed from error

    def authenticate_header(self, request: Request) -> str:
        # With this header the answer is 401: the phone tells "signed out" from "take a new token" (403).
        return f'Cookie realm="{self.realm}"'


class DeviceAuthentication(_CookieAuthentication):
    """A patient's phone. There is no Django user behind it."""

    realm = "patient"

    def actor_behind(self, request: Request) -> Actor | None:
        return device_of(request._request)


class StaffAuthentication(_CookieAuthentication):
    """A member of staff whom a clinic still knows."""

    realm = "staff"

    def actor_behind(self, request: Request) -> Actor | None:
        return membership_of(request._request)
