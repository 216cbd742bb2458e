"""The one permission of the API: somebody asks, and their role covers what the view is for."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from tracker.access import check_may
from tracker.domain.roles import Permission


class IsActor(BasePermission):
    """An actor was recognised. A view with an audience of staff also needs that permission."""

    def has_permission(self, request: Request, view: Any) -> bool:
        actor: Any = request.auth
        audience = getattr(view, "audience", None)
        if actor is not None and isinstance(audience, Permission):
            check_may(actor, audience)
        return actor is not None
