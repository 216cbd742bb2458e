"""The worklist: who is on course, who is not, who fell silent. It never reads a diary."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest

from tracker import trail
from tracker.access import Actor, patients_visible_to
from tracker.charts.sparkline import sparkline
from tracker.content.staff import NO_INJECTION, alert_words, reason_of, title_of
from tracker.domain.attention import Level
from tracker.domain.study_days import local_today
from tracker.domain.track import Source, source_on
from tracker.domain.zones import zone_of
from tracker.models import Patient
from tracker.queries.protocols import rules_by

PAGE_SIZE, LONGEST_PAGE = 50, 500


class BadCursor(ValueError):
    def __init__(self) -> None:
        super().__init__("This page link is not valid. Start again from the first page.")


@dataclass(frozen=True, slots=True)
class Sort:
    """An order with a total tie-break: `column` (nulls replaced), then the patient's id."""

    title: str
    column: Any
    descending: bool

    @property
    def order_by(self) -> tuple[Any, ...]:
        return (self.column.desc() if self.descending else self.column.asc(), "id")

    def after(self, value: Any, patient_id: int) -> Q:
        side = "lt" if self.descending else "gt"
        return Q(**{f"sort_key__{side}": value}) | Q(sort_key=value, id__gt=patient_id)


ASSESSMENT, TRACK = "current_injection__assessment", "current_injection__track"
FIRST_DATE, LAST_DATE = date(1900, 1, 1), date(9999, 12, 31)

SORTS: dict[str, Sort] = {
    # A sign of danger that nobody has seen to outranks whatever the scores say, and needs no injection.
    "attention": Sort(
        "Needs attention", Greatest(Coalesce(f"{ASSESSMENT}__attention", Value(0)), F("alert_level")), True
    ),
    "name": Sort("Name", Coalesce("family_name", Value("")), False),
    "day": Sort("Newest injection", Coalesce("current_injection__injected_on", Value(FIRST_DATE)), True),
    # Without any score, silence began with the injection; without an injection, nobody is silent.
    "silence": Sort(
        "Longest silence",
        Coalesce(f"{ASSESSMENT}__last_on", "current_injection__injected_on", Value(LAST_DATE)),
        False,
    ),
    # A score's column holds no negative number: told so, Django would skip the comparison with -1.
    "score": Sort(
        "Highest score", Coalesce(f"{ASSESSMENT}__last_pain", Value(-1), output_field=IntegerField()), True
    ),
    "change": Sort("Worst change", Coalesce(f"{ASSESSMENT}__change", Value(Decimal(-99))), True),
}


@dataclass(frozen=True, slots=True)
class WorklistLine:
    """One patient. `change` is NRS points against the baseline, below 0 is better; days are study days.

    `reasons` are words, the most urgent first; `silent_days` count from the last scored entry, which
    `last_source` says who entered.
    """

    public_id: UUID
    name: str
    record_number: str
    day: int | None
    label: str
    title: str
    attention: Level
    reasons: tuple[str, ...]
    last_day: int | None
    last_pain: int | None
    last_source: Source | None
    change: Decimal | None
    silent_days: int | None
    spark: str


@dataclass(frozen=True, slots=True)
class LabelCount:
    label: str
    title: str
    patients: int


@dataclass(frozen=True, slots=True)
class Worklist:
    lines: tuple[WorklistLine, ...]
    labels: tuple[LabelCount, ...]
    next_cursor: str | None

    def patients(self, label: str = "") -> int:
        """How many patients the search found, on all pages; with a label, those who have it."""
        return sum(count.patients for count in self.labels if label in ("", count.label))


