"""What a phone keeps of its own diary, so that it works without a network: days, and what is asked when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.access import Device
from tracker.domain.procedure import Status
from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.domain.schedule import Rhythm, asks_soreness, is_due, rhythm
from tracker.domain.study_days import local_today
from tracker.domain.zones import zone_of
from tracker.queries.asked import Answered, OpenForm, answered, open_forms
from tracker.queries.current_injection import CurrentInjection, current_injection
from tracker.queries.reach import open_from
from tracker.queries.right_now import RightNow, right_now_ahead
from tracker.queries.today import Entry, diary_days, entry_for, logged_soreness, schedule_day, study_day_of

PLANNED_DAYS = 60
"""How far a phone without a network knows what is asked: two months."""


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """What one date asks: whether a silent one is reminded of, and whether the sore spot is asked about."""

    on: date
    is_due: bool
    asks_soreness: bool
    rhythm: Rhythm
    forms: tuple[OpenForm, ...] = ()


@dataclass(frozen=True, slots=True)
class PhoneCopy:
    """`days` are the logged ones within reach, the first one first; `answers` are those that an open form of
    one of the planned days may have; `right_now` is of an injection of today or later; `rules` are those of
    the current injection."""

    plan: tuple[PlannedDay, ...]
    days: tuple[Entry, ...]
    answers: tuple[Answered, ...]
    rules: RuleSet
    right_now: RightNow | None


def phone_copy(*, reader: Device, now: datetime) -> PhoneCopy:
    """Three statements: the current injection, the days that this phone shows by itself, and its answers;
    and up to two more while an injection is of today or ahead.

    Who may only log gets what they entered themselves.
    """
    patient = reader.patient
    today = local_today(now, zone=zone_of(patient.time_zone))
    current = current_injection(patient=patient, now=now)
    first = open_from(reader=reader, now=now)
    rows = diary_days(patient).filter(describes_on__gte=first).order_by("describes_on")
    found = (entry_for(reader, row) for row in rows)
    plan = tuple(_plan(today, current))
    opened = [form.from_on for day in plan for form in day.forms]
    return PhoneCopy(
        plan=plan,
        answers=answered(reader, since=min(opened)) if opened else (),
        days=tuple(entry for entry in found if entry is not None),
        rules=current.rules if current else ESI_RULES,
        right_now=right_now_ahead(reader=reader, current=current, now=now),
    )


def _plan(today: date, current: CurrentInjection | None) -> Iterator[PlannedDay]:
    is_performed = current is not None and current.row.status == Status.PERFORMED
    soreness = logged_soreness(current)
    rules = current.rules if current else ESI_RULES
    for number in range(-ESI_RULES.late_days - 1, PLANNED_DAYS):
        on = today + timedelta(days=number)
        day = study_day_of(on, current.row.injected_on if current else None)
        asked = schedule_day(on, day, current)
        yield PlannedDay(
            on=on,
            is_due=is_due(on, day=asked, rules=rules),
            asks_soreness=is_performed and asks_soreness(day, soreness=soreness, rules=rules),
            rhythm=rhythm(asked, rules=rules),
            forms=open_forms(current, on=on),
        )
