"""The injections of one region over one another, against their own baselines and the first (rule 18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from tracker import trail
from tracker.access import Actor, injections_visible_to
from tracker.charts.overlay import LETTERS, Episode, Overlay, style_of
from tracker.domain.assessment import Assessment
from tracker.domain.diary import Course
from tracker.domain.procedure import Intent, Region, Status
from tracker.domain.progress import assess
from tracker.domain.ruleset import RuleSet
from tracker.domain.titles import figure
from tracker.domain.track import unpack
from tracker.models import Injection, Patient
from tracker.queries.figures import against, window_mean
from tracker.queries.injection_sheet import rules_behind, stored_case


class NoSeries(LookupError):
    """No such injection is visible, or none of its region was performed to treat."""


@dataclass(frozen=True, slots=True)
class Relief:
    """A mean or a score, and how much lower it is than the two baselines; empty where there is none."""

    pain: str
    own: str = ""
    first: str = ""


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """One injection. `readout` is of its `readout_days`, `last` the last scored day of its episode."""

    letter: str
    style: str
    public_id: UUID
    injected_on: date
    level: str
    baseline: str
    baseline_note: str
    readout: Relief
    readout_days: str
    last_day: int | None
    last: Relief
    is_confounded: bool


@dataclass(frozen=True, slots=True)
class InjectionSeries:
    patient: Patient
    region: str
    lines: tuple[SeriesLine, ...]
    overlay: Overlay


def injection_series(*, actor: Actor, injection: UUID) -> InjectionSeries:
    """The performed, therapeutic injections of the region of one, oldest first. Two statements.

    Raises NoSeries. Without a baseline of the first, there is nothing to hold the later ones against.
    """
    one = injections_visible_to(actor).select_related("patient").filter(public_id=injection).first()
    rows = _rows(one) if one else []
    if one is None or not rows:
        raise NoSeries
    trail.saw([one.patient_id])
    judged = [_judged(row) for row in rows]
    first = judged[0].baseline if judged[0] else None
    return InjectionSeries(
        patient=one.patient,
        region=Region(one.region).label,
        lines=tuple(
            _line(letter, number, row, found, first)
            for number, (letter, row, found) in enumerate(zip(LETTERS, rows, judged, strict=False))
        ),
        overlay=Overlay(
            tuple(
                _episode(letter, row, found)
                for letter, row, found in zip(LETTERS, rows, judged, strict=False)
            )
        ),
    )


def _rows(one: Injection) -> list[Injection]:
    same = Injection.objects.filter(
        patient=one.patient_id,
        region=one.region,
        status=Status.PERFORMED,
        intent=Intent.THERAPEUTIC,
        track__isnull=False,
        assessment__isnull=False,
    )
    return list(same.select_related("track", "assessment").order_by("injected_on", "id")[: len(LETTERS)])


@dataclass(frozen=True, slots=True)
class _Judged:
    """What the rules said of one, by the version that it was judged by."""

    assessment: Assessment
    rules: RuleSet
    readout: Fraction | None
    last_day: int | None
    last: Fraction | None

    @property
    def baseline(self) -> Fraction | None:
        return self.assessment.baseline


def _judged(injection: Injection) -> _Judged | None:
    case, rules = stored_case(injection), rules_behind(injection)
    if case is None:
        return None
    found = assess(case.diary, as_of_day=case.as_of_day, rules=rules)
    course = Course.of(case.diary.pain, to_day=found.evaluated_to_day)
    last_day = course.days[-1] if course.days else None
    last = None if last_day is None else Fraction(course.scores[last_day])
    return _Judged(found, rules, window_mean(found, case.diary, rules), last_day, last)


def _line(
    letter: str, number: int, injection: Injection, judged: _Judged | None, first: Fraction | None
) -> SeriesLine:
    own, rules = judged.baseline if judged else None, rules_behind(injection)
    return SeriesLine(
        letter=letter,
        style=style_of(number).name,
        public_id=injection.public_id,
        injected_on=injection.injected_on,
        level=injection.level,
        baseline="none" if own is None else figure(own),
        baseline_note=_quality(judged.assessment) if judged and own is not None else "",
        readout=_relief(judged.readout if judged else None, own, first, judged),
        readout_days=f"days {rules.readout_first_day}–{rules.readout_last_day}",
        last_day=judged.last_day if judged else None,
        last=_relief(judged.last if judged else None, own, first, judged),
        is_confounded=injection.assessment.is_confounded,
    )


def _quality(found: Assessment) -> str:
    return f"{found.baseline_quality}, {found.baseline_n} {'score' if found.baseline_n == 1 else 'scores'}"


def _relief(
    pain: Fraction | None, own: Fraction | None, first: Fraction | None, judged: _Judged | None
) -> Relief:
    if pain is None or judged is None:
        return Relief("")
    return Relief(
        figure(pain),
        "" if own is None else against(own, pain, rules=judged.rules),
        "" if first is None else against(first, pain, rules=judged.rules),
    )


def _episode(letter: str, injection: Injection, judged: _Judged | None) -> Episode:
    """Its days as far as they are its own: later ones belong to the next (rule 18)."""
    track = injection.track
    marks = unpack(bytes(track.codes), bytes(track.provenance))
    if judged is not None:
        marks = tuple(mark for mark in marks if mark.day <= judged.assessment.evaluated_to_day)
    on = injection.injected_on
    baseline = judged.baseline if judged else None
    return Episode(letter, f"{on.day} {on:%b %Y}", marks, baseline, rules_behind(injection))
