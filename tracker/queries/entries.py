"""A patient's diary entries with where each came from: every revision, newest day first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tracker import trail
from tracker.access import Actor, Device, StepUpNeeded, patients_visible_to
from tracker.domain.track import Source, Timing
from tracker.models import DiaryDay, DiaryEntry, Patient
from tracker.queries.reach import open_from, reaches
from tracker.queries.worklist import BadCursor

PAGE_SIZE, LONGEST_PAGE = 50, 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One revision of one day. Scores are NRS 0-10; `received_at` is the server's clock."""

    client_id: UUID
    day: date
    pain: int | None
    soreness: int | None
    entered_at: datetime
    received_at: datetime
    timing: Timing
    source: Source
    replaces: UUID | None


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry in a list: whether it stands for its day, and whether it is the one that the rules score."""

    entry: Entry
    is_current: bool
    is_scored: bool


@dataclass(frozen=True, slots=True)
class EntryPage:
    lines: tuple[EntryLine, ...]
    next_cursor: str | None


def entry_of(row: DiaryEntry) -> Entry:
    return Entry(
        client_id=row.client_id,
        day=row.describes_on,
        pain=row.pain,
        soreness=row.soreness,
        entered_at=row.entered_at,
        received_at=row.received_at,
        timing=Timing(row.timing),
        source=Source(row.source),
        replaces=row.replaces,
    )


def entered_by(row: DiaryEntry) -> str:
    """The caregiver from whose phone an entry came: "Bea Quill, daughter". Wants `device__caregiver`."""
    caregiver = row.device.caregiver if row.device else None
    return f"{caregiver.name}, {caregiver.relation}" if caregiver else ""


def entries(
    *, actor: Actor, patient: Patient, now: datetime, cursor: str = "", size: int = PAGE_SIZE
) -> EntryPage:
    """One page of the entries, newest first, in one statement for staff, in two for a phone.

    A phone's pages go as far as it reaches; the one behind raises StepUpNeeded. Raises BadCursor.
    """
    found = _with_standing(DiaryEntry.objects.filter(patient__in=patients_visible_to(actor), patient=patient))
    if cursor:
        found = found.filter(_after(cursor))
    size = max(1, min(size, LONGEST_PAGE))
    trail.saw([patient.pk])
    rows = list(found.order_by("-describes_on", "-id")[: size + 1])
    shown = _within_reach(rows, actor, now)[:size]
    return EntryPage(
        lines=tuple(EntryLine(entry_of(row), row.is_current, row.is_scored) for row in shown),
        next_cursor=_cursor(shown[-1]) if len(rows) > len(shown) else None,
    )


def _within_reach(rows: list[Any], actor: Actor, now: datetime) -> list[Any]:
    """The rows that this reader may see now. Raises StepUpNeeded where it is none of those that there are."""
    if not isinstance(actor, Device) or not rows:
        return rows
    if reaches(reader=actor, on=rows[-1].describes_on, now=now):
        return rows
    first = open_from(reader=actor, now=now)
    shown = [row for row in rows if row.describes_on >= first]
    if not shown:
        raise StepUpNeeded
    return shown


def _with_standing(entries: QuerySet[DiaryEntry]) -> QuerySet[Any]:
    own_day = DiaryDay.objects.filter(patient=OuterRef("patient"), describes_on=OuterRef("describes_on"))
    scored = Q(scored_pain=OuterRef("pk")) | Q(scored_soreness=OuterRef("pk"))
    return entries.annotate(
        is_current=Exists(own_day.filter(current=OuterRef("pk"))), is_scored=Exists(own_day.filter(scored))
    )


def _cursor(row: DiaryEntry) -> str:
    return f"{row.describes_on.isoformat()}.{row.pk}"


def _after(cursor: str) -> Q:
    """Everything behind the row that the cursor names; that row itself need not exist any more."""
    day, _, entry_id = cursor.partition(".")
    try:
        on, number = date.fromisoformat(day), int(entry_id)
    except ValueError as error:
        raise BadCursor from error
    return Q(describes_on__lt=on) | Q(describes_on=on, id__lt=number)
