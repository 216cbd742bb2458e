"""Who helps a patient, with what, and from when to when: for the patient's page and for the clinic's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from tracker import trail
from tracker.domain.caregivers import Span
from tracker.domain.study_days import local_today
from tracker.domain.zones import zone_of
from tracker.models import Caregiver, Device, Invitation, Patient


class State(StrEnum):
    ACTIVE = "active"
    AHEAD = "ahead"
    """The first day has not come yet."""
    OVER = "over"
    """The last day is over, or somebody ended it."""


@dataclass(frozen=True, slots=True)
class CaregiverLine:
    """`phones` may act now; `agreed_by_staff` and its reason are for the clinic."""

    id: int
    name: str
    relation: str
    may_log: bool
    may_read: bool
    gets_alerts: bool
    from_on: date
    to_on: date | None
    state: State
    phones: int
    is_invited: bool
    agreed_by_staff: bool
    reason: str


def caregivers(*, patient: Patient, now: datetime) -> tuple[CaregiverLine, ...]:
    """Those who help now and those to come, then those who did, the newest first. One statement."""
    trail.saw([patient.pk])
    today = local_today(now, zone=zone_of(patient.time_zone))
    phones = (
        Device.objects.filter(caregiver=OuterRef("pk"), ended_at=None, expires_at__gt=now)
        .order_by()
        .values("caregiver")
        .annotate(count=Count("pk"))
    )
    invited = Invitation.objects.filter(
        caregiver=OuterRef("pk"), redeemed_at=None, voided_at=None, expires_at__gt=now
    )
    rows = (
        Caregiver.objects.filter(patient=patient)
        .annotate(phones=Coalesce(Subquery(phones.values("count")), 0), is_invited=Exists(invited))
        .order_by("-id")
    )
    lines = [_line(row, today) for row in rows]
    return tuple(sorted(lines, key=lambda line: line.state is State.OVER))


def _line(row: Caregiver, today: date) -> CaregiverLine:
    state = _state(row, today)
    return CaregiverLine(
        id=row.pk,
        name=row.name,
        relation=row.relation,
        may_log=row.may_log,
        may_read=row.may_read,
        gets_alerts=row.gets_alerts,
        from_on=row.from_on,
        to_on=row.to_on,
        state=state,
        phones=row.phones,  # type: ignore[attr-defined]  # annotated
        is_invited=row.is_invited,  # type: ignore[attr-defined]  # annotated
        agreed_by_staff=row.consent_by.startswith("staff:"),
        reason=row.consent_reason,
    )


def _state(row: Caregiver, today: date) -> State:
    span = Span(row.from_on, row.to_on)
    if row.ended_at is not None or span.is_over(today):
        return State.OVER
    return State.ACTIVE if span.is_active(today) else State.AHEAD
