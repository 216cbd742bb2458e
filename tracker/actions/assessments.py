"""Tracks and assessments: copies and conclusions of the diary, rewritten whenever it changes."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db import connection, transaction
from django.db.models import Q

from tracker import tenancy
from tracker.actions import clinics
from tracker.domain.episode import Episode, Judgement, SteroidCourse, judge
from tracker.domain.forms import Form
from tracker.domain.procedure import Intent, Status
from tracker.domain.ruleset import RuleSet
from tracker.domain.study_days import local_today, next_day_starts_at
from tracker.domain.track import FIRST_DAY, LAST_DAY, DayMark, Source, Timing, pack, unpack
from tracker.domain.zones import zone_of
from tracker.models import (
    Assessment,
    DiaryDay,
    DiaryEntry,
    Injection,
    Patient,
    Reading,
    Response,
    Track,
    statements,
)
from tracker.queries.protocols import rules_of

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""How long a worker may hold a claimed row; whatever it lost is found again after that."""

SWEEP_SIZE = 200
"""Rows claimed at a time: small enough that two workers share a large clinic."""


def refresh(*, patient: Patient, now: datetime, changed: Iterable[DiaryDay] = ()) -> int:
    """Bring the patient's episodes up to date with changed diary days, or with a day that has passed.

    Call it inside the transaction of the change. Returns how many episodes were assessed.
    """
    injections = _injections(patient)
    changed = list(changed)
    stale = [injection for injection in injections if _is_stale(injection, changed, now)]
    for injection in stale:
        _write_marks(
            injection.track, {(day.describes_on - injection.injected_on).days: day for day in changed}
        )
    return _assess(stale, among=injections, patient=patient, now=now)


def rebuild(*, patient: Patient, now: datetime) -> int:
    """Read all of the patient's diary and readings again: after a date moved, or to repair a track."""
    injections = _injections(patient)
    days = statements.DAYS.rows(patient_id=patient.pk)
    readings = list(Reading.objects.filter(patient=patient).order_by("minutes"))
    relieved = _relieved_days(patient, injections)
    for injection in injections:
        track, own = injection.track, [r for r in readings if r.injection_id == injection.pk]
        track.codes = track.provenance = b""
        track.before = next((r.pain for r in own if r.minutes is None), None)
        track.after = [[r.minutes, r.pain] for r in own if r.minutes is not None]
        track.rescue = injection.intent == Intent.DIAGNOSTIC and injection.injected_on in relieved
        _write_marks(track, {(day.describes_on - injection.injected_on).days: day for day in days})
    return _assess(injections, among=injections, patient=patient, now=now)


def _relieved_days(patient: Patient, injections: list[Injection]) -> set[date]:
    """Days of blocks with a reading that says a pain reliever was taken; of each moment the newest counts.

    Only a block asks for it, so that a patient without one costs no statement.
    """
    blocks = [one.injected_on for one in injections if one.intent == Intent.DIAGNOSTIC]
    if not blocks:
        return set()
    rows = Response.objects.filter(patient=patient, form=Form.READING, describes_on__in=blocks)
    newest_last = rows.order_by("corrected_at", "client_id").values_list("describes_on", "part", "said")
    standing = {(on, part): said for on, part, said in newest_last}
    return {on for (on, _), said in standing.items() if said.get("rescue")}


def roll_due(*, now: datetime) -> int:
    """Reassess every episode whose patient's day has turned. Returns how many patients were done.

    A sweep over rows with leases: a worker that dies here loses nothing, two workers do nothing twice.
    """
    return sum(_roll_clinic(clinic_id, now) for clinic_id in clinics.every())


def _roll_clinic(clinic_id: int, now: datetime) -> int:
    done = 0
    while claimed := _claim(clinic_id, now):
        done += sum(_roll(patient_id, clinic_id, now) for patient_id in claimed)
    return done


def _injections(patient: Patient) -> list[Injection]:
    """All episodes, oldest first, each with a track (made where it is new) and perhaps an assessment."""
    found = statements.INJECTIONS.rows(patient_id=patient.pk)
    for injection in found:
        if not hasattr(injection, "track"):
            injection.track = Track(injection=injection, clinic_id=injection.clinic_id, rev=0)
    return found


def _is_stale(injection: Injection, changed: list[DiaryDay], now: datetime) -> bool:
    assessment = getattr(injection, "assessment", None)
    if assessment is None or (assessment.roll_due_at and assessment.roll_due_at <= now):
        return True
    return any(FIRST_DAY <= (d.describes_on - injection.injected_on).days <= LAST_DAY for d in changed)


def _write_marks(track: Track, days: dict[int, DiaryDay]) -> None:
    marks = [mark_of(day, number) for number, day in days.items()]
    track.codes, track.provenance = pack(marks, into=(bytes(track.codes), bytes(track.provenance)))


