"""Answered forms on their way in: one path for a phone's outbox, a page and staff.

What an answer brings about (an alert, a reading of day 0) happens in its own transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from tracker.access import Actor, check_may
from tracker.actions import alerts, audit, care, readings
from tracker.actions.intake import source_of
from tracker.domain.attention import Level
from tracker.domain.forms import Answer, Form, InvalidAnswer, minutes_of, read_answer
from tracker.domain.procedure import Status
from tracker.domain.roles import Permission
from tracker.domain.saying import say
from tracker.domain.study_days import is_future
from tracker.domain.sync import Verdict, corrected_time
from tracker.domain.track import Source
from tracker.domain.zones import zone_of
from tracker.models import Device, Patient, Response, statements


@dataclass(frozen=True, slots=True)
class FormChange:
    """One answered form as it was sent; `said` is not looked into yet."""

    client_id: UUID
    form: str
    day: date
    said: Any
    entered_at: datetime
    part: str = ""


@dataclass(frozen=True, slots=True)
class FormOutcome:
    """What became of one: created, edited, duplicate, id_reused or invalid, and for that where and why."""

    client_id: UUID
    verdict: Verdict
    field: str = ""
    problem: str = ""


def record(
    *,
    by: Actor,
    patient: Patient,
    changes: Sequence[FormChange],
    now: datetime,
    source: Source | None = None,
    skew: timedelta | None = None,
) -> tuple[FormOutcome, ...]:
    """Store answered forms, each judged alone; an outcome for each, in order."""
    permission = Permission.LOG_OWN_DIARY if isinstance(by, Device) else Permission.EDIT_PATIENTS
    check_may(by, permission, on=patient)
    if not changes:
        return ()
    with transaction.atomic():
        statements.lock(patient_id=patient.pk)
        intake = _Intake(by, patient, changes, now, source_of(by, source), skew)
        outcomes = tuple(intake.take(change) for change in changes)
        if intake.stored:
            audit.record(
                by=by,
                clinic_id=patient.clinic_id,
                action="response.record",
                now=now,
                patient_id=patient.pk,
                answers=len(intake.stored),
            )
    return outcomes


class _Intake:
    """One batch: what is there already, and what is added."""

    def __init__(
        self,
        by: Actor,
        patient: Patient,
        changes: Sequence[FormChange],
        now: datetime,
        source: Source,
        skew: timedelta | None,
    ) -> None:
        self.by, self.patient, self.now, self.source, self.skew = by, patient, now, source, skew
        self.zone = zone_of(patient.time_zone)
        ids = [change.client_id for change in changes]
        same_id = Response.objects.filter(patient=patient, client_id__in=ids)
        self.known = {row.client_id: row for row in same_id}
        forms, days = {change.form for change in changes}, {change.day for change in changes}
        there = Response.objects.filter(patient=patient, form__in=forms, describes_on__in=days)
        self.answered = set(there.values_list("form", "describes_on", "part"))
        self.stored: list[Response] = []

    def take(self, change: FormChange) -> FormOutcome:
        try:
            answer = read_answer(change.form, change.said, part=change.part)
            if is_future(change.day, now=self.now, zone=self.zone):
                raise InvalidAnswer("day", say("This day has not come yet. Choose today or a day before it."))
        except InvalidAnswer as error:
            return FormOutcome(change.client_id, Verdict.INVALID, error.item, gettext(str(error)))
        same = self.known.get(change.client_id)
        if same is not None:
            is_same = (same.form, same.describes_on, same.part, same.said) == (
                *(answer.form, change.day, answer.part, answer.said),
            )
            return FormOutcome(change.client_id, Verdict.DUPLICATE if is_same else Verdict.ID_REUSED)
        return FormOutcome(change.client_id, self._keep(change, answer))

    def _keep(self, change: FormChange, answer: Answer) -> Verdict:
        key = (answer.form.value, change.day, answer.part)
        verdict = Verdict.EDITED if key in self.answered else Verdict.CREATED
        row = self._row(change, answer)
        row.save(force_insert=True)
        self.known[row.client_id] = row
        self.answered.add(key)
        self.stored.append(row)
        self._follow(row, answer)
        return verdict

    def _row(self, change: FormChange, answer: Answer) -> Response:
        is_device = isinstance(self.by, Device)
        return Response(
            clinic_id=self.patient.clinic_id,
            patient=self.patient,
            client_id=change.client_id,
            form=answer.form.value,
            describes_on=change.day,
            part=answer.part,
            said=answer.said,
            entered_at=change.entered_at,
            received_at=self.now,
            corrected_at=corrected_time(change.entered_at, skew=self.skew, received_at=self.now),
            source=self.source,
            device_id=self.by.pk if is_device else None,
            membership_id=None if is_device else self.by.pk,
        )

    def _follow(self, row: Response, answer: Answer) -> None:
        """What an answer brings about."""
        if answer.form in (Form.CHECK, Form.QUESTION):
            alerts.raise_for(response=row, answer=answer, now=self.now)
        elif answer.form is Form.SUGAR and care.is_sugar_high(row):
            alerts.raise_at(Level.ORANGE, response=row, now=self.now)
        elif answer.form is Form.READING:
            self._read(row, answer)

    def _read(self, row: Response, answer: Answer) -> None:
        """A reading belongs to the injection of its day; without one it is kept as it is."""
        alive = self.patient.injections.exclude(status=Status.CANCELLED)
        injection = alive.filter(injected_on=row.describes_on).order_by("pk").last()
        if injection is None or self._is_older(row):
            return
        readings.note(
            injection=injection,
            minutes=minutes_of(answer.part),
            pain=answer.said["pain"],
            source=self.source,
            entered_at=row.corrected_at,
            now=self.now,
        )

    def _is_older(self, row: Response) -> bool:
        """Whether a later answer to the same moment is here already, from another phone."""
        same = {"form": row.form, "describes_on": row.describes_on, "part": row.part}
        later = Response.objects.filter(patient=self.patient, corrected_at__gt=row.corrected_at, **same)
        return later.exists()