def worklist(
    *,
    actor: Actor,
    now: datetime,
    search: str = "",
    label: str = "",
    sort: str = "attention",
    cursor: str = "",
    size: int = PAGE_SIZE,
) -> Worklist:
    """One page of the clinic's patients, in two statements; one more after the first. Raises BadCursor.

    `cursor` is the public id of the last patient of the page before.
    """
    order, size = SORTS.get(sort, SORTS["attention"]), max(1, min(size, LONGEST_PAGE))
    everybody = matching(patients_visible_to(actor), search)
    page = _labelled(everybody, label).annotate(sort_key=order.column).order_by(*order.order_by)
    if cursor:
        page = page.filter(order.after(*_place_of(actor, cursor, order)))
    rows = list(page.values_list("pk", *COLUMNS)[: size + 1])
    trail.saw(row[0] for row in rows[:size])
    today_in = lru_cache(lambda zone: local_today(now, zone=zone_of(zone)))
    return Worklist(
        lines=tuple(_line(row, today_in) for row in rows[:size]),
        labels=_label_counts(everybody),
        next_cursor=str(rows[size - 1][1]) if len(rows) > size else None,
    )


def matching(patients: QuerySet[Patient], search: str) -> QuerySet[Patient]:
    """Every word of the search has to be found in a name or the record number.

    As a pattern and not by `icontains`: SQLite's LIKE knows no capital but those of ASCII.
    """
    for word in search.replace("\0", "").split()[:5]:
        it = re.escape(word)
        patients = patients.filter(
            Q(family_name__iregex=it) | Q(given_name__iregex=it) | Q(record_number__iregex=it)
        )
    return patients


def _place_of(actor: Actor, cursor: str, order: Sort) -> tuple[Any, int]:
    """Where a patient stands in the order now. Only the id travels: an address holds no name and no score."""
    placed = patients_visible_to(actor).annotate(sort_key=order.column).values_list("sort_key", "id")
    try:
        return placed.get(public_id=UUID(cursor))
    except (ValueError, Patient.DoesNotExist) as error:
        raise BadCursor from error


def _labelled(patients: QuerySet[Patient], label: str) -> QuerySet[Patient]:
    if not label:
        return patients
    if label == NO_INJECTION:
        return patients.filter(current_injection=None)
    return patients.filter(**{f"{ASSESSMENT}__label": label})


def _label_counts(patients: QuerySet[Patient]) -> tuple[LabelCount, ...]:
    counted = (
        patients.values_list(Coalesce(f"{ASSESSMENT}__label", Value(NO_INJECTION)))
        .annotate(patients=Count("id"))
        .order_by()
    )
    found = [LabelCount(label, title_of(label), patients) for label, patients in counted]
    return tuple(sorted(found, key=lambda count: count.title))


COLUMNS = (
    "public_id",
    "given_name",
    "family_name",
    "record_number",
    "time_zone",
    "alert_level",
    "current_injection__injected_on",
    "current_injection__protocol_version",
    "current_injection__region",
    f"{ASSESSMENT}__label",
    f"{ASSESSMENT}__attention",
    f"{ASSESSMENT}__attention_reasons",
    f"{ASSESSMENT}__last_on",
    f"{ASSESSMENT}__last_pain",
    f"{ASSESSMENT}__change",
    f"{TRACK}__codes",
    f"{TRACK}__provenance",
)


def _line(row: Iterable[Any], today_in: Callable[[str], date]) -> WorklistLine:
    _, public_id, given, family, number, zone, alerted, injected_on, version, region, *assessed = row
    label, attention, reasons, last_on, last_pain, change, codes, provenance = assessed
    today, label = today_in(zone), label or NO_INJECTION
    day = None if injected_on is None else (today - injected_on).days
    last_day = None if last_on is None or injected_on is None else (last_on - injected_on).days
    return WorklistLine(
        public_id=public_id,
        name=f"{family}, {given}",
        record_number=number,
        day=day,
        label=label,
        title=title_of(label),
        attention=Level(max(attention or 0, alerted)),
        reasons=(
            *alert_words(alerted),
            *(reason_of(key, rules_by(version, region)) for key in reasons or ()),
        ),
        last_day=last_day,
        last_pain=last_pain,
        last_source=None if last_day is None else source_on(bytes(provenance or b""), last_day),
        change=change,
        silent_days=None if last_on is None else (today - last_on).days,
        spark="" if day is None else sparkline(bytes(codes or b""), bytes(provenance or b""), up_to_day=day),
    )
