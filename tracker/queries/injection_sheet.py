"""One injection as the clinic sees it: the record, and the assessment with everything behind it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tracker import trail
from tracker.access import Actor, injections_visible_to
from tracker.charts.words import Description, describe
from tracker.content.icd10 import TITLES
from tracker.content.staff import reason_of, title_of
from tracker.domain.assessment import Assessment
from tracker.domain.attention import Level
from tracker.domain.case_file import Case, read_case, rules_in
from tracker.domain.case_row import Malformed
from tracker.domain.diagnostic import assess_block
from tracker.domain.diary import EpisodeDiary
from tracker.domain.episode import SCHEDULED, UNCONFIRMED
from tracker.domain.explain import Reason, reasons
from tracker.domain.explain_block import block_reasons
from tracker.domain.procedure import Approach, Closing, Guidance, Intent, Region, Side, Status
from tracker.domain.progress import assess
from tracker.domain.ruleset import RuleSet, rule_set
from tracker.domain.titles import figure
from tracker.models import Injection
from tracker.queries.charts import NoChart, baseline_before, chart_of
from tracker.queries.figures import Figure, against, baseline_figure, block_figures, figures, window_mean
from tracker.queries.history import History, history_of
from tracker.queries.injection_time import HoursOfInjection, hours_of
from tracker.queries.protocols import pinned, protocol_of


@dataclass(frozen=True, slots=True)
class Agent:
    name: str
    dose_mg: Decimal
    lot: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say and why. `as_of_day` is the day they looked at, `inputs` what they saw."""

    label: str
    title: str
    attention: Level
    attention_reasons: tuple[str, ...]
    figures: tuple[Figure, ...]
    reasons: tuple[Reason, ...]
    is_confounded: bool
    as_of_day: int
    assessed_at: datetime
    rule_set: str
    inputs: str


@dataclass(frozen=True, slots=True)
class InjectionSheet:
    """`facts` are (name, text) pairs in the words of the form; `day` is the study day today."""

    public_id: UUID
    injected_on: date
    day: int
    status: Status
    facts: tuple[tuple[str, str], ...]
    agents: tuple[Agent, ...]
    hours: HoursOfInjection
    baseline_override: Decimal | None
    baseline_reason: str
    is_block: bool
    verdict: Verdict | None
    description: Description | None
    history: History
    has_series: bool


def injection_sheet(
    injection: Injection, *, among: Sequence[Injection], today: date, zone: ZoneInfo
) -> InjectionSheet:
    """Needs assessment, track and history of all of the patient's injections; four statements more."""
    has_chart = hasattr(injection, "track") and hasattr(injection, "assessment")
    return InjectionSheet(
        public_id=injection.public_id,
        injected_on=injection.injected_on,
        day=(today - injection.injected_on).days,
        status=Status(injection.status),
        facts=_facts(injection),
        agents=tuple(Agent(one.name, one.dose_mg, one.lot) for one in injection.agents.order_by("id")),
        hours=hours_of(injection, zone=zone),
        baseline_override=injection.baseline_override,
        baseline_reason=injection.baseline_reason or "",
        is_block=injection.intent == Intent.DIAGNOSTIC,
        verdict=_verdict(injection, among) if has_chart else None,
        description=describe(chart_of(injection)) if has_chart else None,
        history=history_of(
            injection,
            among=among,
            as_of_day=injection.assessment.as_of_day if has_chart else 0,
            baseline_readings=_baseline_readings(injection) if has_chart else 0,
        ),
        has_series=_has_series(injection, among),
    )


def case_of(*, actor: Actor, injection: UUID) -> dict[str, Any]:
    """The stored inputs of an assessment, as `manage.py assess` reads them. Raises NoChart where none are."""
    found = injections_visible_to(actor).filter(public_id=injection, assessment__result__isnull=False)
    row = found.values_list("assessment__case", "patient_id").first()
    if row is None:
        raise NoChart
    case, patient_id = row
    trail.saw([patient_id])
    return dict(case)


def _facts(injection: Injection) -> tuple[tuple[str, str], ...]:
    closing = Closing(injection.closed_reason).label if injection.closed_reason else ""
    facts = (
        (
            "Region",
            f"{Region(injection.region).label}, {injection.level}, {Side(injection.side).label.lower()}",
        ),
        ("Approach", Approach(injection.approach).label),
        ("Intent", Intent(injection.intent).label),
        (
            "Guidance",
            f"{Guidance(injection.guidance).label}, {'with' if injection.contrast else 'no'} contrast",
        ),
        ("Anaesthetic", injection.anaesthetic or "none recorded"),
        ("Indication", f"{injection.indication} {TITLES.get(injection.indication, '')}".strip()),
        ("Operator", injection.operator),
        ("Protocol", protocol_words(injection)),
        ("Next visit", f"{injection.visit_on}" if injection.visit_on else ""),
        ("Closed", f"{injection.closed_on}: {closing}" if closing else ""),
    )
    return tuple((name, text) for name, text in facts if text)


