"""What a chart is drawn from, and the tag that says whether a reader's copy is still true."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from django.utils import timezone

from tracker import trail
from tracker.access import Actor, Device, check_stepped_up, is_open_to, owned_by
from tracker.charts.chart import Look, RecoveryChart
from tracker.charts.frames import FRAME_VERSION
from tracker.domain.baseline import Baseline, baseline_so_far
from tracker.domain.case_file import rules_in
from tracker.domain.diary import EpisodeDiary
from tracker.domain.episode import SCHEDULED, UNCONFIRMED
from tracker.domain.track import unpack
from tracker.models import Injection, statements
from tracker.models.statements import Prepared


class NoChart(LookupError):
    """No such injection is visible, or it was cancelled."""


@dataclass(frozen=True, slots=True)
class ChartTag:
    """Which data a chart would show now: `etag` changes exactly when they do."""

    injection_id: int
    rev: int

    def etag(self, look: Look) -> str:
        return f"{self.injection_id}-{self.rev}-{FRAME_VERSION}-{look.theme}-{look.size}-{look.language}"


def chart_tag(*, actor: Actor, injection: UUID | int) -> ChartTag:
    """One statement, and no diary codes read: enough to answer "not modified". Raises NoChart, and
    StepUpNeeded for a phone that asks for an earlier treatment's.

    The injection is named by its public id, or by its row where the caller has it at hand.
    """
    return _tag_of(_visible(statements.CHART_TAGS, actor, injection))


def recovery_chart(*, actor: Actor, injection: UUID | int) -> tuple[ChartTag, RecoveryChart]:
    """A chart with the tag of what it shows, in one statement. Raises NoChart and StepUpNeeded."""
    found = _visible(statements.CHARTS, actor, injection)
    trail.saw([found.patient_id])
    return _tag_of(found), chart_of(found)


def _visible(charts: Prepared[Injection], actor: Actor, injection: UUID | int) -> Injection:
    owner = owned_by(actor)
    which = {"public_id": injection} if isinstance(injection, UUID) else {"id": injection}
    found = [] if owner is None else charts.rows(**which, **owner)
    if not found or not is_open_to(actor, found[0].patient):
        raise NoChart
    if isinstance(actor, Device) and found[0].pk != actor.patient.current_injection_id:
        check_stepped_up(actor, now=timezone.now())
    return found[0]


def _tag_of(injection: Injection) -> ChartTag:
    return ChartTag(injection.pk, injection.track.rev)


def chart_of(injection: Injection) -> RecoveryChart:
    """Needs the injection's track and assessment."""
    assessment, track = injection.assessment, injection.track
    result = assessment.result or {}
    so_far = baseline_before(injection)
    return RecoveryChart(
        marks=unpack(bytes(track.codes), bytes(track.provenance)),
        baseline=so_far.mean if so_far else _exact(result.get("baseline")),
        baseline_quality=so_far.quality if so_far else result.get("baseline_quality", "none"),
        today=assessment.as_of_day,
        day14_mean=_exact(result.get("day14_mean")),
        day14_n=result.get("day14_n", 0),
        confidence=result.get("confidence"),
        next_injection_day=assessment.case.get("next_injection_day"),
        injected_on=injection.injected_on,
        rules=rules_in(assessment.case),
    )


def baseline_before(injection: Injection) -> Baseline | None:
    """The baseline so far, where the rules have not begun; None once they have."""
    assessment, track = injection.assessment, injection.track
    if assessment.label not in (SCHEDULED, UNCONFIRMED):
        return None
    marks = unpack(bytes(track.codes), bytes(track.provenance))
    diary = EpisodeDiary.from_marks(marks, before=track.before)
    return baseline_so_far(diary, as_of_day=min(assessment.as_of_day, -1), rules=rules_in(assessment.case))


def _exact(figure: float | None) -> Fraction | None:
    return None if figure is None else Fraction(str(figure))
