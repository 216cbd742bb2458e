"""What a patient answered beside the diary, as the clinic reads it: alerts, PEG-3 and PGIC, daily checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from tracker.domain.attention import Level
from tracker.domain.checks import DailyChecks, daily_checks
from tracker.domain.forms import Form, peg_score
from tracker.domain.peg import PegChange, peg_baseline, peg_change
from tracker.domain.procedure import Status
from tracker.domain.study_days import study_day
from tracker.models import Alert, Injection, Patient, Response
from tracker.queries.protocols import rules_of

Said = dict[date, dict[str, Response]]


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One alert with the signs that were named, by their keys. `note` is what was done.

    Sugar above the clinic's limit is a sign as well, with its value. `question` is the key of one that was
    asked before the injection and answered yes.
    """

    id: int
    level: Level
    on: date
    signs: tuple[str, ...]
    raised_at: datetime
    handled_at: datetime | None
    handled_by: str
    note: str
    mg_dl: int | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """PEG-3 (mean, 0 to 10) or PGIC (1 to 7) of one day; `day` is the study day, if there is one.

    `peg_change` is against the PEG-3 before the injection, on the days of its episode.
    """

    on: date
    day: int | None
    peg: Fraction | None
    pgic: int | None
    peg_change: PegChange | None = None
    is_peg_baseline: bool = False


@dataclass(frozen=True, slots=True)
class PatientAnswers:
    """Newest first. `up_to` is the newest open alert: "seen to" reaches to it and no further."""

    open: tuple[AlertLine, ...]
    handled: tuple[AlertLine, ...]
    measures: tuple[Measure, ...]
    checks: DailyChecks | None = None

    @property
    def up_to(self) -> int:
        return max((alert.id for alert in self.open), default=0)

    @property
    def level(self) -> Level:
        """Of the most urgent open alert."""
        return max((alert.level for alert in self.open), default=Level.NONE)


def patient_answers(
    patient: Patient, *, today: date, shown: Injection | None = None, among: Sequence[Injection] = ()
) -> PatientAnswers:
    """With the days of the shown injection, one of all of the patient's. Two statements."""
    said = _said(patient)
    alerts = [
        _alert(row)
        for row in Alert.objects.filter(patient=patient)
        .select_related("response", "handled_by__user")
        .order_by("-raised_at", "-id")
    ]
    return PatientAnswers(
        open=tuple(alert for alert in alerts if alert.handled_at is None),
        handled=tuple(alert for alert in alerts if alert.handled_at is not None),
        measures=_compared(_measures(said, shown.injected_on if shown else None), shown, among),
        checks=_checks(said, shown, among, today),
    )


def _alert(row: Alert) -> AlertLine:
    mg_dl = row.response.said.get("mg_dl")
    return AlertLine(
        id=row.pk,
        level=Level(row.level),
        on=row.response.describes_on,
        signs=tuple(row.response.said.get("signs", () if mg_dl is None else ("sugar",))),
        raised_at=row.raised_at,
        handled_at=row.handled_at,
        handled_by=row.handled_by.user.name if row.handled_by else "",
        note=row.note,
        mg_dl=mg_dl,
        question=row.response.part if row.response.form == Form.QUESTION else "",
    )


def _said(patient: Patient) -> Said:
    """By day and form, oldest day first; of several answers the newest."""
    rows = Response.objects.filter(patient=patient, form__in=(Form.PEG, Form.PGIC, Form.CHECK))
    said: Said = {}
    for row in rows.order_by("describes_on", "corrected_at", "client_id"):
        said.setdefault(row.describes_on, {})[row.form] = row
    return said


def _measures(said: Said, injected_on: date | None) -> tuple[Measure, ...]:
    """One line a day, the newest first."""
    return tuple(
        _measure(on, by_form, injected_on)
        for on, by_form in reversed(said.items())
        if by_form.keys() & {Form.PEG, Form.PGIC}
    )


def _measure(on: date, by_form: dict[str, Response], injected_on: date | None) -> Measure:
    peg, pgic = by_form.get(Form.PEG), by_form.get(Form.PGIC)
    return Measure(
        on=on,
        day=study_day(on, injected_on=injected_on) if injected_on else None,
        peg=peg_score(peg.said) if peg else None,
        pgic=pgic.said["change"] if pgic else None,
    )


def _compared(
    measures: tuple[Measure, ...], shown: Injection | None, among: Sequence[Injection]
) -> tuple[Measure, ...]:
    """With what PEG-3 was before the injection, up to the next one of its region."""
    scores = {one.day: one.peg for one in measures if one.day is not None and one.peg is not None}
    if shown is None or shown.status != Status.PERFORMED:
        return measures
    baseline_day = peg_baseline(scores, rules=rules_of(shown))
    if baseline_day is None:
        return measures
    next_on = _next_on(shown, among)
    return tuple(_against(one, baseline_day, scores[baseline_day], next_on) for one in measures)


def _against(one: Measure, baseline_day: int, baseline: Fraction, next_on: date) -> Measure:
    if one.peg is None or one.day is None:
        return one
    if one.day == baseline_day:
        return replace(one, is_peg_baseline=True)
    if one.day > 0 and one.on < next_on:
        return replace(one, peg_change=peg_change(one.peg, baseline=baseline))
    return one


def _checks(
    said: Said, shown: Injection | None, among: Sequence[Injection], today: date
) -> DailyChecks | None:
    """None where no injection has been performed yet."""
    if shown is None or shown.status != Status.PERFORMED:
        return None
    last_on = min(today, _next_on(shown, among) - timedelta(days=1))
    return daily_checks(
        {
            study_day(on, injected_on=shown.injected_on): by_form[Form.CHECK].said.get("rescue")
            for on, by_form in said.items()
            if Form.CHECK in by_form
        },
        last_day=study_day(last_on, injected_on=shown.injected_on),
        rules=rules_of(shown),
    )


def _next_on(shown: Injection, among: Sequence[Injection]) -> date:
    return min((one.injected_on for one in among if _follows(one, shown)), default=date.max)


def _follows(one: Injection, shown: Injection) -> bool:
    """Rule 18: an episode ends the day before the next injection of its region."""
    is_like = one.status == Status.PERFORMED and one.region == shown.region
    return is_like and one.injected_on > shown.injected_on
