"""What the scores alone ask of the staff: the alerts that need no symptom check."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction

from tracker.domain.assessment import Assessment
from tracker.domain.diary import Course, EpisodeDiary
from tracker.domain.early import is_stale
from tracker.domain.labels import DurabilityState, Label
from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.domain.soreness import RISING


class Level(IntEnum):
    """How urgent: red means at once, orange the same working day, blue the next visit, grey routine."""

    NONE = 0
    GREY = 1
    BLUE = 2
    ORANGE = 3
    RED = 4
    """Comes from a symptom check alone, never from scores."""

    @property
    def is_danger(self) -> bool:
        """If an alert of this level is a sign of danger: beside it nothing cheerful is said (rule 19)."""
        return self >= Level.ORANGE


@dataclass(frozen=True, slots=True)
class Attention:
    """The highest level and every reason for it or for a lower one, the most urgent first."""

    level: Level
    reasons: tuple[str, ...]


def attention(
    assessment: Assessment, *, day: int, diary: EpisodeDiary, rules: RuleSet = ESI_RULES
) -> Attention:
    """The alerts of an episode as of a study day. An episode that has ended asks for nothing any more."""
    if day > assessment.evaluated_to_day:
        return Attention(Level.NONE, ())
    found = sorted(_reasons(assessment, diary, rules), key=lambda one: -one[0])
    return Attention(found[0][0] if found else Level.NONE, tuple(reason for _, reason in found))


_AT_READOUT = {
    Label.NON_RESPONDER: "non_responder",
    Label.PARTIAL_RESPONDER: "partial_responder",
    Label.WORSENED: "worsened",
}


def _reasons(assessment: Assessment, diary: EpisodeDiary, rules: RuleSet) -> Iterator[tuple[Level, str]]:
    if assessment.soreness == RISING:
        yield Level.ORANGE, "soreness_rising"
    course = Course.of(diary.pain, to_day=assessment.evaluated_to_day)
    if _is_pain_up(assessment.baseline, course, rules):
        yield Level.ORANGE, "pain_up"
    if assessment.label in _AT_READOUT:
        yield Level.BLUE, _AT_READOUT[assessment.label]
    if assessment.durability_state == DurabilityState.LOST:
        yield Level.BLUE, "relief_lost"
    if _is_onset_overdue(assessment, rules):
        yield Level.GREY, "no_onset"
    # Not `assessment.stale`, which is off without a baseline: silence is silence.
    if is_stale(course, rules=rules) and course.to_day < rules.readout_day:
        yield Level.GREY, "silent"


def _is_pain_up(baseline: Fraction | None, course: Course, rules: RuleSet) -> bool:
    """From day 4, 2 of the last 3 entries two points or more above the baseline, a low one as well."""
    if baseline is None or course.to_day < rules.alert_rise_day:
        return False
    latest = course.days[-rules.alert_rise_most_entries :]
    high = sum(course.scores[day] >= baseline + rules.alert_rise_points for day in latest)
    return high >= rules.alert_rise_least_entries


_HAS_NO_ONSET_TO_MISS = (
    Label.NO_BASELINE,
    Label.LOW_BASELINE,
    Label.CENSORED_BY_INJECTION,
    Label.RESPONDER_AT_28_ONLY,
)


def _is_onset_overdue(assessment: Assessment, rules: RuleSet) -> bool:
    """From day 6 on, until a read-out says more than the onset could."""
    if assessment.label in _HAS_NO_ONSET_TO_MISS or assessment.day14_mean is not None:
        return False
    return assessment.evaluated_to_day > rules.onset_last_day and assessment.onset_day is None


def soreness_attention(soreness: str) -> Attention:
    """The alert of a diagnostic injection: rules 6 to 16 are off, an infection is not."""
    if soreness == RISING:
        return Attention(Level.ORANGE, ("soreness_rising",))
    return Attention(Level.NONE, ())
