"""Who is asking: a patient's phone by its device cookie, or staff by their session.

`request.auth` is the actor (tracker.access). Both need the CSRF token, as any cookie does.
"""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from tracker.access import Actor, Device, Membership


class CsrfFailed(PermissionDenied):
    """The token in the header is missing or stale: take a new one and send again."""


class SecondFactorMissing(PermissionDenied):
    """A password alone lets nobody of the staff in, not here either."""


class _CookieAuthentication(SessionAuthentication):
    """Takes over whom the view's door has let in (tracker.web.actors), where it is one of this kind."""

    realm: str
    kind: type[Device | Membership]

    def authenticate(self, request: Request) -> tuple[object, Actor] | None:
        actor = getattr(request._request, "actor", None)
        if not isinstance(actor, self.kind):
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

    realm, kind = "patient", Device


class StaffAuthentication(_CookieAuthentication):
    """A member of staff whom a clinic still knows. Raises SecondFactorMissing."""

    realm, kind = "staff", Membership

    def authenticate(self, request: Request) -> tuple[object, Actor] | None:
        found = super().authenticate(request)
        if found is not None and request._request.must_enrol:  # type: ignore[attr-defined]  # by SecondFactorFirst
            raise SecondFactorMissing
        return found
