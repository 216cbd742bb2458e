"""What the clinic and the patient may fetch of one injection: its assessment, its chart."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.access import Device, check_may, injections_visible_to
from tracker.actions.pictures import ask
from tracker.api.audiences import SharedView, StaffView, actor_of
from tracker.api.fields import DayField, InstantField, WordField
from tracker.api.problems import CSRF, NOT_ALLOWED, NOT_DRAWN, NOT_FOUND, STEP_UP, ProblemFound
from tracker.api.schema import READING, problems
from tracker.domain.attention import Level
from tracker.domain.roles import Permission
from tracker.queries.assessment import stored_assessment
from tracker.queries.charts import NoChart
from tracker.queries.pictures import State, picture, picture_png
from tracker.web.chart import chart_response
from tracker.web.rows import row_or_404

PICTURE_SECONDS = 3
"""How soon a picture that was asked for is worth a second look: the worker's sweep runs as often."""

CHOICES = [
    OpenApiParameter("theme", enum=["light", "dark"], default="light"),
    OpenApiParameter("size", enum=["phone", "wide"], default="phone"),
]
NOT_MODIFIED = OpenApiResponse(description="The copy that If-None-Match names is still true.")


class AssessmentSerializer(serializers.Serializer):
    """What the rules say of an injection as of one day, with everything needed to check it."""

    injection = serializers.UUIDField()
    as_of_day = serializers.IntegerField(help_text="Study day; below 0 before the injection.")
    label = serializers.CharField()  # type: ignore[assignment]  # our field, not DRF's attribute
    title = serializers.CharField(help_text="The label in a clinician's words.")
    attention = WordField(Level)
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Why it needs attention.")
    last_on = DayField(allow_null=True, help_text="Newest day with a scored average pain.")
    last_pain = serializers.IntegerField(allow_null=True, help_text="NRS 0-10.")
    is_confounded = serializers.BooleanField(help_text="Another treatment fell into the episode.")
    rule_set = serializers.CharField(help_text="Name and version of the rules.")
    case = serializers.DictField(help_text="The inputs, as `manage.py assess` reads them.")
    result = serializers.DictField(allow_null=True, help_text="The figures, as it prints them.")
    assessed_at = InstantField()


ASSESSMENT = AssessmentSerializer()


class Assessment(StaffView):
    """For staff only: labels are for clinicians, patients read plain words on their own page."""

    @extend_schema(
        summary="What the rules say of an injection",
        responses={200: AssessmentSerializer} | problems(NOT_FOUND, *READING),
    )
    def get(self, request: Request, injection: UUID) -> Response:
        found = stored_assessment(actor=actor_of(request), injection=injection)
        return Response(ASSESSMENT.to_representation(found))


class SvgRenderer(BaseRenderer):
    """Only says which media type the address has: the view answers with the bytes itself."""

    media_type, format = "image/svg+xml", "svg"


class PngRenderer(BaseRenderer):
    """The same for the picture."""

    media_type, format = "image/png", "png"


class ChartSvg(SharedView):
    """The recovery chart, drawn at once; patients see their own."""

    renderer_classes = [SvgRenderer]

    @extend_schema(
        summary="The recovery chart as SVG",
        parameters=CHOICES,
        responses={(200, "image/svg+xml"): OpenApiTypes.STR, 304: NOT_MODIFIED}
        | problems(NOT_FOUND, NOT_DRAWN, NOT_ALLOWED, STEP_UP, *READING),
    )
    def get(self, request: Request, injection: UUID) -> HttpResponse:
        actor = actor_of(request)
        if isinstance(actor, Device):
            check_may(actor, Permission.SEE_OWN_DIARY)
        answer = chart_response(request._request, actor=actor, injection=injection)
        if answer.status_code == NOT_DRAWN.status:
            raise ProblemFound(NOT_DRAWN)
        return answer


class ChartPng(StaffView):
    """The chart as a picture for print. A worker draws it, once somebody has asked for it."""

    renderer_classes = [PngRenderer]

    @extend_schema(
        summary="Ask for the recovery chart as PNG",
        request=None,
        responses={202: OpenApiResponse(description="Fetch it after Retry-After seconds.")}
        | problems(NOT_FOUND, NOT_ALLOWED, CSRF, *READING),
    )
    def post(self, request: Request, injection: UUID) -> HttpResponse:
        row = row_or_404(injections_visible_to(actor_of(request)), injection)
        ask(by=actor_of(request), injection=row, now=timezone.now())
        return _being_drawn()

    @extend_schema(
        summary="The recovery chart as PNG",
        description="404 where nobody has asked for it since the diary changed: ask by POST.",
        responses={
            (200, "image/png"): OpenApiTypes.BINARY,
            202: OpenApiResponse(description="It is being drawn: ask again after Retry-After seconds."),
        }
        | problems(NOT_FOUND, NOT_DRAWN, *READING),
    )
    def get(self, request: Request, injection: UUID) -> HttpResponse:
        found = picture(actor=actor_of(request), injection=injection)
        match found.state:
            case State.DRAWING:
                return _being_drawn()
            case State.FAILED:
                raise ProblemFound(NOT_DRAWN)
            case State.READY if found.is_current:
                png = picture_png(actor=actor_of(request), injection=injection)
                return HttpResponse(png, content_type="image/png")
        raise NoChart


def _being_drawn() -> HttpResponse:
    return HttpResponse(status=202, headers={"Retry-After": str(PICTURE_SECONDS)})
