"""Which reads of one week somebody should look at, from the audit trail of the clinic in scope."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from tracker.domain.unusual_access import NIGHT_ENDS, Finding, Kind, Read, is_at_night, unusual
from tracker.domain.zones import zone_of
from tracker.models import AuditEvent, Clinic, Membership, Patient
from tracker.queries.audit import Named, named

WEEK = timedelta(days=7)
WEEKS_BEFORE = 4
USUAL_NIGHTS = 2
"""Whoever worked in as many nights of the four weeks before works at night."""

NAMES_AT_A_TIME = 1000
ROWS_AT_A_TIME = 2000


@dataclass(frozen=True, slots=True)
class Week:
    """From Monday to Sunday, by the clinic's calendar; `since` and `until` are its ends."""

    monday: date
    zone: ZoneInfo

    @property
    def since(self) -> datetime:
        return datetime.combine(self.monday, time(), tzinfo=self.zone)

    @property
    def until(self) -> datetime:
        return datetime.combine(self.monday + WEEK, time(), tzinfo=self.zone)


@dataclass(frozen=True, slots=True)
class Line:
    """One finding in names; `actor` is how the trail calls who it is about."""

    kind: Kind
    actor: str
    who: str
    patients: tuple[Named, ...]
    first_at: datetime
    last_at: datetime
    words: str


def week_of(day: date, zone: ZoneInfo) -> Week:
    return Week(day - timedelta(days=day.weekday()), zone)


def last_week(*, clinic: Clinic, now: datetime) -> Week:
    """The last one that is over."""
    zone = zone_of(clinic.time_zone)
    return week_of(now.astimezone(zone).date() - WEEK, zone)


def week_list(*, actor: Membership, week: Week) -> tuple[Line, ...]:
    """The findings of a week as their reader may see them."""
    found = findings(clinic=actor.clinic, week=week)
    staff = {f"staff:{one.pk}": one.user.name for one in _staff(actor.clinic)}
    known = named(actor=actor, ids=[patient for one in found for patient in one.patient_ids])
    return tuple(
        Line(
            kind=one.kind,
            actor=one.actor,
            who=staff[one.actor],
            patients=tuple(known[patient] for patient in one.patient_ids),
            first_at=one.first_at,
            last_at=one.last_at,
            words=one.words,
        )
        for one in found
    )


def findings(*, clinic: Clinic, week: Week) -> list[Finding]:
    """What stands out, the oldest first. Reads the week's events of staff that are about one patient."""
    staff = {f"staff:{member.pk}": _family_name(member.user.name) for member in _staff(clinic)}
    rows = list(
        AuditEvent.objects.filter(
            actor__in=staff, at__gte=week.since, at__lt=week.until, patient_id__isnull=False
        ).values_list("actor", "patient_id", "at")
    )
    names = _family_names({patient_id for _, patient_id, _ in rows})
    reads = [
        Read(actor, patient_id, at, 1, staff[actor], names.get(patient_id, ""))
        for actor, patient_id, at in rows
    ]
    at_night = {actor for actor, _, at in rows if is_at_night(at, week.zone)}
    usual = {actor for actor in at_night if _works_at_night(actor, before=week)}
    return unusual(reads, zone=week.zone, night_workers=usual)


def _staff(clinic: Clinic) -> QuerySet[Membership]:
    return Membership.objects.filter(clinic=clinic).select_related("user")


def _works_at_night(actor: str, *, before: Week) -> bool:
    moments = AuditEvent.objects.filter(
        actor=actor, at__gte=before.since - WEEKS_BEFORE * WEEK, at__lt=before.since
    ).values_list("at", flat=True)
    nights: set[date] = set()
    for at in moments.iterator(ROWS_AT_A_TIME):
        if is_at_night(at, before.zone):
            nights.add((at.astimezone(before.zone) - timedelta(hours=NIGHT_ENDS)).date())
            if len(nights) == USUAL_NIGHTS:
                return True
    return False


def _family_names(ids: Iterable[int]) -> dict[int, str]:
    return {
        pk: name
        for some in _in_parts(sorted(ids))
        for pk, name in Patient.objects.filter(pk__in=some).values_list("pk", "family_name")
    }


def _in_parts(ids: list[int]) -> Iterator[list[int]]:
    for first in range(0, len(ids), NAMES_AT_A_TIME):
        yield ids[first : first + NAMES_AT_A_TIME]


def _family_name(name: str) -> str:
    """Staff write their name as one text: the last word of it, as in "Dr Morgan Hale"."""
    return name.split()[-1] if name.split() else ""
