"""What goes when a record is erased, and which records are about to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tracker import trail
from tracker.access import Membership, patients_closed_to, patients_visible_to
from tracker.content.erasure import ROWS
from tracker.domain.retention import NOTICE, earliest_erasure
from tracker.domain.study_days import local_today
from tracker.domain.zones import zone_of
from tracker.models import Patient
from tracker.queries.export_tables import PARTS
from tracker.queries.retention import last_activity, last_activity_of

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class ErasureSheet:
    """A record before it is erased: how many rows of what, and from which day its time is over.

    `erase_on` is when it goes by itself, where that was announced.
    """

    rows: tuple[tuple[str, int], ...]
    last_activity_on: date
    keep_years: int
    over_on: date
    is_over: bool
    erase_on: date | None


@dataclass(frozen=True, slots=True)
class DueRecord:
    public_id: UUID
    name: str
    record_number: str
    last_activity_on: date
    erase_on: date


@dataclass(frozen=True, slots=True)
class DueRecords:
    """The first ones of all that go within the next weeks, the soonest first.

    `closed` counts those that are restricted and not for this reader: their care team sees them.
    """

    records: tuple[DueRecord, ...]
    number: int
    closed: int


def erasure_sheet(*, patient: Patient, now: datetime) -> ErasureSheet:
    """A fixed number of statements."""
    trail.saw([patient.pk])
    last, years = last_activity_of(patient), patient.clinic.keep_years
    over_on = earliest_erasure(last, keep_years=years)
    return ErasureSheet(
        rows=_rows(patient),
        last_activity_on=last,
        keep_years=years,
        over_on=over_on,
        is_over=over_on <= _today(patient.clinic.time_zone, now),
        erase_on=patient.erase_on,
    )


def due_records(*, member: Membership, now: datetime) -> DueRecords:
    """Those that erase themselves within the time of notice; four statements."""
    soon = {"erase_on__lte": _today(member.clinic.time_zone, now) + NOTICE}
    due = patients_visible_to(member).filter(**soon)
    shown = list(due.order_by("erase_on", "pk")[:MOST_SHOWN])
    trail.saw([patient.pk for patient in shown])
    last = last_activity(Patient.objects.filter(pk__in=[patient.pk for patient in shown]))
    return DueRecords(
        records=tuple(
            DueRecord(one.public_id, one.full_name, one.record_number, last[one.pk], one.erase_on)
            for one in shown
            if one.erase_on is not None
        ),
        number=due.count(),
        closed=patients_closed_to(member).filter(**soon).count(),
    )


def number_due(*, member: Membership, now: datetime) -> int:
    """How many records erase themselves soon, restricted ones too; one statement."""
    soon = _today(member.clinic.time_zone, now) + NOTICE
    return Patient.objects.filter(erase_on__lte=soon).count()


def _rows(patient: Patient) -> tuple[tuple[str, int], ...]:
    """How many of what there is; what there is none of is left out."""
    counted = []
    for part in PARTS:
        if part.model is not Patient:
            model: Any = part.model
            counted.append(
                (ROWS["en"][part.name], model.objects.filter(**{part.patient: patient.pk}).count())
            )
    return tuple((words, number) for words, number in counted if number)


def _today(zone: str, now: datetime) -> date:
    return local_today(now, zone=zone_of(zone))
