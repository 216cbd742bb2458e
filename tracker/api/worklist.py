"""The clinic's worklist over HTTP."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.audiences import StaffView, actor_of
from tracker.api.fields import NumberField, Strict, TextField, WordField
from tracker.api.problems import INVALID, NOT_ALLOWED
from tracker.api.schema import READING, WRITING, problems
from tracker.domain.attention import Level
from tracker.domain.track import Source
from tracker.queries.worklist import LONGEST_PAGE, PAGE_SIZE, SORTS, worklist


class WorklistQuerySerializer(Strict):
    """The query string of the worklist. It holds nothing that says who anybody is."""

    label = TextField(  # type: ignore[assignment]  # our field, not DRF's attribute
        default="", allow_blank=True, max_length=40, help_text="One label's patients only."
    )
    sort = serializers.ChoiceField(choices=list(SORTS), default="attention")
    cursor = TextField(default="", max_length=200, help_text="next_cursor of the page before.")
    size = serializers.IntegerField(default=PAGE_SIZE, min_value=1, max_value=LONGEST_PAGE)


class WorklistSearchSerializer(WorklistQuerySerializer):
    """The same and a search, as a body."""

    search = TextField(max_length=100, help_text="Words of a name or of a record number.")
    size = NumberField(default=PAGE_SIZE, min_value=1, max_value=LONGEST_PAGE)


class WorklistLineSerializer(serializers.Serializer):
    """One patient with their current injection."""

    patient = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    record_number = serializers.CharField()
    day = serializers.IntegerField(
        allow_null=True, help_text="Study day of the injection; below 0 before it."
    )
    label = serializers.CharField()  # type: ignore[assignment]  # our field, not DRF's attribute
    title = serializers.CharField(help_text="The label in a clinician's words.")
    attention = WordField(Level)
    reasons = serializers.ListField(child=serializers.CharField(), help_text="Why, the most urgent first.")
    last_day = serializers.IntegerField(
        allow_null=True, help_text="Study day with the newest scored average pain."
    )
    last_pain = serializers.IntegerField(allow_null=True, help_text="NRS 0-10.")
    last_source = WordField(Source, allow_null=True, help_text="Who entered last_pain.")
    change = serializers.FloatField(
        allow_null=True, help_text="last_pain minus the baseline, in points; below 0 is better."
    )
    silent_days = serializers.IntegerField(allow_null=True)


class LabelCountSerializer(serializers.Serializer):
    label = serializers.CharField()  # type: ignore[assignment]  # our field, not DRF's attribute
    title = serializers.CharField()
    patients = serializers.IntegerField()


class WorklistSerializer(serializers.Serializer):
    lines = WorklistLineSerializer(many=True)
    labels = LabelCountSerializer(many=True, help_text="How many patients of this search have which label.")
    next_cursor = serializers.CharField(allow_null=True, help_text="The cursor of the next page, if any.")


QUERY, SEARCH, WORKLIST = WorklistQuerySerializer(), WorklistSearchSerializer(), WorklistSerializer()


class Worklist(StaffView):
    @extend_schema(
        summary="A page of the clinic's patients",
        parameters=[WorklistQuerySerializer],
        responses={200: WorklistSerializer} | problems(INVALID, NOT_ALLOWED, *READING),
    )
    def get(self, request: Request) -> Response:
        return self._page(request, QUERY.to_internal_value(request.query_params.dict()))

    @extend_schema(
        summary="A page of the patients whose name or record number matches",
        description="Sent as a body, so that no name stands in an address. Stores nothing.",
        request=WorklistSearchSerializer,
        responses={200: WorklistSerializer} | problems(NOT_ALLOWED, *WRITING),
    )
    def post(self, request: Request) -> Response:
        return self._page(request, SEARCH.to_internal_value(request.data))

    def _page(self, request: Request, asked: dict[str, Any]) -> Response:
        found = worklist(actor=actor_of(request), now=timezone.now(), **asked)
        return Response(WORKLIST.to_representation(found))
