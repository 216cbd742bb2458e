"""What led to an injection: pain, care that was tried, imaging, and steroids taken beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.access import Actor, check_may
from tracker.actions import assessments, audit
from tracker.domain.roles import Permission
from tracker.domain.study_days import local_today
from tracker.domain.zones import zone_of
from tracker.models import ConservativeCare, Injection, InjectionHistory, statements


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRecord:
    """What the form says. The words are those of tracker.domain.history."""

    pain_since: date | None = None
    pain_weeks: int | None = None
    imaging_kind: str = ""
    imaging_on: date | None = None
    imaging_concordant: str = ""
    imaging_finding: str | None = None
    steroids_from: date | None = None
    steroids_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    kind: str
    from_on: date | None = None
    to_on: date | None = None
    result: str = ""


def record(
    *, by: Actor, injection: Injection, history: HistoryRecord, care: Sequence[Care], now: datetime
) -> None:
    """Write the history of an injection down, in place of what stood there. Raises ValidationError.

    A course of steroids may confound any episode of the patient: then all are judged anew.
    """
    check_may(by, Permission.EDIT_INJECTIONS, on=injection)
    _check(injection, history, care, today=local_today(now, zone_of(injection.patient.time_zone)))
    with transaction.atomic():
        statements.lock(patient_id=injection.patient_id)
        row = InjectionHistory.objects.filter(injection=injection).first() or InjectionHistory(
            injection=injection, clinic_id=injection.clinic_id
        )
        changed = sorted(name for name, said in asdict(history).items() if getattr(row, name) != said)
        for name in changed:
            setattr(row, name, getattr(history, name))
        row.full_clean(exclude=["injection"])
        row.save()
        if _replace_care(injection, care):
            changed.append("conservative_care")
        if {"steroids_from", "steroids_to"} & set(changed):
            assessments.rebuild(patient=injection.patient, now=now)
        audit.record(
            by=by,
            clinic_id=injection.clinic_id,
            action="injection.history",
            now=now,
            patient_id=injection.patient_id,
            subject=f"injection:{injection.pk}",
            fields=changed,
        )


def _replace_care(injection: Injection, care: Sequence[Care]) -> bool:
    """Whether it says anything else than before."""
    names = ("kind", "from_on", "to_on", "result")
    rows_before = ConservativeCare.objects.filter(injection=injection)
    before = list(rows_before.order_by("id").values_list(*names))
    new = [(one.kind, one.from_on, one.to_on, one.result) for one in care]
    if before == new:
        return False
    rows_before.delete()
    rows = [
        ConservativeCare(clinic_id=injection.clinic_id, injection=injection, **asdict(one)) for one in care
    ]
    for row in rows:
        row.full_clean()
    ConservativeCare.objects.bulk_create(rows)
    return True


def _check(injection: Injection, history: HistoryRecord, care: Sequence[Care], *, today: date) -> None:
    problems = _wrong(injection, history, today)
    if any(one.from_on and (one.from_on > today or (one.to_on and one.to_on < one.from_on)) for one in care):
        problems["__all__"] = "A treatment ends before it begins, or lies ahead. Check its dates."
    if problems:
        raise ValidationError(problems)


def _wrong(injection: Injection, history: HistoryRecord, today: date) -> dict[str, Any]:
    """By field, what cannot be."""
    it, found = history, {}
    if it.pain_since and it.pain_weeks is not None:
        found["pain_weeks"] = "Give the date or the weeks, not both."
    if it.pain_since and not injection.patient.born_on <= it.pain_since <= injection.injected_on:
        found["pain_since"] = "The pain began on a day of the patient's life, before the injection."
    if (it.imaging_on or it.imaging_concordant or it.imaging_finding) and not it.imaging_kind:
        found["imaging_kind"] = "Say which imaging it was."
    if it.imaging_on and it.imaging_on > today:
        found["imaging_on"] = "This day has not come yet."
    if it.steroids_to and not it.steroids_from:
        found["steroids_from"] = "Give its first day as well."
    elif it.steroids_from and it.steroids_to and it.steroids_to < it.steroids_from:
        found["steroids_to"] = "It cannot end before it begins."
    return found
