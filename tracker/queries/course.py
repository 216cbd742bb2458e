"""Where a patient stands: the stage, the day, the phase, the own scores, and the one message about them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

from tracker.charts.plain_words import plain_words
from tracker.charts.recovery import Row, table
from tracker.domain.case_file import read_cases
from tracker.domain.procedure import Intent, Status
from tracker.domain.progress import assess
from tracker.domain.study_days import local_today, study_day
from tracker.domain.timeline import PhaseKey, phase_on, phases
from tracker.domain.wording import PatientMessage, patient_message
from tracker.models import Injection, Patient
from tracker.queries.charts import baseline_before, chart_of


class Stage(StrEnum):
    NO_INJECTION = "no_injection"
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
    before it with None; `baseline` and `baseline_days` are what the days before have given so far."""

    stage: Stage
    injected_on: date | None = None
    day: int | None = None
    baseline: Fraction | None = None
    baseline_days: int = 0
    readings: tuple[tuple[int | None, int], ...] = ()
    steps: tuple[Step, ...] = ()
    message: PatientMessage | None = None
    words: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


def course(*, patient: Patient, now: datetime) -> Course:
    """One statement: the patient's current injection with its track and assessment."""
    if patient.current_injection_id is None:
        return Course(Stage.NO_INJECTION)
    injection = Injection.objects.select_related("track", "assessment").get(pk=patient.current_injection_id)
    on = injection.injected_on
    day = study_day(local_today(now, zone=ZoneInfo(patient.time_zone)), injected_on=on)
    if day < 0:
        so_far = baseline_before(injection)
        found = (so_far.mean, so_far.n) if so_far else (None, 0)
        return Course(Stage.BEFORE, on, day, baseline=found[0], baseline_days=found[1])
    if injection.status != Status.PERFORMED:
        return Course(Stage.UNCONFIRMED, on, day)
    chart = chart_of(injection)
    newest_first = table(chart)[::-1]
    if injection.intent == Intent.DIAGNOSTIC:
        return Course(Stage.BLOCK, on, day, readings=_readings(injection), rows=newest_first)
    return Course(
        Stage.RECOVERY,
        on,
        day,
        readings=_readings(injection),
        steps=_steps(day),
        message=_message(injection, day),
        words=plain_words(chart),
        rows=newest_first,
    )


def _message(injection: Injection, day: int) -> PatientMessage:
    """From the stored inputs as of today: right also where the nightly assessment has not run yet."""
    (case,), _ = read_cases(json.dumps([injection.assessment.case]))
    return patient_message(assess(case.diary, as_of_day=day), case.diary)


def _steps(day: int) -> tuple[Step, ...]:
    main = phase_on(day)
    return tuple(Step(phase.key, phase.holds(day), phase.key == main.key) for phase in phases())


def _readings(injection: Injection) -> tuple[tuple[int | None, int], ...]:
    before = injection.track.before
    first = () if before is None else ((None, before),)
    return (*first, *((minutes, pain) for minutes, pain in injection.track.after))