def mark_of(day: DiaryDay, number: int) -> DayMark:
    """A diary day as the rules see it: what is scored of it, else its newest revision, marked as unscored.

    One timing stands for both series: a pain that was recalled is not drawn beside a soreness that is scored.
    """
    pain, soreness = day.scored_pain, day.scored_soreness
    shown = pain or soreness or day.current
    is_scored = shown is pain or shown is soreness
    return DayMark(
        day=number,
        pain=(pain.pain if pain else None) if is_scored else shown.pain,
        soreness=(soreness.soreness if soreness else None) if is_scored else shown.soreness,
        timing=_scored_timing(shown) if is_scored else Timing(shown.timing),
        edited=day.is_edited,
        source=Source(shown.source),
    )


def _scored_timing(entry: DiaryEntry) -> Timing:
    timing = Timing(entry.timing)
    return timing if timing.is_scored else Timing.LATE  # accepted by a clinician


def episode_of(injection: Injection, *, among: Iterable[Injection]) -> Episode:
    """The facts of an injection as plain values; `among` are all of the patient's."""
    track, override = injection.track, injection.baseline_override
    return Episode(
        case_id=str(injection.public_id),
        region=injection.region,
        injected_on=injection.injected_on,
        is_performed=injection.status == Status.PERFORMED,
        is_diagnostic=injection.intent == Intent.DIAGNOSTIC,
        marks=unpack(bytes(track.codes), bytes(track.provenance)),
        before=track.before,
        after=tuple((minutes, pain) for minutes, pain in track.after),
        injections=tuple((i.region, i.injected_on) for i in among if i.status == Status.PERFORMED),
        closed_on=injection.closed_on,
        baseline_override=None if override is None else Fraction(override),
        steroid_courses=courses_of(among),
        surgeries=tuple(one.surgery_on for one in among if one.surgery_on),
        rescue=track.rescue,
    )


def courses_of(injections: Iterable[Injection]) -> tuple[SteroidCourse, ...]:
    """The courses of oral steroids that stand in the histories of a patient's injections."""
    courses = (one.history.steroid_course for one in injections if hasattr(one, "history"))
    return tuple(course for course in courses if course)


def _assess(injections: list[Injection], *, among: list[Injection], patient: Patient, now: datetime) -> int:
    """Judge the episodes and store tracks and assessments: two statements, however many there are."""
    zone = zone_of(patient.time_zone)
    today, tomorrow = local_today(now, zone=zone), next_day_starts_at(now, zone=zone)
    rows = []
    for injection in injections:
        injection.track.rev += 1
        rules = rules_of(injection)
        judgement = judge(episode_of(injection, among=among), today=today, rules=rules)
        rows.append(_row(injection, judgement, rules, now=now, tomorrow=tomorrow))
    statements.store([injection.track for injection in injections], over=("injection",))
    statements.store(rows, over=("injection",))
    return len(rows)


def _row(
    injection: Injection, judgement: Judgement, rules: RuleSet, *, now: datetime, tomorrow: datetime
) -> Assessment:
    last_day = judgement.last_day
    return Assessment(
        injection_id=injection.pk,
        clinic_id=injection.clinic_id,
        patient_id=injection.patient_id,
        as_of_day=judgement.as_of_day,
        label=judgement.label,
        attention=judgement.level,
        attention_reasons=list(judgement.reasons),
        last_on=None if last_day is None else injection.injected_on + timedelta(days=last_day),
        last_pain=judgement.last_pain,
        change=_two_places(judgement.change),
        is_confounded=judgement.is_confounded,
        rule_set=rules.version,
        case=judgement.case,
        result=judgement.result,
        assessed_at=now,
        roll_due_at=tomorrow if judgement.as_of_day <= LAST_DAY else None,
        leased_until=None,
    )


def _two_places(change: Fraction | None) -> Decimal | None:
    if change is None:
        return None
    exact = Decimal(change.numerator) / Decimal(change.denominator)
    return exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def _claim(clinic_id: int, now: datetime) -> list[int]:
    """Lease the next due rows; ids of their patients."""
    with tenancy.clinic(clinic_id), transaction.atomic():
        due = Assessment.objects.filter(roll_due_at__lte=now).filter(
            Q(leased_until=None) | Q(leased_until__lte=now)
        )
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        rows = list(due.order_by("roll_due_at").values_list("pk", "patient_id")[:SWEEP_SIZE])
        Assessment.objects.filter(pk__in=[pk for pk, _ in rows]).update(leased_until=now + LEASE)
    return sorted({patient_id for _, patient_id in rows})


def _roll(patient_id: int, clinic_id: int, now: datetime) -> int:
    """One patient, one transaction: what fails for one keeps its lease and never stops the others."""
    try:
        with tenancy.clinic(clinic_id), transaction.atomic():
            statements.lock(patient_id=patient_id)
            refresh(patient=Patient.objects.get(pk=patient_id), now=now)
    except Exception:
        log.exception("Rolling the day failed for patient %s; it is tried again", patient_id)
        return 0
    return 1
