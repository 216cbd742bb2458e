"""The injection record: adding one, changing it, moving its date, closing its episode."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.access import Actor, check_may
from tracker.actions import assessments, audit, protocols
from tracker.domain.procedure import Closing, Status
from tracker.domain.roles import Permission
from tracker.domain.study_days import local_today
from tracker.domain.track import FIRST_DAY, LAST_DAY
from tracker.domain.zones import zone_of
from tracker.models import Assessment, ChartPicture, DiaryDay, Injection, InjectionAgent, Patient, statements
from tracker.queries.protocols import protocol_of

LONGEST_AHEAD, LONGEST_BACK = timedelta(days=366), timedelta(days=7305)
"""A date beyond a year ahead or 20 years back is a mistyped year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectionRecord:
    """What a form says of an injection. The words are those of tracker.domain.procedure."""

    status: str
    injected_on: date
    region: str
    level: str
    side: str
    approach: str
    intent: str
    guidance: str
    contrast: bool
    anaesthetic: str
    indication: str
    operator: str
    visit_on: date | None = None
    closed_on: date | None = None
    closed_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    name: str
    dose_mg: Decimal
    lot: str = ""


class MovesBeyondEntries(Exception):
    """After this move no logged day would lie in the episode any more; nothing is deleted by it."""

    def __init__(self, days: int) -> None:
        self.days = days
        super().__init__(
            f"None of the {days} days logged so far would belong to this injection any more. "
            "Nothing is deleted: moving it back counts them again. Tick “Move it anyway” to go on."
        )


def add(
    *,
    by: Actor,
    patient: Patient,
    record: InjectionRecord,
    agents: Sequence[Agent],
    now: datetime,
    protocol: str = "",
) -> Injection:
    """Add an injection to a patient and assess it. Raises ValidationError.

    It is pinned to a version of the `protocol` that was chosen (`protocols.version_for`).
    """
    check_may(by, Permission.EDIT_INJECTIONS, on=patient)
    injection = Injection(clinic_id=patient.clinic_id, patient=patient, **asdict(record))
    injection.protocol_version_id = protocols.version_for(choice=protocol, region=record.region)
    _check(injection, now=now)
    with transaction.atomic():
        statements.lock(patient_id=patient.pk)
        injection.save()
        _save_agents(injection, agents)
        _settle(patient, now=now)
        _audit(by, injection, "injection.add", now)
    return injection


def change(
    *,
    by: Actor,
    injection: Injection,
    record: InjectionRecord,
    agents: Sequence[Agent],
    now: datetime,
    move_anyway: bool = False,
    protocol: str = "",
) -> int:
    """Change a record; by how many days its date moved: then every day was counted again.

    It stays with its version of a protocol, unless another `protocol` is chosen or its region becomes one
    that the protocol is not for. Raises ValidationError and MovesBeyondEntries.
    """
    check_may(by, Permission.EDIT_INJECTIONS, on=injection)
    with transaction.atomic():
        _lock(injection)
        was_on, new = injection.injected_on, asdict(record)
        new["protocol_version_id"] = _pin(injection, protocol, region=record.region)
        changed = sorted(name for name, value in new.items() if getattr(injection, name) != value)
        for name in changed:
            setattr(injection, name, new[name])
        _check(injection, now=now)
        if "injected_on" in changed and not move_anyway:
            _check_keeps_entries(injection.patient, was_on=was_on, will_be_on=injection.injected_on)
        injection.save(update_fields=changed)
        injection.agents.all().delete()
        _save_agents(injection, agents)
        _settle(injection.patient, now=now)
        moved_days = (injection.injected_on - was_on).days
        _audit(by, injection, "injection.change", now, fields=changed, moved_days=moved_days)
    return moved_days


def correct_baseline(
    *, by: Actor, injection: Injection, baseline: Decimal | None, reason: str, now: datetime
) -> None:
    """Rule 1: only a clinician changes a frozen baseline, with a reason; None takes the change back."""
    check_may(by, Permission.CORRECT_BASELINE, on=injection)
    if baseline is not None and not reason.strip():
        raise ValidationError({"reason": "Say why: the reason is kept with the baseline."})
    with transaction.atomic():
        _lock(injection)
        injection.baseline_override, injection.baseline_reason = baseline, reason.strip() or None
        injection.full_clean(exclude=["operator", "indication", "level"])
        injection.save(update_fields=["baseline_override", "baseline_reason"])
        assessments.rebuild(patient=injection.patient, now=now)
        _audit(by, injection, "injection.correct_baseline", now, taken_back=baseline is None)


