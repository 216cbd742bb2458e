"""The diary as its patient sees it: the days that may be filled in now, and those that are filled in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from tracker.domain.procedure import Status
from tracker.domain.ruleset import ESI_RULES
from tracker.domain.schedule import asks_soreness, is_due
from tracker.domain.study_days import is_future, local_today, offered_days, study_day, timing
from tracker.domain.track import Source, Timing, unpack
from tracker.domain.wording import reasons_to_call
from tracker.models import DiaryDay, Patient
from tracker.queries.current_injection import CurrentInjection, current_injection

PAGE_SIZE = 60
"""Days on one page of the history: two months."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands for a day: its newest revision.

    `counted_pain` and `counted_soreness` are earlier scores that the rules go by, where it came too late.
    """

    client_id: UUID
    on: date
    pain: int | None
    soreness: int | None
    timing: Timing
    source: Source
    is_edited: bool
    counted_pain: int | None = None
    counted_soreness: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One diary day: what is asked about it, what is there, and what an entry made now would be worth.

    `day` is the study day; None without an injection. `schedule_day` is the one that says how often pain is
    asked for: in the week before a next injection that injection's. `today` is the patient's calendar date.
    """

    on: date
    today: date
    day: int | None
    schedule_day: int | None
    asks_soreness: bool
    entry: Entry | None
    timing: Timing
    is_future: bool

    @property
    def is_of_another_year(self) -> bool:
        """A date without its year would be taken for one of this year."""
        return self.on.year != self.today.year

    @property
    def is_missed(self) -> bool:
        """Silent, and by the schedule it should not be."""
        return self.entry is None and is_due(self.on, day=self.schedule_day)


@dataclass(frozen=True, slots=True)
class Today:
    """The days offered now, the one meant by default first; `saved` is the day that was just stored."""

    offered: tuple[Sheet, ...]
    saved: Sheet | None
    reasons_to_call: tuple[str, ...]

    @property
    def sheet(self) -> Sheet:
        return self.offered[0]

    @property
    def is_night(self) -> bool:
        """After midnight and before four: "today" may still mean yesterday."""
        return self.sheet.on != self.sheet.today

    @property
    def is_injection_day(self) -> bool:
        """Today is day 0: "right now" is asked as well."""
        return self.sheet.day == 0 and not self.is_night

    @property
    def missed(self) -> tuple[Sheet, ...]:
        return tuple(sheet for sheet in self.offered[1:] if sheet.is_missed)


@dataclass(frozen=True, slots=True)
class HistoryDay:
    entry: Entry
    day: int | None


@dataclass(frozen=True, slots=True)
class History:
    """Logged days, newest first; `earlier_than` opens the next page where there is one."""

    days: tuple[HistoryDay, ...]
    earlier_than: date | None


def today(*, patient: Patient, now: datetime, saved: date | None = None) -> Today:
    """Two statements: the current injection, and the entries of the days on offer."""
    offered = offered_days(now.astimezone(ZoneInfo(patient.time_zone)))
    wanted = {*offered, saved} if saved else {*offered}
    current = current_injection(patient=patient, now=now)
    sheets = _sheets(patient, current, wanted, now)
    return Today(
        offered=tuple(sheets[on] for on in offered),
        saved=sheets[saved] if saved else None,
        reasons_to_call=_reasons_to_call(current),
    )


def sheet(*, patient: Patient, on: date, now: datetime) -> Sheet:
    """Any one day, in two statements."""
    return _sheets(patient, current_injection(patient=patient, now=now), {on}, now)[on]


def history(*, patient: Patient, before: date | None = None) -> History:
    """A page of logged days in two statements, the newest that lie before `before`."""
    current = patient.current_injection
    injected_on = current.injected_on if current else None
    found = _days(patient)
    if before:
        found = found.filter(describes_on__lt=before)
    rows = list(found.order_by("-describes_on")[: PAGE_SIZE + 1])
    shown = [(_entry(row), _study_day(row.describes_on, injected_on)) for row in rows[:PAGE_SIZE]]
    days = tuple(HistoryDay(entry, day) for entry, day in shown)
    return History(days, days[-1].entry.on if len(rows) > PAGE_SIZE else None)


def _reasons_to_call(current: CurrentInjection | None) -> tuple[str, ...]:
    """As of the newest entry: whatever is saved is assessed with it."""
    return reasons_to_call(current.row.assessment.attention_reasons) if current else ()


def _sheets(
    patient: Patient, current: CurrentInjection | None, days: Collection[date], now: datetime
) -> dict[date, Sheet]:
    zone = ZoneInfo(patient.time_zone)
    entries = {row.describes_on: _entry(row) for row in _days(patient).filter(describes_on__in=days)}
    soreness = _soreness(current)
    return {on: _sheet(on, current, soreness, entries.get(on), now=now, zone=zone) for on in days}


def _sheet(
    on: date,
    current: CurrentInjection | None,
    soreness: dict[int, int],
    entry: Entry | None,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> Sheet:
    day = _study_day(on, current.row.injected_on if current else None)
    is_performed = current is not None and current.row.status == Status.PERFORMED
    return Sheet(
        on=on,
        today=local_today(now, zone=zone),
        day=day,
        schedule_day=_schedule_day(on, day, current),
        # What was answered before is asked again: a correction must not drop it.
        asks_soreness=(is_performed and asks_soreness(day, soreness=soreness))
        or (entry is not None and entry.soreness is not None),
        entry=entry,
        timing=timing(on, entered_at=now, received_at=now, zone=zone),
        is_future=is_future(on, now=now, zone=zone),
    )


def _study_day(on: date, injected_on: date | None) -> int | None:
    return None if injected_on is None else study_day(on, injected_on=injected_on)


def _schedule_day(on: date, day: int | None, current: CurrentInjection | None) -> int | None:
    until_next = _study_day(on, current.next_on if current else None)
    if until_next is not None and ESI_RULES.baseline_first_day <= until_next <= 0:
        return until_next
    return day


def _soreness(current: CurrentInjection | None) -> dict[int, int]:
    if current is None:
        return {}
    track = current.row.track
    marks = unpack(bytes(track.codes), bytes(track.provenance))
    return {mark.day: mark.soreness for mark in marks if mark.soreness is not None}


def _days(patient: Patient) -> QuerySet[DiaryDay]:
    return DiaryDay.objects.select_related("current", "scored_pain", "scored_soreness").filter(
        patient=patient
    )


def _entry(day: DiaryDay) -> Entry:
    entry, (pain, soreness) = day.current, day.standing
    earlier_pain = day.scored_pain if entry.pain is not None else None
    earlier_soreness = day.scored_soreness if entry.soreness is not None else None
    return Entry(
        client_id=entry.client_id,
        on=day.describes_on,
        pain=pain,
        soreness=soreness,
        timing=Timing(entry.timing),
        source=Source(entry.source),
        is_edited=day.is_edited,
        counted_pain=earlier_pain.pain if earlier_pain and earlier_pain != entry else None,
        counted_soreness=earlier_soreness.soreness
        if earlier_soreness and earlier_soreness != entry
        else None,
    )
