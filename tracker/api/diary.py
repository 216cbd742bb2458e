"""Diary entries over HTTP: a phone's own, those of a clinic's patients, and a phone's whole outbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError

from tracker.access import Actor, Device, can, check_may, holder_of, patients_visible_to
from tracker.actions import responses
from tracker.actions.diary import Outcome, record
from tracker.actions.responses import FormChange, FormOutcome
from tracker.api.audiences import DeviceView, StaffView, actor_of, own_device, own_patient
from tracker.api.problems import (
    ID_REUSED,
    INVALID,
    NOT_ALLOWED,
    NOT_FOUND,
    STEP_UP,
    ProblemFound,
    field_errors,
)
from tracker.api.schema import READING, WRITING, problems
from tracker.api.serializers import (
    AnswerSerializer,
    ChangeSerializer,
    EntryPageSerializer,
    EntrySerializer,
    FormChangeSerializer,
    PageSerializer,
    StaffEntrySerializer,
    StoredSerializer,
    SyncAnswerSerializer,
    SyncSerializer,
)
from tracker.domain.roles import Permission
from tracker.domain.sync import Change, Verdict
from tracker.domain.track import Source
from tracker.queries.entries import entries, entry_of
from tracker.queries.reach import reaches
from tracker.web.actors import outbox
from tracker.web.rows import row_or_404

CHANGE, ENTRY, STAFF_ENTRY, SYNC, PAGE = (
    ChangeSerializer(),
    EntrySerializer(),
    StaffEntrySerializer(),
    SyncSerializer(),
    PageSerializer(),
)
FORM_CHANGE = FormChangeSerializer()
STORED, ENTRY_PAGE = StoredSerializer(), EntryPageSerializer()

UNEXPLAINED = _("This cannot be stored. Open the diary to see why.")

STAFF_SOURCES = {"staff": Source.STAFF, "telephone": Source.TELEPHONE, "paper": Source.PAPER}


class Entries(DeviceView):
    """The patient's own diary, from the phone that was made for them."""

    @extend_schema(
        summary="Own entries, newest day first",
        parameters=[PageSerializer],
        description="Days from before the current treatment need a step-up: 403 `step-up`.",
        responses={200: EntryPageSerializer} | problems(INVALID, NOT_ALLOWED, STEP_UP, *READING),
    )
    def get(self, request: Request) -> Response:
        check_may(actor_of(request), Permission.SEE_OWN_DIARY)
        return _page(request, own_patient(request))

    @extend_schema(
        summary="Save one entry",
        request=EntrySerializer,
        responses={200: AnswerSerializer, 201: AnswerSerializer} | problems(ID_REUSED, NOT_ALLOWED, *WRITING),
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

    door = outbox

    @extend_schema(
        summary="Save many entries, each judged alone",
        request=SyncSerializer,
        responses={200: SyncAnswerSerializer} | problems(NOT_ALLOWED, *WRITING),
    )
    def post(self, request: Request) -> Response:
        said = SYNC.to_internal_value(request.data)
        now = timezone.now()
        if said["owner"] not in (None, holder_of(own_device(request))):
            return Response({"results": _not_theirs(said["changes"])})
        read = [_read(change) for change in said["changes"]]
        known: dict[str, Any] = {
            "by": actor_of(request),
            "patient": own_patient(request),
            "now": now,
            "skew": _skew(said["sent_at"], now),
        }
        days = [change for change in read if isinstance(change, Change)]
        forms = [change for change in read if isinstance(change, FormChange)]
        outcomes = record(changes=days, **known)
        answered = responses.record(changes=forms, **known)
        return Response({"results": list(_results(read, outcomes, answered, actor_of(request), now))})


def _patient(request: Request, public_id: UUID) -> Any:
    return row_or_404(patients_visible_to(actor_of(request)), public_id)


def _page(request: Request, patient: Any) -> Response:
    asked = PAGE.to_internal_value(request.query_params.dict())
    return Response(
        ENTRY_PAGE.to_representation(
            entries(actor=actor_of(request), patient=patient, now=timezone.now(), **asked)
        )
    )


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
    own_stands = outcome.current is outcome.entry
    current = stored if own_stands else _current(outcome, actor_of(request), now)
    answer = {"status": outcome.verdict, "entry": stored, "current": current}
    return Response(answer, status=200 if outcome.verdict == Verdict.DUPLICATE else 201)


def _skew(sent_at: datetime | None, now: datetime) -> timedelta | None:
    """The server's clock minus the device's, where the device said what time it sent."""
    return None if sent_at is None else now - sent_at


def _stored(row: Any) -> dict[str, Any]:
    return STORED.to_representation(entry_of(row))


def _current(outcome: Outcome, actor: Actor, now: datetime) -> dict[str, Any] | None:
    """What stands for the day now, as somebody else may have said it: for whoever may read that day."""
    if isinstance(actor, Device):
        may_read = can(actor, Permission.SEE_OWN_DIARY)
        if not (may_read and reaches(reader=actor, on=outcome.describes_on, now=now)):
            return None
    return _stored(outcome.current)


def _read(change: Any) -> Change | FormChange | dict[str, Any]:
    """The change, or the answer to one that cannot be read."""
    try:
        if isinstance(change, dict) and "form" in change:
            return FormChange(**FORM_CHANGE.to_internal_value(change))
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
    read: Iterable[Change | FormChange | dict[str, Any]],
    outcomes: Iterable[Outcome],
    answered: Iterable[FormOutcome],
    actor: Actor,
    now: datetime,
) -> Iterator[dict[str, Any]]:
    """One result for each change, in order: refused before, or what the action says of it."""
    stored, forms = iter(outcomes), iter(answered)
    for index, change in enumerate(read):
        if isinstance(change, Change):
            change = _outcome(next(stored), actor, now)
        elif isinstance(change, FormChange):
            change = _of_form(next(forms))
        yield {"index": index} | change


def _not_theirs(changes: Iterable[Any]) -> list[dict[str, Any]]:
    """The answer to an outbox that somebody else left on this phone."""
    return [
        {"index": index} | _result(_client_id(change), Verdict.WRONG_OWNER, errors=[])
        for index, change in enumerate(changes)
    ]


def _outcome(outcome: Outcome, actor: Actor, now: datetime) -> dict[str, Any]:
    # A reason may name what is on record, such as the first day: it is for whoever may read.
    is_blind = isinstance(actor, Device) and actor.is_append_only
    problem = str(UNEXPLAINED) if outcome.problem and is_blind else outcome.problem
    errors = [{"field": outcome.field, "message": problem}] if problem else []
    current = _current(outcome, actor, now) if _is_about_another(outcome) else None
    return _result(outcome.client_id, outcome.verdict, errors=errors, current=current)


def _of_form(outcome: FormOutcome) -> dict[str, Any]:
    errors = [{"field": outcome.field, "message": outcome.problem}] if outcome.problem else []
    return _result(outcome.client_id, outcome.verdict, errors=errors)


def _is_about_another(outcome: Outcome) -> bool:
    """Whether the phone has to hear what stands: a conflict, or what it sent again is no longer the day's."""
    if outcome.verdict == Verdict.DUPLICATE:
        return outcome.current is not None and outcome.current.client_id != outcome.client_id
    return outcome.verdict == Verdict.CONFLICT


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
