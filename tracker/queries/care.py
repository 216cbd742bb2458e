"""The care plan of an injection: to prepare, the day itself, the days after it, and what was said to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from tracker import trail
from tracker.domain.care import CareFigures, CarePlan
from tracker.domain.care_steps import Plan, Procedure, lay_out
from tracker.domain.forms import Form
from tracker.domain.procedure import Intent, Status
from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.domain.study_days import local_today, study_day
from tracker.domain.zones import zone_of
from tracker.models import CarePlan as Row
from tracker.models import Injection, InjectionAgent, Patient, Response
from tracker.queries.protocols import protocol_of, rules_of

TYPED = ("planned_for", "arrive_at", "needs_driver", "is_diabetic", "prescriber_agreed")
TEXTS = ("pain_relievers", "thinner_plan")
MOMENTS = ("thinner_last_dose_at", "thinner_restart_at")
FIGURES = tuple(one.name for one in fields(CareFigures))

OF_CARE = (Form.PREPARATION, Form.QUESTION, Form.SUGAR)
COMES_SOON = timedelta(days=7)
"""A next injection that near is the one that a patient has to know about (house choice)."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What stands: steps by their key, questions by theirs (yes or no), sugar by day and time of day."""

    done: Mapping[str, bool] = field(default_factory=dict)
    yes: Mapping[str, bool] = field(default_factory=dict)
    sugar: Mapping[tuple[date, str], int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CareSheet:
    """The plan of one injection with what was said to it; `day` is the study day today."""

    injection: UUID
    injected_on: date
    today: date
    day: int
    is_performed: bool
    care: CarePlan
    plan: Plan
    answers: Answers
    rules: RuleSet = ESI_RULES


def care_of(*, patient: Patient, now: datetime) -> CareSheet | None:
    """The one that the patient has to know about. Two statements, one where there is none."""
    trail.saw([patient.pk])
    zone = zone_of(patient.time_zone)
    today = local_today(now, zone=zone)
    recent = Q(status=Status.SCHEDULED, injected_on__gte=today - timedelta(days=ESI_RULES.readout_day))
    rows = _with_plan(Injection.objects.filter(Q(pk=patient.current_injection_id) | recent, patient=patient))
    found = _subject(list(rows.order_by("injected_on", "pk")), today)
    return _sheet(found, patient, zone, today) if found else None


def care_sheet(*, injection: Injection, now: datetime) -> CareSheet:
    """Of one injection, for staff who may see it; two statements."""
    patient = injection.patient
    zone = zone_of(patient.time_zone)
    row = _with_plan(Injection.objects.filter(pk=injection.pk)).get()
    return _sheet(row, patient, zone, local_today(now, zone=zone))


def _subject(rows: Sequence[Any], today: date) -> Any | None:
    """The performed one, unless its read-out is over or the next one is near, or had its day already."""
    performed = next((row for row in rows if row.status == Status.PERFORMED), None)
    planned = [row for row in rows if row.status != Status.PERFORMED]
    if performed is None:
        return planned[0] if planned else None
    is_over = (today - performed.injected_on).days > rules_of(performed).readout_day
    later = (row for row in planned if row.injected_on > performed.injected_on)
    following = next(later, None)
    if following is not None and (is_over or following.injected_on <= today + COMES_SOON):
        return following
    return performed


def _with_plan(injections: QuerySet[Injection]) -> QuerySet[Injection]:
    """With the plan, whether an agent is named, and the date of the injection before."""
    earlier = Injection.objects.filter(
        patient=OuterRef("patient"), injected_on__lt=OuterRef("injected_on")
    ).exclude(status=Status.CANCELLED)
    return injections.select_related("care_plan").annotate(
        has_agents=Exists(InjectionAgent.objects.filter(injection=OuterRef("pk"))),
        earlier_on=Subquery(earlier.order_by("-injected_on").values("injected_on")[:1]),
    )


def _sheet(row: Any, patient: Patient, zone: ZoneInfo, today: date) -> CareSheet:
    protocol = protocol_of(row)
    care = plan_of(getattr(row, "care_plan", None), zone=zone, figures=protocol.care)
    return CareSheet(
        injection=row.public_id,
        injected_on=row.injected_on,
        today=today,
        day=study_day(today, injected_on=row.injected_on),
        is_performed=row.status == Status.PERFORMED,
        care=care,
        plan=_laid_out(row, care, zone, protocol.rules),
        rules=protocol.rules,
        answers=_answers(patient, since=row.earlier_on),
    )


def _answers(patient: Patient, *, since: date | None) -> Answers:
    """One statement. What was said up to the injection before is about that one."""
    rows = Response.objects.filter(patient=patient, form__in=OF_CARE)
    if since is not None:
        rows = rows.filter(describes_on__gt=since)
    done: dict[str, bool] = {}
    yes: dict[str, bool] = {}
    sugar: dict[tuple[date, str], int] = {}
    said = rows.order_by("corrected_at", "pk").values_list("form", "describes_on", "part", "said")
    for form, on, part, what in said:
        match form:
            case Form.PREPARATION:
                done[part] = what["done"]
            case Form.QUESTION:
                yes[part] = what["yes"]
            case Form.SUGAR:
                sugar[on, part] = what["mg_dl"]
    return Answers(done, yes, sugar)


def plan_of(row: Row | None, *, zone: ZoneInfo, figures: CareFigures) -> CarePlan:
    """A stored plan by the patient's clock; with the figures of the protocol where none is written yet."""
    if row is None:
        return CarePlan(figures=figures)
    typed: dict[str, Any] = {name: getattr(row, name) for name in TYPED}
    texts: dict[str, Any] = {name: getattr(row, name) or "" for name in TEXTS}
    moments: dict[str, Any] = {name: _local(getattr(row, name), zone) for name in MOMENTS}
    own = CareFigures(**{name: getattr(row, name) for name in FIGURES})
    return CarePlan(figures=own, **typed, **texts, **moments)


def _laid_out(row: Any, care: CarePlan, zone: ZoneInfo, rules: RuleSet) -> Plan:
    """By days. A block is a test: of a steroid it speaks only where the record names an agent."""
    is_block = row.intent == Intent.DIAGNOSTIC
    procedure = Procedure(
        region=row.region,
        guidance=row.guidance,
        is_numbed=bool(row.anaesthetic),
        is_block=is_block,
        has_steroid=not is_block or row.has_agents,
    )
    return lay_out(care, injected_on=row.injected_on, zone=zone, procedure=procedure, rules=rules)


def _local(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    return moment.astimezone(zone) if moment else None
