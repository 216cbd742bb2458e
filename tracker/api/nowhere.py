"""Every other address under /api/."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from tracker.api.audiences import EverybodysView


@extend_schema(exclude=True)
class Nowhere(EverybodysView):
    """Answers 404 as the API does, and keeps a POST without its last slash from being redirected to a GET."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise Http404
