"""The diary as its patient sees it: the days that may be filled in now, and those that are filled in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from tracker import trail
from tracker.access import Device, can
from tracker.domain.procedure import Status
from tracker.domain.roles import Permission
from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.domain.schedule import asks_soreness, is_due, looks_closely
from tracker.domain.study_days import is_future, local_today, offered_days, study_day, timing
from tracker.domain.track import DayMark, Source, Timing, unpack
from tracker.domain.wording import reasons_to_call
from tracker.domain.zones import zone_of
from tracker.models import DiaryDay, Patient
from tracker.queries.asked import AskedForm, open_forms, with_answers
from tracker.queries.current_injection import CurrentInjection, current_injection
from tracker.queries.entries import entered_by
from tracker.queries.reach import open_from, reaches

PAGE_SIZE = 60
"""Days on one page of the history: two months."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands for a day: its newest revision.

    `counted_pain` and `counted_soreness` are earlier scores that the rules go by, where it came too late.
    `entered_by` names a caregiver with their relation. `made_at` is when it was really entered.
    """

    client_id: UUID
    on: date
    pain: int | None
    soreness: int | None
    timing: Timing
    source: Source
    is_edited: bool
    made_at: datetime
    counted_pain: int | None = None
    counted_soreness: int | None = None
    entered_by: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One diary day: what is asked about it, what is there, and what an entry made now would be worth.

    `day` is the study day; None without an injection. `schedule_day` is the one that says how often pain is
    asked for: in the week before a next injection that injection's. `today` is the patient's calendar date.
    `unseen` is an entry that stands for the day and that this reader may replace, but not see. `rules` are
    those of the injection; how late an entry is, is judged by everybody's.
    """

    on: date
    today: date
    day: int | None
    schedule_day: int | None
    asks_soreness: bool
    entry: Entry | None
    timing: Timing
    is_future: bool
    unseen: UUID | None = None
    rules: RuleSet = ESI_RULES

    @property
    def is_of_another_year(self) -> bool:
        """A date without its year would be taken for one of this year."""
        return self.on.year != self.today.year

    @property
    def is_missed(self) -> bool:
        """Silent, and by the schedule it should not be."""
        is_silent = self.entry is None and self.unseen is None
        return is_silent and is_due(self.on, day=self.schedule_day, rules=self.rules)


@dataclass(frozen=True, slots=True)
class Today:
    """The days offered now, the one meant by default first; `saved` is the day that was just stored."""

    offered: tuple[Sheet, ...]
    saved: Sheet | None
    reasons_to_call: tuple[str, ...]
    forms: tuple[AskedForm, ...] = ()
    is_day_of_next: bool = False

    @property
    def sheet(self) -> Sheet:
        return self.offered[0]

    @property
    def is_night(self) -> bool:
        """After midnight and before four: "today" may still mean yesterday."""
        return self.sheet.on != self.sheet.today

    @property
    def is_injection_day(self) -> bool:
        """Day 0, or the day of the next one: "right now" is asked as well, until four in the night."""
        return self.sheet.day == 0 or self.is_day_of_next

    @property
    def missed(self) -> tuple[Sheet, ...]:
        return tuple(sheet for sheet in self.offered[1:] if sheet.is_missed)


@dataclass(frozen=True, slots=True)
class HistoryDay:
    entry: Entry
    day: int | None


@dataclass(frozen=True, slots=True)
class History:
    """Logged days, newest first; `earlier_than` opens the next page where there is one.

    `goes_on` says that there are days before, which need a step-up.
    """

    days: tuple[HistoryDay, ...]
    earlier_than: date | None
    goes_on: bool = False


def today(*, reader: Device, now: datetime, saved: date | None = None) -> Today:
    """Three statements: the current injection, the entries of the days on offer, and answers to its forms.

    A `saved` day of long ago costs two more: whether this phone may show it.
    """
    patient = reader.patient
    offered = offered_days(now.astimezone(zone_of(patient.time_zone)))
    if saved and not reaches(reader=reader, on=saved, now=now):
        saved = None
    wanted = {*offered, saved} if saved else {*offered}
    current = current_injection(patient=patient, now=now)
    sheets = _sheets(reader, current, wanted, now)
    return Today(
        offered=tuple(sheets[on] for on in offered),
        saved=sheets[saved] if saved else None,
        reasons_to_call=_reasons_to_call(current),
        forms=with_answers(reader, open_forms(current, on=offered[0])),
        is_day_of_next=current is not None and current.next_on == offered[0],
    )


def sheet(*, reader: Device, on: date, now: datetime) -> Sheet:
    """Any one day, in two statements."""
    return _sheets(reader, current_injection(patient=reader.patient, now=now), {on}, now)[on]


def history(*, reader: Device, now: datetime, before: date | None = None) -> History:
    """A page of logged days in two statements, the newest before `before`, as far as a phone reaches."""
    rows = _page(reader.patient, before)
    first = open_from(reader=reader, now=now)
    shown = [row for row in rows if row.describes_on >= first]
    return _history(reader.patient, shown, goes_on=len(shown) < len(rows))


def earlier(*, reader: Device, now: datetime, before: date | None = None) -> History:
    """The same for the days before those, which need a step-up."""
    first = open_from(reader=reader, now=now)
    return _history(reader.patient, _page(reader.patient, min(before or first, first)))


