""" "Right now" scores on the day of the injection."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.access import Actor, check_may
from tracker.actions import assessments, audit
from tracker.actions.intake import source_of
from tracker.domain.roles import Permission
from tracker.domain.scales import InvalidScore, pain_score
from tracker.domain.track import Source
from tracker.models import Device, Injection, Reading, statements

LATEST_MINUTES = 24 * 60
"""A reading later than a day after is no reading of day 0."""


def record(
    *,
    by: Actor,
    injection: Injection,
    minutes: int | None,
    pain: int,
    now: datetime,
    source: Source | None = None,
    entered_at: datetime | None = None,
) -> Reading:
    """Set the score before the injection (`minutes` None) or minutes after it. Raises ValidationError.

    `entered_at` is when it was written down, where that was not now; `source` is for staff, as in a diary.
    """
    permission = Permission.LOG_OWN_DIARY if isinstance(by, Device) else Permission.EDIT_INJECTIONS
    check_may(by, permission, on=injection)
    _check(minutes=minutes, pain=pain)
    with transaction.atomic():
        statements.lock(patient_id=injection.patient_id)
        reading, is_new = note(
            injection=injection,
            minutes=minutes,
            pain=pain,
            source=source_of(by, source),
            entered_at=entered_at or now,
            now=now,
        )
        audit.record(
            by=by,
            clinic_id=injection.clinic_id,
            action="reading.record" if is_new else "reading.correct",
            now=now,
            patient_id=injection.patient_id,
            subject=f"injection:{injection.pk}",
        )
    return reading


def note(
    *,
    injection: Injection,
    minutes: int | None,
    pain: int,
    source: Source,
    entered_at: datetime,
    now: datetime,
) -> tuple[Reading, bool]:
    """Set a score and reassess, within the transaction of whoever says so; whether it is the first one."""
    reading, is_new = Reading.objects.update_or_create(
        injection=injection,
        minutes=minutes,
        defaults={
            "clinic_id": injection.clinic_id,
            "patient": injection.patient,
            "pain": pain,
            "entered_at": entered_at,
            "source": source,
        },
    )
    assessments.rebuild(patient=injection.patient, now=now)
    return reading, is_new


def _check(*, minutes: int | None, pain: int) -> None:
    if minutes is not None and not 0 <= minutes <= LATEST_MINUTES:
        raise ValidationError({"minutes": f"Write the minutes after the injection, 0 to {LATEST_MINUTES}."})
    try:
        pain_score(pain)
    except InvalidScore as error:
        raise ValidationError({"pain": str(error)}) from None
