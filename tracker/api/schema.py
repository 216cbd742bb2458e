"""What the OpenAPI schema says beyond the views: sign-in by cookie, and the problems of each address."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from tracker.api.problems import (
    CONTENT_TYPE,
    CSRF,
    INVALID,
    MEDIA_TYPE,
    SIGNED_OUT,
    TOO_LARGE,
    UNAVAILABLE,
    UNREADABLE,
    Kind,
)
from tracker.api.serializers import FieldErrorSerializer

READING = (SIGNED_OUT, UNAVAILABLE)
WRITING = (*READING, INVALID, UNREADABLE, CSRF, TOO_LARGE, MEDIA_TYPE)


class ProblemSerializer(serializers.Serializer):
    """Problem details (RFC 9457)."""

    type = serializers.CharField(help_text="urn:onset: and the name of the problem, which never changes.")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What to do, in words for people.")
    errors = FieldErrorSerializer(many=True, help_text="The fields at fault.")  # type: ignore[assignment]  # our field, not DRF's


def problems(*kinds: Kind) -> dict[tuple[int, str], OpenApiResponse]:
    """The answers that these problems give, for `extend_schema(responses=...)`."""
    titles: dict[int, list[str]] = defaultdict(list)
    for kind in kinds:
        titles[kind.status].append(f"{kind.title} (`{kind.name}`).")
    return {
        (status, CONTENT_TYPE): OpenApiResponse(ProblemSerializer, description=" ".join(said))
        for status, said in sorted(titles.items())
    }


class _Cookie(OpenApiAuthenticationExtension):
    cookie: str

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": self.cookie,
            "description": "Writing also needs the CSRF token: the csrf cookie's, in the header X-CSRFToken.",
        }


class DeviceScheme(_Cookie):
    target_class = "tracker.api.authentication.DeviceAuthentication"
    name = "device"
    cookie = settings.DEVICE_COOKIE_NAME


class StaffScheme(_Cookie):
    target_class = "tracker.api.authentication.StaffAuthentication"
    name = "staff"
    cookie = settings.SESSION_COOKIE_NAME