def close_current(*, patient: Patient, why: Closing, on: date) -> None:
    """End the open episode as a part of an action that records it; the caller assesses it anew."""
    Injection.objects.filter(
        pk=patient.current_injection_id,
        status=Status.PERFORMED,
        closed_on=None,
        injected_on__lte=on,
    ).update(closed_on=on, closed_reason=why)


def _pin(injection: Injection, protocol: str, *, region: str) -> UUID | None:
    """The version that an injection goes by after a change of its record."""
    kept: UUID | None = injection.protocol_version_id
    if protocol:
        return protocols.version_for(choice=protocol, region=region)
    if region == injection.region or (kept and region in protocol_of(injection).regions):
        return kept
    return protocols.version_for(choice="", region=region)


def _lock(injection: Injection) -> None:
    """Read the row again with the patient locked: somebody may have changed it while a form was open."""
    statements.lock(patient_id=injection.patient_id)
    injection.refresh_from_db(from_queryset=Injection.objects.select_related("patient"))


def _check(injection: Injection, *, now: datetime) -> None:
    injection.full_clean()
    today = local_today(now, zone=zone_of(injection.patient.time_zone))
    if problem := _wrong_date(injection, today):
        raise ValidationError({"injected_on": problem})
    if problem := _wrong_end(injection, today):
        raise ValidationError({"closed_on": problem})
    if bool(injection.closed_on) != bool(injection.closed_reason):
        raise ValidationError({"closed_reason": "Give the day and the reason together, or neither."})


def _wrong_date(injection: Injection, today: date) -> str:
    on = injection.injected_on
    if injection.status == Status.PERFORMED and on > today:
        return "An injection that was performed cannot lie ahead. Choose “scheduled” instead."
    if on > today + LONGEST_AHEAD:
        return "This is more than a year ahead. Check the year."
    if on < injection.patient.born_on:
        return "This is before the patient was born. Check the year."
    if on < today - LONGEST_BACK:
        return "This is more than 20 years ago. Check the year."
    return ""


def _wrong_end(injection: Injection, today: date) -> str:
    if injection.closed_on is None:
        return ""
    if injection.closed_on > today:
        return "The episode cannot end in the future. Choose today or a day before it."
    if injection.closed_on < injection.injected_on:
        return "The episode cannot end before its injection. Choose a day on or after it."
    return ""


def _check_keeps_entries(patient: Patient, *, was_on: date, will_be_on: date) -> None:
    days = DiaryDay.objects.filter(patient=patient).values_list("describes_on", flat=True)
    before = [day for day in days if FIRST_DAY <= (day - was_on).days <= LAST_DAY]
    if before and not any(FIRST_DAY <= (day - will_be_on).days <= LAST_DAY for day in before):
        raise MovesBeyondEntries(len(before))


def _save_agents(injection: Injection, agents: Sequence[Agent]) -> None:
    rows = [
        InjectionAgent(clinic_id=injection.clinic_id, injection=injection, **asdict(agent))
        for agent in agents
    ]
    for row in rows:
        row.full_clean()
    InjectionAgent.objects.bulk_create(rows)


def _settle(patient: Patient, *, now: datetime) -> None:
    """Recompute the patient's episodes and say which injection the worklist shows.

    A cancelled one keeps its track: performed again, `rev` goes on and no chart's tag ever returns.
    """
    cancelled = Injection.objects.filter(patient=patient, status=Status.CANCELLED)
    Assessment.objects.filter(injection__in=cancelled).delete()
    ChartPicture.objects.filter(injection__in=cancelled).delete()
    assessments.rebuild(patient=patient, now=now)
    patient.current_injection = _current(patient)
    patient.save(update_fields=["current_injection"])


def _current(patient: Patient) -> Injection | None:
    """The newest performed one; before the first, the next scheduled one."""
    alive = Injection.objects.filter(patient=patient).exclude(status=Status.CANCELLED)
    performed = alive.filter(status=Status.PERFORMED).order_by("-injected_on", "-id").first()
    return performed or alive.order_by("injected_on", "id").first()


def _audit(by: Actor, injection: Injection, action: str, now: datetime, **detail: Any) -> None:
    audit.record(
        by=by,
        clinic_id=injection.clinic_id,
        action=action,
        now=now,
        patient_id=injection.patient_id,
        subject=f"injection:{injection.pk}",
        **detail,
    )
