"""Where a patient stands: the stage, the day, the phase, the own scores, and the one message about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from tracker.charts.plain_words import plain_table, plain_words
from tracker.charts.recovery import Row
from tracker.content.languages import say
from tracker.domain.attention import Level, attention, soreness_attention
from tracker.domain.case_file import read_case
from tracker.domain.diary import EpisodeDiary
from tracker.domain.procedure import Intent, Status
from tracker.domain.progress import assess
from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.domain.soreness import soreness_flag
from tracker.domain.study_days import local_today, study_day
from tracker.domain.timeline import PhaseKey, phase_on, phases
from tracker.domain.wording import (
    MessageKey,
    PatientMessage,
    ReliefMessage,
    patient_message,
    reasons_to_call,
    relief_message,
)
from tracker.domain.zones import zone_of
from tracker.models import Injection, Patient
from tracker.queries.charts import baseline_before, chart_of
from tracker.queries.current_injection import current_injection


class Stage(StrEnum):
    NO_INJECTION = "no_injection"
    CANCELLED = "cancelled"
    """The only one was cancelled, or all were."""
    BEFORE = "before"
    UNCONFIRMED = "unconfirmed"
    """Its day has come, and the clinic has not said that it was done: nothing is said about recovery."""
    BLOCK = "block"
    """A diagnostic injection: its readings are shown, the recovery rules do not apply."""
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True)
class Step:
    """A phase of the expected course: whether it holds today, and whether it is the main one."""

    key: PhaseKey
    is_now: bool
    is_main: bool


@dataclass(frozen=True, slots=True)
class Course:
    """`day` is the study day, negative before the injection. Readings are (minutes after, score), the one
    before it with None; `baseline` is what the days before have given, `baseline_days` how many so far.
    With `reasons_to_call` the page says to call and leaves out the message. `next_on` is a next injection
    that is planned already. `rules` are those that the injection was entered under."""

    stage: Stage
    injected_on: date | None = None
    day: int | None = None
    baseline: Fraction | None = None
    baseline_days: int = 0
    readings: tuple[tuple[int | None, int], ...] = ()
    steps: tuple[Step, ...] = ()
    message: PatientMessage | None = None
    reasons_to_call: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    next_on: date | None = None
    relief: ReliefMessage | None = None
    rules: RuleSet = ESI_RULES


def course(*, patient: Patient, now: datetime) -> Course:
    """One statement: the patient's current injection, or whether there was one that is cancelled."""
    current = current_injection(patient=patient, now=now)
    if current is None:
        return Course(_stage_without_injection(patient))
    injection = current.row
    on = injection.injected_on
    rules = current.rules
    day = study_day(local_today(now, zone=zone_of(patient.time_zone)), injected_on=on)
    if day < 0:
        so_far = baseline_before(injection)
        found = (so_far.mean, so_far.n) if so_far else (None, 0)
        return Course(Stage.BEFORE, on, day, baseline=found[0], baseline_days=found[1], rules=rules)
    if injection.status != Status.PERFORMED:
        return Course(Stage.UNCONFIRMED, on, day, rules=rules)
    told = _block if injection.intent == Intent.DIAGNOSTIC else _recovery
    shown = replace(told(injection, day, rules), next_on=current.next_on, rules=rules)
    if shown.message and is_alerted(patient, today=on + timedelta(days=day)):
        return replace(shown, message=PatientMessage(MessageKey.RED_FLAG_ADVICE), relief=None)
    return shown


def is_alerted(patient: Patient, *, today: date) -> bool:
    """Rule 19: a sign of danger was named today, or nobody has seen to one yet: no cheerful word."""
    return Level(patient.alert_level).is_danger or patient.alerted_on == today


def _stage_without_injection(patient: Patient) -> Stage:
    """Every injection that a patient has is the current one or cancelled, where there is no current one."""
    was_cancelled = Injection.objects.filter(patient=patient).exists()
    return Stage.CANCELLED if was_cancelled else Stage.NO_INJECTION


def _block(injection: Injection, day: int, rules: RuleSet) -> Course:
    found = soreness_attention(soreness_flag(_diary(injection).soreness, to_day=day, rules=rules))
    return Course(
        Stage.BLOCK,
        injection.injected_on,
        day,
        readings=_readings(injection),
        reasons_to_call=reasons_to_call(found.reasons),
        rows=plain_table(chart_of(injection), say=say)[::-1],
    )


def _recovery(injection: Injection, day: int, rules: RuleSet) -> Course:
    """As of today, from the stored inputs: right also where the nightly assessment has not run yet."""
    chart, diary = chart_of(injection), _diary(injection)
    assessment = assess(diary, as_of_day=day, rules=rules)
    reasons = attention(assessment, day=day, diary=diary, rules=rules).reasons
    return Course(
        Stage.RECOVERY,
        injection.injected_on,
        day,
        baseline=chart.baseline,
        readings=_readings(injection),
        steps=_steps(day, rules),
        message=patient_message(assessment, diary, rules=rules),
        relief=relief_message(assessment),
        reasons_to_call=reasons_to_call(reasons),
        words=plain_words(chart, say=say),
        rows=plain_table(chart, say=say)[::-1],
    )


def _diary(injection: Injection) -> EpisodeDiary:
    case = read_case(injection.assessment.case)
    return case.diary


def _steps(day: int, rules: RuleSet) -> tuple[Step, ...]:
    main = phase_on(day, rules=rules)
    return tuple(Step(phase.key, phase.holds(day), phase.key == main.key) for phase in phases(rules))


def _readings(injection: Injection) -> tuple[tuple[int | None, int], ...]:
    before = injection.track.before
    first = () if before is None else ((None, before),)
    return (*first, *((minutes, pain) for minutes, pain in injection.track.after))