def protocol_words(injection: Injection) -> str:
    """By which protocol an injection goes, and which version of it."""
    if injection.protocol_version_id is None:
        return f"{protocol_of(injection).name}, as shipped"
    it = pinned(injection.protocol_version_id)
    return f"{it.protocol.name}, version {it.number}"


def _verdict(injection: Injection, among: Sequence[Injection]) -> Verdict:
    stored = injection.assessment
    rules = rules_behind(injection)
    explained = _explained(injection, among, rules)
    return Verdict(
        label=stored.label,
        title=title_of(stored.label),
        attention=Level(stored.attention),
        attention_reasons=tuple(reason_of(key, rules) for key in stored.attention_reasons),
        figures=explained.figures,
        reasons=explained.reasons,
        is_confounded=stored.is_confounded,
        as_of_day=stored.as_of_day,
        assessed_at=stored.assessed_at,
        rule_set=stored.rule_set,
        inputs=json.dumps(stored.case, indent=1) if stored.result is not None else "",
    )


def rules_behind(injection: Injection) -> RuleSet:
    """Those by which the stored assessment was made."""
    stored = injection.assessment
    return rules_in(stored.case) if "rules" in stored.case else rule_set(stored.rule_set)


@dataclass(frozen=True, slots=True)
class _Explained:
    figures: tuple[Figure, ...]
    reasons: tuple[Reason, ...] = ()


def _explained(injection: Injection, among: Sequence[Injection], rules: RuleSet) -> _Explained:
    """The figures and why, by the rules that apply: of a block, of recovery, or none yet."""
    case = stored_case(injection)
    if case is not None:
        found = assess(case.diary, as_of_day=case.as_of_day, rules=rules)
        return _Explained(
            figures(found, case.diary, rules=rules) + _series(injection, among, found, case.diary, rules),
            reasons(found, case.diary, anaesthetic=bool(injection.anaesthetic), rules=rules),
        )
    if injection.intent == Intent.DIAGNOSTIC and injection.assessment.label not in (SCHEDULED, UNCONFIRMED):
        track = injection.track
        after = [(minutes, pain) for minutes, pain in track.after]
        block = assess_block(track.before, after, rescue_analgesic=track.rescue, rules=rules)
        why = block_reasons(block, track.before, rescue=track.rescue, rules=rules)
        return _Explained(block_figures(block, track.before), why)
    return _Explained(_before(injection))


def _has_series(injection: Injection, among: Sequence[Injection]) -> bool:
    """Whether there are two or more of its region to lay over one another."""
    wanted = (injection.region, Status.PERFORMED, Intent.THERAPEUTIC)
    return [(one.region, one.status, one.intent) for one in among].count(wanted) > 1


def _baseline_readings(injection: Injection) -> int:
    """How many scores the baseline rests on, before the rules begin or as they saw it."""
    so_far = baseline_before(injection)
    if so_far is not None:
        return so_far.n
    return int((injection.assessment.result or {}).get("baseline_n") or 0)


def _before(injection: Injection) -> tuple[Figure, ...]:
    so_far = baseline_before(injection)
    if so_far is None:
        return ()
    return (baseline_figure(so_far.mean, so_far.quality, so_far.n, name="Baseline so far"),)


def stored_case(injection: Injection) -> Case | None:
    """The inputs that the stored figures came from; None where the rules were not asked."""
    if injection.assessment.result is None:
        return None
    try:
        return read_case(injection.assessment.case)
    except Malformed:
        return None


def _series(
    injection: Injection,
    among: Sequence[Injection],
    found: Assessment,
    diary: EpisodeDiary,
    rules: RuleSet,
) -> tuple[Figure, ...]:
    """Rule 18: relief is shown against the first baseline of a series as well as against its own."""
    series = [one for one in among if one.region == injection.region and one.status == Status.PERFORMED]
    first = min(series, key=lambda one: (one.injected_on, one.pk), default=injection)
    case = None if first is injection else stored_case(first)
    mean = window_mean(found, diary, rules)
    if case is None or mean is None:
        return ()
    baseline = assess(case.diary, as_of_day=case.as_of_day, rules=rules).baseline
    if baseline is None:
        return ()
    note = f"{figure(baseline)} before {first.injected_on}"
    return (Figure("Against the first baseline", against(baseline, mean, rules=rules), note),)
