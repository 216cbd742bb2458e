"""Reminders on a phone: where its browser takes them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from tracker import trail
from tracker.actions.push import subscribe, unsubscribe
from tracker.api.audiences import DeviceView, actor_of
from tracker.api.phone_serializers import SubscriptionSerializer
from tracker.api.problems import INVALID, NOT_ALLOWED, ProblemFound
from tracker.api.schema import WRITING, problems
from tracker.gateways.push_service import NotASubscription

SUBSCRIPTION = SubscriptionSerializer()


class Push(DeviceView):
    """The patient's own phone, one subscription each."""

    @extend_schema(
        summary="Take reminders on this phone",
        request=SubscriptionSerializer,
        responses={204: None} | problems(NOT_ALLOWED, *WRITING),
    )
    def post(self, request: Request) -> Response:
        actor: Any = actor_of(request)
        trail.saw([actor.patient_id])
        said = SUBSCRIPTION.to_internal_value(request.data)
        origin = request.build_absolute_uri("/").rstrip("/")
        try:
            subscribe(by=actor, endpoint=said["endpoint"], **said["keys"], origin=origin, now=timezone.now())
        except NotASubscription as error:
            raise ProblemFound(INVALID, endpoint=str(error)) from error
        return Response(status=204)

    @extend_schema(
        summary="Take no reminders on this phone any more",
        request=None,
        responses={204: None} | problems(NOT_ALLOWED, *WRITING),
    )
    def delete(self, request: Request) -> Response:
        actor: Any = actor_of(request)
        trail.saw([actor.patient_id])
        unsubscribe(by=actor, now=timezone.now())
        return Response(status=204)
