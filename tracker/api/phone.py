"""What a phone asks for by itself: whose it is now, and its copy of its own diary."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.access import Device, can, holder_of, is_asked_again
from tracker.actions import epochs
from tracker.api.audiences import AudienceView, DeviceView, actor_of
from tracker.api.fields import written
from tracker.api.phone_care import care_block
from tracker.api.phone_serializers import CopySerializer, SessionSerializer
from tracker.api.problems import NOT_ALLOWED, SIGNED_OUT, UNAVAILABLE
from tracker.api.schema import READING, problems
from tracker.content.diary import DIARY
from tracker.content.languages import in_language
from tracker.domain.forms import BEFORE
from tracker.domain.roles import Permission
from tracker.domain.ruleset import RuleSet
from tracker.domain.timeline import phases
from tracker.queries.asked import Answered
from tracker.queries.course import course
from tracker.queries.phone_copy import PhoneCopy, phone_copy
from tracker.queries.reminders import push_key_for
from tracker.queries.right_now import RightNow
from tracker.web.actors import outbox
from tracker.web.calling_words import own_signs
from tracker.web.course_words import marks_of, phase_texts, rhythm_words, words_of

OF_CLINIC = ("name", "phone", "emergency_number", "on_call_phone", "on_call_hours")


class Session(AudienceView):
    """Asked before anything is sent: it is cheap, and says nothing that the phone's holder does not know."""

    audience = "everybody"
    door = outbox
    authentication_classes = ()
    permission_classes = ()

    @extend_schema(
        summary="Whose phone this is now, and a fresh CSRF token",
        auth=[{}],  # type: ignore[list-item]  # by nobody's or by the phone's cookie
        responses={200: SessionSerializer} | problems(SIGNED_OUT, UNAVAILABLE),
    )
    def get(self, request: Request) -> Response:
        device = request._request.actor  # type: ignore[attr-defined]  # by the view's door
        is_borrowed = device is not None and device.is_borrowed
        is_open = device is not None and not device.is_append_only and not is_borrowed
        return Response(
            {
                "owner": str(holder_of(device)) if is_open else None,
                "may_send": device is not None and not is_borrowed,
                "is_borrowed": is_borrowed,
                "csrf_token": get_token(request._request),
                "server_time": written(timezone.now()),
                "epoch": str(epochs.current()),
            }
        )


class Mine(DeviceView):
    """Everything that the phone's pages show, so that they need no network."""

    @extend_schema(
        summary="A phone's own copy of its diary",
        description="Days within reach without a step-up. With `If-None-Match` 304 where nothing is new.",
        responses={200: CopySerializer} | problems(NOT_ALLOWED, *READING),
    )
    def get(self, request: Request) -> HttpResponse:
        actor: Any = actor_of(request)
        now = timezone.now()
        body = _copy_of(actor, now)
        etag = quote_etag(hashlib.sha256(json.dumps(body).encode()).hexdigest()[:32])
        known = get_conditional_response(request._request, etag=etag)
        answer = known or Response(body | {"as_of": written(now)})
        answer.headers["ETag"] = etag
        return answer


def _copy_of(actor: Device, now: datetime) -> dict[str, Any]:
    """The copy but for its moment, which alone would make each one another."""
    patient: Any = actor.patient
    kept = phone_copy(reader=actor, now=now)
    may_read = can(actor, Permission.SEE_OWN_DIARY)
    return {
        "owner": str(holder_of(actor)),
        "language": patient.language,
        "time_zone": patient.time_zone,
        "two_taps": patient.two_taps,
        "reminder_at": f"{patient.reminder_at:%H:%M}" if patient.reminder_at else None,
        "push_key": push_key_for(actor),
        "has_to_agree": is_asked_again(actor),
        "may_log": can(actor, Permission.LOG_OWN_DIARY),
        "may_read": may_read,
        "helps": patient.given_name if actor.caregiver_id else "",
        "clinic": {name: getattr(patient.clinic, name) for name in OF_CLINIC},
        "signs": own_signs(patient.language, clinic=patient.clinic),
        "plan": [_planned(day, kept.rules, patient.language) for day in kept.plan],
        "days": _days(kept, patient.language),
        "answers": [_answered(one) for one in kept.answers],
        "right_now": _right_now(kept.right_now, patient.language),
        "course": _course(patient, now) if may_read else None,
        "care": care_block(patient, now) if may_read else None,
    }


def _planned(day: Any, rules: RuleSet, language: str) -> dict[str, Any]:
    return {
        "on": day.on.isoformat(),
        "is_due": day.is_due,
        "asks_soreness": day.asks_soreness,
        "rhythm": rhythm_words(day.rhythm, rules, language=language),
        "forms": [
            {
                "form": one.form.value,
                "from_on": one.from_on.isoformat(),
                "to_on": one.to_on.isoformat(),
                "asks_rescue": one.asks_rescue,
            }
            for one in day.forms
        ],
    }


def _right_now(found: RightNow | None, language: str) -> dict[str, Any] | None:
    """The moments of the day; before the injection there is no window."""
    if found is None:
        return None
    texts = in_language(DIARY, language)
    return {
        "on": found.injection.injected_on.isoformat(),
        "is_diagnostic": found.is_diagnostic,
        "started_at": found.started_at,
        "moments": [
            {
                "part": BEFORE if moment.minutes is None else str(moment.minutes),
                "words": texts.moment(moment.minutes),
                "minutes": moment.minutes,
                "from_minute": moment.window.from_minute if moment.window else None,
                "to_minute": moment.window.to_minute if moment.window else None,
                "pain": moment.pain,
                "is_given": moment.is_given,
            }
            for moment in found.moments
        ],
    }


def _answered(one: Answered) -> dict[str, Any]:
    return {
        "form": one.form,
        "on": one.on.isoformat(),
        "part": one.part,
        "client_id": str(one.client_id),
        "said": dict(one.said),
        "made_at": written(one.made_at),
    }


def _days(kept: PhoneCopy, language: str) -> list[dict[str, Any]]:
    texts = in_language(DIARY, language)
    return [
        {
            "on": entry.on.isoformat(),
            "client_id": str(entry.client_id),
            "pain": entry.pain,
            "soreness": entry.soreness,
            "made_at": written(entry.made_at),
            "timing": entry.timing.name.lower(),
            "marks": list(marks_of(entry, texts)),
        }
        for entry in kept.days
    ]


def _course(patient: Any, now: datetime) -> dict[str, Any]:
    found = course(patient=patient, now=now)
    words = words_of(found, language=patient.language, clinic=patient.clinic)
    texts = phase_texts(found.rules, language=patient.language, clinic=patient.clinic)
    return {
        "stage": found.stage.value,
        "injected_on": found.injected_on.isoformat() if found.injected_on else None,
        "next_on": found.next_on.isoformat() if found.next_on else None,
        "day": found.day,
        "baseline": words["baseline"],
        "baseline_days": found.baseline_days,
        "phases": [
            {
                "name": texts[phase.key].name,
                "span": texts[phase.key].days,
                "usual": texts[phase.key].usual,
                "first_day": phase.first_day,
                "last_day": phase.last_day,
            }
            for phase in phases(found.rules)
        ],
        "message": words["message"],
        "notes": [note for note in (words["relief"], words["low_before"], words["flare"]) if note],
        "has_flare": bool(words["flare"]),
        "reasons_to_call": words["reasons_to_call"],
        "call_once": words["call_once"],
        "words": list(found.words),
        "readings": [{"moment": moment, "pain": pain} for moment, pain in words["readings"]],
    }
