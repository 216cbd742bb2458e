"""Diary days as staff type them in, from paper or by telephone: what stands, and what an entry will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from tracker import trail
from tracker.access import Actor, injections_visible_to
from tracker.domain.paper import days_so_far, sheet_days, timing_if_typed, told_days
from tracker.domain.study_days import local_today
from tracker.domain.track import Source, Timing
from tracker.domain.zones import zone_of
from tracker.models import DiaryDay, Injection, Patient
from tracker.queries.protocols import rules_of


class NoSheet(LookupError):
    """No such injection is visible."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a day says already; `entry` is the newest of its entries, which a correction replaces."""

    entry: UUID
    pain: int | None
    soreness: int | None
    source: Source


@dataclass(frozen=True, slots=True)
class TypedDay:
    """One row: the study day, and what an entry for it would be if it were typed now."""

    day: int
    on: date
    timing: Timing
    standing: Standing | None

    @property
    def is_scored(self) -> bool:
        """Whether its pain would count; the average of day 0 never does (rule 1)."""
        return self.timing.is_scored and self.day != 0


@dataclass(frozen=True, slots=True)
class TypedDays:
    patient: Patient
    today: date
    days: tuple[TypedDay, ...]


def paper_days(*, actor: Actor, injection: UUID, now: datetime, opened_on: date | None = None) -> TypedDays:
    """The rows of the printed diary that have come so far, in two statements. Raises NoSheet.

    They are the same whenever the page was opened.
    """
    it = _injection(actor, injection)
    return _days(it, sheet_days(it.injected_on, rules=rules_of(it)), now)


def telephone_days(
    *, actor: Actor, injection: UUID, now: datetime, opened_on: date | None = None
) -> TypedDays:
    """Today and yesterday by the patient's calendar, in two statements. Raises NoSheet.

    A page that was opened before midnight and comes after it means the days that it showed.
    """
    it = _injection(actor, injection)
    today = local_today(now, zone_of(it.patient.time_zone))
    is_from_yesterday = opened_on == today - timedelta(days=1)
    return _days(it, told_days(opened_on if opened_on and is_from_yesterday else today), now)


def _injection(actor: Actor, injection: UUID) -> Injection:
    it = injections_visible_to(actor).select_related("patient").filter(public_id=injection).first()
    if it is None:
        raise NoSheet
    trail.saw([it.patient_id])
    return it


def _days(injection: Injection, days: tuple[date, ...], now: datetime) -> TypedDays:
    zone = zone_of(injection.patient.time_zone)
    dates = days_so_far(days, now=now, zone=zone)
    standing = _standing(injection.patient, dates)
    return TypedDays(
        patient=injection.patient,
        today=local_today(now, zone),
        days=tuple(
            TypedDay(
                day=(on - injection.injected_on).days,
                on=on,
                timing=timing_if_typed(on, now=now, zone=zone),
                standing=standing.get(on),
            )
            for on in dates
        ),
    )


def _standing(patient: Patient, dates: tuple[date, ...]) -> dict[date, Standing]:
    found = DiaryDay.objects.filter(patient=patient, describes_on__in=dates).select_related(
        "current", "scored_pain", "scored_soreness"
    )
    return {day.describes_on: _said(day) for day in found}


def _said(day: DiaryDay) -> Standing:
    pain, soreness = day.standing
    return Standing(day.current.client_id, pain, soreness, Source(day.current.source))
