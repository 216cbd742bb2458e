"""Recording diary days: one path for a phone, a form, staff and a batch of any size."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from tracker.access import Actor, check_may
from tracker.actions import assessments, audit
from tracker.actions.intake import Arrival, Intake, Outcome, source_of
from tracker.domain.roles import Permission
from tracker.domain.sync import Change
from tracker.domain.track import Source, Timing
from tracker.models import Device, DiaryEntry, Patient, statements

LONGEST_BATCH = 200
"""Changes in one call: a phone that was away for half a year still fits."""


class BatchTooLong(ValueError):
    def __init__(self, count: int) -> None:
        super().__init__(f"{count} changes in one batch. Send at most {LONGEST_BATCH} at a time.")


class NotAcceptable(ValueError):
    def __init__(self) -> None:
        super().__init__(
            "This entry cannot be accepted: it is scored already, or another one stands for its day now."
        )


def record(
    *,
    by: Actor,
    patient: Patient,
    changes: Sequence[Change],
    now: datetime,
    source: Source | None = None,
    skew: timedelta | None = None,
) -> tuple[Outcome, ...]:
    """Store diary changes and reassess what they touch, in one transaction; an answer for each, in order.

    A change that is refused never holds back the others. `source` is for staff, who enter what they were
    told or what stands on paper. Raises BatchTooLong.
    """
    permission = Permission.LOG_OWN_DIARY if isinstance(by, Device) else Permission.EDIT_PATIENTS
    check_may(by, permission, on=patient)
    if len(changes) > LONGEST_BATCH:
        raise BatchTooLong(len(changes))
    arrival = Arrival(by=by, at=now, source=source_of(by, source), skew=skew)
    return _take_in(by=by, patient=patient, arrivals=[(change, arrival) for change in changes], now=now)


def import_history(
    *, by: Actor, patient: Patient, arrivals: Sequence[tuple[Change, Arrival]], now: datetime
) -> tuple[Outcome, ...]:
    """Store a whole diary that was kept elsewhere, each entry with its own arrival, in one transaction."""
    check_may(by, Permission.EDIT_PATIENTS, on=patient)
    return _take_in(by=by, patient=patient, arrivals=arrivals, now=now)


def _take_in(
    *, by: Actor, patient: Patient, arrivals: Sequence[tuple[Change, Arrival]], now: datetime
) -> tuple[Outcome, ...]:
    with transaction.atomic():
        statements.lock(patient_id=patient.pk)
        intake = Intake(patient, [change for change, _ in arrivals])
        outcomes = tuple(intake.take(change, arrival) for change, arrival in arrivals)
        intake.store()
        if intake.touched:
            assessments.refresh(patient=patient, changed=intake.touched_days, now=now)
            audit.record(
                by=by,
                clinic_id=patient.clinic_id,
                action="diary.record",
                now=now,
                patient_id=patient.pk,
                entries=len(intake.new),
                verdicts=sorted({outcome.verdict.value for outcome in outcomes}),
            )
    return outcomes


def accept(*, by: Actor, entry: DiaryEntry, now: datetime) -> None:
    """A clinician believes an entry whose clock was uncertain: from now on it is scored.

    The entry stays as it was; its day points to it as scored. Raises NotAcceptable.
    """
    check_may(by, Permission.ACCEPT_ENTRIES, on=entry)
    with transaction.atomic():
        statements.lock(patient_id=entry.patient_id)
        patient = entry.patient
        (day,) = statements.DAYS.rows(patient_id=patient.pk, describes_on=entry.describes_on)
        is_scored = entry.pk in (day.scored_pain_id, day.scored_soreness_id)
        is_current = entry.pk == day.current_id
        if not Timing(entry.timing).may_be_accepted(is_current=is_current, is_scored=is_scored):
            raise NotAcceptable
        if entry.pain is not None:
            day.scored_pain = entry
        if entry.soreness is not None:
            day.scored_soreness = entry
        day.save(update_fields=["scored_pain", "scored_soreness"])
        assessments.refresh(patient=patient, changed=[day], now=now)
        audit.record(
            by=by,
            clinic_id=patient.clinic_id,
            action="diary.accept",
            now=now,
            patient_id=patient.pk,
            subject=f"entry:{entry.pk}",
        )
