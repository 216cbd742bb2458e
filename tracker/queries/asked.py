"""Which forms a patient's day asks for, and what was answered to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tracker.access import Device, can
from tracker.domain.asking import asked_forms, asks_rescue
from tracker.domain.forms import Form
from tracker.domain.procedure import Status
from tracker.domain.roles import Permission
from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.models import Response
from tracker.queries.current_injection import CurrentInjection, current_injection


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form that a date asks for; one answer between `from_on` and `to_on` is wanted."""

    form: Form
    on: date
    from_on: date
    to_on: date
    asks_rescue: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer as it stands; `said` is empty for a reader who may not see it."""

    form: str
    on: date
    part: str
    client_id: UUID
    said: Mapping[str, Any]
    made_at: datetime

    def is_to(self, asked: OpenForm) -> bool:
        return self.form == asked.form and asked.from_on <= self.on <= asked.to_on


def open_forms(current: CurrentInjection | None, *, on: date) -> tuple[OpenForm, ...]:
    """What a date asks for, whether it is answered or not. No statement.

    In the week before a next injection that one's forms are asked, beside those of the present one.
    """
    if current is None:
        return ()
    row = current.row
    found = list(_asked(row.injected_on, on, current.rules, is_performed=row.status == Status.PERFORMED))
    if current.next_on:
        found += _asked(current.next_on, on, current.rules, is_performed=False)
    return tuple(found)


def _asked(injected_on: date, on: date, rules: RuleSet, *, is_performed: bool) -> list[OpenForm]:
    """After its day an injection asks only once it is known to have been done."""
    day = (on - injected_on).days
    if day >= 0 and not is_performed:
        return []
    return [
        OpenForm(
            asked.form,
            on,
            from_on=injected_on + timedelta(days=asked.first_day),
            to_on=injected_on + timedelta(days=asked.last_day),
            asks_rescue=asked.form is Form.CHECK and asks_rescue(day, rules=rules),
        )
        for asked in asked_forms(day, rules=rules)
    ]


@dataclass(frozen=True, slots=True)
class AskedForm:
    """One form of one date as a page shows it."""

    asked: OpenForm
    answer: Answered | None


def asked_on(*, reader: Device, on: date, now: datetime) -> tuple[AskedForm, ...]:
    """The forms of a date with their answers, in two statements."""
    current = current_injection(patient=reader.patient, now=now)
    asked = open_forms(current, on=on)
    return with_answers(reader, asked)


def with_answers(reader: Device, asked: tuple[OpenForm, ...]) -> tuple[AskedForm, ...]:
    """One statement; none where nothing is asked."""
    if not asked:
        return ()
    there = answered(reader, since=min(one.from_on for one in asked), until=max(one.to_on for one in asked))
    return tuple(AskedForm(one, next((a for a in there if a.is_to(one)), None)) for one in asked)


def answered(reader: Device, *, since: date, until: date | None = None) -> tuple[Answered, ...]:
    """What stands, newest day first: of several answers to one form, day and part the newest. One statement.

    Who may not read the diary sees that there is an answer, and what they answered themselves.
    """
    rows = Response.objects.filter(patient=reader.patient, describes_on__gte=since)
    if until:
        rows = rows.filter(describes_on__lte=until)
    may_read = can(reader, Permission.SEE_OWN_DIARY)
    found: dict[tuple[str, date, str], Answered] = {}
    rows = rows.select_related("device").only(*_FIELDS)
    for row in rows.order_by("-describes_on", "-corrected_at", "-client_id"):
        is_own = row.device is not None and row.device.caregiver_id == reader.caregiver_id
        said = row.said if may_read or is_own else {}
        one = Answered(row.form, row.describes_on, row.part, row.client_id, said, row.corrected_at)
        found.setdefault((one.form, one.on, one.part), one)
    return tuple(found.values())


_FIELDS = ("form", "describes_on", "part", "client_id", "said", "corrected_at", "device__caregiver_id")

OPEN_DAYS = ESI_RULES.form_open_days
"""How far back an answer may lie that a form of today has."""
