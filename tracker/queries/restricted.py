"""Restricted records as staff outside the care team see them: that there is one, and nothing in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tracker import trail
from tracker.access import patients_closed_to
from tracker.domain.roles import Role
from tracker.models import BreakGlass, CareTeamMember, Membership, Patient


class NotClosed(LookupError):
    """No such record of this clinic, or it is open to who asks."""


@dataclass(frozen=True, slots=True)
class ClosedRecord:
    """Enough to find the right one in an emergency, with the number from a wristband or a letter."""

    public_id: UUID
    record_number: str
    born_in: int


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may be on a care team, and whether they are."""

    id: int
    name: str
    role: Role
    is_in: bool


def closed_records(*, actor: Membership) -> tuple[ClosedRecord, ...]:
    """All that are closed to somebody, by number, in one statement."""
    rows = patients_closed_to(actor).order_by("record_number", "born_on", "pk")
    return tuple(_closed(row) for row in _noted(rows))


def closed_record(*, actor: Membership, patient: UUID) -> tuple[Patient, ClosedRecord]:
    """One of them, with its row for an action. Raises NotClosed."""
    found = next(_noted(patients_closed_to(actor).filter(public_id=patient)), None)
    if found is None:
        raise NotClosed
    return found, _closed(found)


def emergency_until(*, actor: Membership, patient: UUID, now: datetime) -> datetime | None:
    """When the access ends that somebody took in an emergency; None for the care team."""
    theirs = CareTeamMember.objects.filter(patient__public_id=patient, membership=actor)
    opened = BreakGlass.objects.filter(patient__public_id=patient, membership=actor, until__gt=now)
    newest = opened.order_by("-until").values_list("until", flat=True).first()
    return None if newest is None or theirs.exists() else newest


def care_team(*, patient: Patient) -> tuple[Colleague, ...]:
    """Who works at the patient's clinic and may look after people, by name."""
    trail.saw([patient.pk])
    team = set(CareTeamMember.objects.filter(patient=patient).values_list("membership_id", flat=True))
    staff = Membership.objects.filter(clinic_id=patient.clinic_id, is_active=True).exclude(role=Role.AUDITOR)
    rows = staff.select_related("user").order_by("user__name", "pk")
    return tuple(Colleague(row.pk, row.user.name, Role(row.role), row.pk in team) for row in rows)


def _closed(patient: Patient) -> ClosedRecord:
    return ClosedRecord(patient.public_id, patient.record_number, patient.born_on.year)


def _noted(patients: Iterable[Patient]) -> Iterator[Patient]:
    for patient in patients:
        trail.saw([patient.pk])
        yield patient
