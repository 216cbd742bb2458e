"""Diary entries over HTTP: a phone's own, those of a clinic's patients, and a phone's whole outbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from tracker.access import patients_visible_to
from tracker.actions.diary import Outcome, record
from tracker.api.audiences import DeviceView, StaffView, actor_of, own_patient
from tracker.api.problems import ID_REUSED, INVALID, NOT_ALLOWED, NOT_FOUND, ProblemFound, field_errors
from tracker.api.schema import READING, WRITING, problems
from tracker.api.serializers import (
    AnswerSerializer,
    ChangeSerializer,
    EntryPageSerializer,
    EntrySerializer,
    PageSerializer,
    StaffEntrySerializer,
    StoredSerializer,
    SyncAnswerSerializer,
    SyncSerializer,
)
from tracker.domain.sync import Change, Verdict
from tracker.domain.track import Source
from tracker.queries.entries import entries, entry_of

CHANGE, ENTRY, STAFF_ENTRY, SYNC, PAGE = (
    ChangeSerializer(),
    EntrySerializer(),
    StaffEntrySerializer(),
    SyncSerializer(),
    PageSerializer(),
)
STORED, ENTRY_PAGE = StoredSerializer(), EntryPageSerializer()

STAFF_SOURCES = {"staff": Source.STAFF, "paper": Source.PAPER}


class Entries(DeviceView):
    """The patient's own diary, from the phone that was made for them."""

    @extend_schema(
        summary="Own entries, newest day first",
        parameters=[PageSerializer],
        responses={200: EntryPageSerializer} | problems(INVALID, *READING),
    )
    def get(self, request: Request) -> Response:
        return _page(request, own_patient(request))

    @extend_schema(
        summary="Save one entry",
        request=EntrySerializer,
        responses={200: AnswerSerializer, 201: AnswerSerializer} | problems(ID_REUSED, *WRITING),
    )
    def post(self, request: Request) -> Response:
        said = ENTRY.to_internal_value(request.data)
        return _save(request, own_patient(request), said, source=Source.PATIENT)


class PatientEntries(StaffView):
    """The diary of one of the clinic's patients."""

    @extend_schema(
        summary="A patient's entries, newest day first",
        parameters=[PageSerializer],
        responses={200: EntryPageSerializer} | problems(INVALID, NOT_FOUND, *READING),
    )
    def get(self, request: Request, patient: UUID) -> Response:
        return _page(request, _patient(request, patient))

    @extend_schema(
        summary="Save one entry for a patient",
        request=StaffEntrySerializer,
        responses={200: AnswerSerializer, 201: AnswerSerializer}
        | problems(ID_REUSED, NOT_ALLOWED, NOT_FOUND, *WRITING),
    )
    def post(self, request: Request, patient: UUID) -> Response:
        whose = _patient(request, patient)
        said = STAFF_ENTRY.to_internal_value(request.data)
        return _save(request, whose, said, source=STAFF_SOURCES[said.pop("source")])


class Sync(DeviceView):
    """A phone's outbox. The answer is 200 with a result for each change, whatever became of them."""

    @extend_schema(
        summary="Save many entries, each judged alone",
        request=SyncSerializer,
        responses={200: SyncAnswerSerializer} | problems(*WRITING),
    )
    def post(self, request: Request) -> Response:
        said = SYNC.to_internal_value(request.data)
        now = timezone.now()
        read = [_read(change) for change in said["changes"]]
        outcomes = record(
            by=actor_of(request),
            patient=own_patient(request),
            changes=[change for change in read if isinstance(change, Change)],
            now=now,
            skew=_skew(said["sent_at"], now),
        )
        return Response({"results": list(_results(read, outcomes))})


def _patient(request: Request, public_id: UUID) -> Any:
    return get_object_or_404(patients_visible_to(actor_of(request)), public_id=public_id)


def _page(request: Request, patient: Any) -> Response:
    asked = PAGE.to_internal_value(request.query_params.dict())
    return Response(ENTRY_PAGE.to_representation(entries(actor=actor_of(request), patient=patient, **asked)))


def _save(request: Request, patient: Any, said: dict[str, Any], *, source: Source) -> Response:
    now = timezone.now()
    skew = _skew(said.pop("sent_at"), now)
    (outcome,) = record(
        by=actor_of(request), patient=patient, changes=[Change(**said)], now=now, source=source, skew=skew
    )
    if outcome.verdict == Verdict.INVALID:
        raise ProblemFound(INVALID, **{outcome.field: outcome.problem})
    if outcome.verdict == Verdict.ID_REUSED:
        raise ProblemFound(ID_REUSED, client_id="Another entry was sent under this id before.")
    stored = _stored(outcome.entry)
    current = stored if outcome.current is outcome.entry else _stored(outcome.current)
    answer = {"status": outcome.verdict, "entry": stored, "current": current}
    return Response(answer, status=200 if outcome.verdict == Verdict.DUPLICATE else 201)


def _skew(sent_at: datetime | None, now: datetime) -> timedelta | None:
    """The server's clock minus the device's, where the device said what time it sent."""
    return None if sent_at is None else now - sent_at


def _stored(row: Any) -> dict[str, Any]:
    return STORED.to_representation(entry_of(row))


def _read(change: Any) -> Change | dict[str, Any]:
    """The change, or the answer to one that cannot be read."""
    try:
        return Change(**CHANGE.to_internal_value(change))
    except ValidationError as error:
        return _result(_client_id(change), Verdict.INVALID, errors=list(field_errors(error)))


def _client_id(change: Any) -> UUID | None:
    """The id of a change that is wrong elsewhere, so that its phone knows which one is meant."""
    try:
        return CHANGE.fields["client_id"].run_validation(change.get("client_id"))
    except (AttributeError, ValidationError):
        return None


def _results(
    read: Iterable[Change | dict[str, Any]], outcomes: Iterable[Outcome]
) -> Iterator[dict[str, Any]]:
    """One result for each change, in order: refused before, or what the action says of it."""
    stored = iter(outcomes)
    for index, change in enumerate(read):
        yield {"index": index} | (change if isinstance(change, dict) else _outcome(next(stored)))


def _outcome(outcome: Outcome) -> dict[str, Any]:
    errors = [{"field": outcome.field, "message": outcome.problem}] if outcome.problem else []
    current = _stored(outcome.current) if outcome.verdict == Verdict.CONFLICT else None
    return _result(outcome.client_id, outcome.verdict, errors=errors, current=current)


def _result(
    client_id: UUID | None,
    status: Verdict,
    *,
    errors: list[dict[str, str]],
    current: dict[str, Any] | None = None,
) -> dict[str, Any]:
    return {
        "client_id": None if client_id is None else str(client_id),
        "status": status.value,
        "errors": errors,
        "current": current,
    }