def _page(patient: Patient, before: date | None) -> list[DiaryDay]:
    """The days of a page, and one more where it goes on."""
    trail.saw([patient.pk])
    found = diary_days(patient)
    if before:
        found = found.filter(describes_on__lt=before)
    return list(found.order_by("-describes_on")[: PAGE_SIZE + 1])


def _history(patient: Patient, rows: list[DiaryDay], *, goes_on: bool = False) -> History:
    current = patient.current_injection
    injected_on = current.injected_on if current else None
    shown = [(_entry(row), study_day_of(row.describes_on, injected_on)) for row in rows[:PAGE_SIZE]]
    days = tuple(HistoryDay(entry, day) for entry, day in shown)
    earlier_than = days[-1].entry.on if len(rows) > PAGE_SIZE else None
    return History(days, earlier_than, goes_on=goes_on and earlier_than is None)


def _reasons_to_call(current: CurrentInjection | None) -> tuple[str, ...]:
    """As of the newest entry: whatever is saved is assessed with it."""
    return reasons_to_call(current.row.assessment.attention_reasons) if current else ()


def _sheets(
    reader: Device, current: CurrentInjection | None, days: Collection[date], now: datetime
) -> dict[date, Sheet]:
    zone = zone_of(reader.patient.time_zone)
    rows = {row.describes_on: row for row in diary_days(reader.patient).filter(describes_on__in=days)}
    soreness = logged_soreness(current)
    return {on: _sheet(on, current, soreness, rows.get(on), reader, now=now, zone=zone) for on in days}


def _sheet(
    on: date,
    current: CurrentInjection | None,
    soreness: dict[int, int],
    row: DiaryDay | None,
    reader: Device,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> Sheet:
    day = study_day_of(on, current.row.injected_on if current else None)
    is_performed = current is not None and current.row.status == Status.PERFORMED
    entry = entry_for(reader, row) if row else None
    rules = current.rules if current else ESI_RULES
    return Sheet(
        on=on,
        today=local_today(now, zone=zone),
        day=day,
        schedule_day=schedule_day(on, day, current),
        # What was answered before is asked again: a correction must not drop it.
        asks_soreness=(is_performed and asks_soreness(day, soreness=soreness, rules=rules))
        or (entry is not None and entry.soreness is not None),
        entry=entry,
        timing=timing(on, entered_at=now, received_at=now, zone=zone),
        is_future=is_future(on, now=now, zone=zone),
        unseen=row.current.client_id if row and entry is None else None,
        rules=rules,
    )


def study_day_of(on: date, injected_on: date | None) -> int | None:
    return None if injected_on is None else study_day(on, injected_on=injected_on)


def schedule_day(on: date, day: int | None, current: CurrentInjection | None) -> int | None:
    """The study day that says how often pain is asked for: before a next injection that one's.

    Where a closer look is wanted it is the last one that is asked daily.
    """
    if current is None or day is None:
        return day
    until_next = study_day_of(on, current.next_on)
    if until_next is not None and current.rules.baseline_first_day <= until_next <= 0:
        return until_next
    if day <= current.rules.daily_last_day:
        return day  # asked daily anyway: no track to be read for it
    visit = study_day_of(current.row.visit_on, current.row.injected_on) if current.row.visit_on else None
    is_close = looks_closely(day, pain=_logged_pain(current), visit_day=visit, rules=current.rules)
    return current.rules.daily_last_day if is_close else day


def _logged_pain(current: CurrentInjection) -> dict[int, int]:
    """The scored average pain so far by study day."""
    scored = (mark for mark in _marks(current) if mark.timing.is_scored)
    return {mark.day: mark.pain for mark in scored if mark.pain is not None}


def logged_soreness(current: CurrentInjection | None) -> dict[int, int]:
    """The soreness so far by study day."""
    if current is None:
        return {}
    return {mark.day: mark.soreness for mark in _marks(current) if mark.soreness is not None}


def _marks(current: CurrentInjection) -> tuple[DayMark, ...]:
    track = current.row.track
    return unpack(bytes(track.codes), bytes(track.provenance))


def diary_days(patient: Patient) -> QuerySet[DiaryDay]:
    """A patient's days, with what an `Entry` says of them."""
    return (
        DiaryDay.objects.select_related("current__device__caregiver", "scored_pain", "scored_soreness")
        .defer("current__device__caregiver__consent_reason")  # sealed: opening it would take time
        .filter(patient=patient)
    )


def entry_for(reader: Device, day: DiaryDay) -> Entry | None:
    """The day as this reader may see it: who may only log sees what they entered themselves."""
    if can(reader, Permission.SEE_OWN_DIARY):
        return _entry(day)
    said = day.current
    if said.device is None or said.device.caregiver_id != reader.caregiver_id:
        return None
    return replace(
        _entry(day), pain=said.pain, soreness=said.soreness, counted_pain=None, counted_soreness=None
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
        made_at=entry.corrected_at,
        counted_pain=earlier_pain.pain if earlier_pain and earlier_pain != entry else None,
        counted_soreness=earlier_soreness.soreness
        if earlier_soreness and earlier_soreness != entry
        else None,
        entered_by=entered_by(entry),
    )
