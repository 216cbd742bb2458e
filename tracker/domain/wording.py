"""What a patient may read about the scores: keys of fixed texts and a figure, never a label."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from tracker.domain.assessment import Assessment
from tracker.domain.diary import Course, EpisodeDiary
from tracker.domain.early import since_onset
from tracker.domain.flare import FLARE_ONGOING
from tracker.domain.labels import DurabilityState, Label
from tracker.domain.readout import late_window
from tracker.domain.ruleset import ESI_RULES, RuleSet

Direction = Literal["lower", "higher", "same"]


class MessageKey(StrEnum):
    STILL_EARLY = "still_early"
    LOWER_THAN_BEFORE = "lower_than_before"
    UP_TO_TWO_WEEKS = "up_to_two_weeks"
    POINTS_LOWER = "points_lower"
    TALK_TO_US = "talk_to_us"
    NOT_ENOUGH_SCORES = "not_enough_scores"
    RED_FLAG_ADVICE = "red_flag_advice"


class ReliefKey(StrEnum):
    """How long relief of at least half was documented, and what became of it (rule 15)."""

    GOES_ON = "goes_on"
    HIGHER_AGAIN = "higher_again"
    SCORES_MISSING = "scores_missing"
    NOT_YET_CLEAR = "not_yet_clear"


@dataclass(frozen=True, slots=True)
class ReliefMessage:
    """Days with half the earlier pain or less, first to last; `is_late`: it came after the usual weeks."""

    key: ReliefKey
    days: int
    first_day: int
    last_day: int
    is_late: bool = False


RELIEF: dict[DurabilityState, ReliefKey] = {
    DurabilityState.ONGOING: ReliefKey.GOES_ON,
    DurabilityState.LOST: ReliefKey.HIGHER_AGAIN,
    DurabilityState.DOCUMENTATION_GAP: ReliefKey.SCORES_MISSING,
    DurabilityState.LOSS_UNCONFIRMED: ReliefKey.NOT_YET_CLEAR,
}


def relief_message(assessment: Assessment, *, rules: RuleSet = ESI_RULES) -> ReliefMessage | None:
    """What a patient may read about lasting relief, from the read-out on; None where there was none."""
    if assessment.evaluated_to_day < rules.readout_day or assessment.durability_state is None:
        return None
    first, last, days = (
        assessment.first_sustained_50,
        assessment.last_documented_50,
        assessment.relief_days,
    )
    if first is None or last is None or days is None:
        return None
    is_late = assessment.label in (Label.LATE_RESPONDER, Label.RESPONDER_AT_28_ONLY)
    return ReliefMessage(RELIEF[DurabilityState(assessment.durability_state)], days, first, last, is_late)


@dataclass(frozen=True, slots=True)
class PatientMessage:
    """One text to show, its figure, and whether the text about a rise of a few days goes with it.

    `is_low_before`: pain before the injection was too low for comparing, which the page says in plain words.
    """

    key: MessageKey
    points: Fraction | None = None
    direction: Direction | None = None
    flare: bool = False
    is_low_before: bool = False


LATEST_ENTRIES = 3
"""Scored days that say how pain is after relief was lost, as in rules 12 and 14."""

MESSAGES: dict[Label, MessageKey] = {
    Label.NO_BASELINE: MessageKey.NOT_ENOUGH_SCORES,
    Label.LOW_BASELINE: MessageKey.NOT_ENOUGH_SCORES,
    Label.CENSORED_BY_INJECTION: MessageKey.NOT_ENOUGH_SCORES,
    Label.PROCEDURE_DAY: MessageKey.NOT_ENOUGH_SCORES,
    Label.AWAITING_FIRST_ENTRY: MessageKey.NOT_ENOUGH_SCORES,
    Label.NO_ENTRIES: MessageKey.NOT_ENOUGH_SCORES,
    Label.NO_RECENT_DATA: MessageKey.NOT_ENOUGH_SCORES,
    Label.NO_READOUT: MessageKey.NOT_ENOUGH_SCORES,
    Label.AWAITING_ONSET: MessageKey.STILL_EARLY,
    Label.ON_TRACK: MessageKey.LOWER_THAN_BEFORE,
    Label.SLOWER_THAN_USUAL: MessageKey.UP_TO_TWO_WEEKS,
    Label.DELAYED_ONSET: MessageKey.UP_TO_TWO_WEEKS,
    Label.RESPONDER: MessageKey.POINTS_LOWER,
    Label.DELAYED_RESPONDER: MessageKey.POINTS_LOWER,
    Label.RESPONDER_ONSET_UNCERTAIN: MessageKey.POINTS_LOWER,
    Label.PARTIAL_RESPONDER: MessageKey.POINTS_LOWER,
    Label.LATE_RESPONDER: MessageKey.POINTS_LOWER,
    Label.RESPONDER_AT_28_ONLY: MessageKey.POINTS_LOWER,
    Label.NON_RESPONDER: MessageKey.TALK_TO_US,
    Label.WORSENED: MessageKey.TALK_TO_US,
    Label.WORSENING: MessageKey.TALK_TO_US,
    Label.FADING_EARLY: MessageKey.TALK_TO_US,
}


def reasons_to_call(reasons: Iterable[str]) -> tuple[str, ...]:
    """Of what the scores ask of the staff (`attention`), what the patient should call about today.

    Both are signs of group B (docs/evidence.md, section 4.3). Where there is one, no message softens it.
    """
    return tuple(reason for reason in reasons if reason in ("soreness_rising", "pain_up"))


def patient_message(
    assessment: Assessment, diary: EpisodeDiary, *, red_flag: bool = False, rules: RuleSet = ESI_RULES
) -> PatientMessage:
    """The text for this patient today; on a day with a red flag the advice alone (rule 19)."""
    if red_flag:
        return PatientMessage(MessageKey.RED_FLAG_ADVICE)
    key = MESSAGES[assessment.label]
    is_over = key == MessageKey.POINTS_LOWER and assessment.durability_state == DurabilityState.LOST
    if is_over:
        # A mean of better days would sound as if the relief were still there.
        key = MessageKey.TALK_TO_US
    lower = _latest_lower(assessment, diary) if is_over else _points_lower(assessment, diary, rules)
    return PatientMessage(
        key,
        points=lower if key == MessageKey.POINTS_LOWER else None,
        direction=_direction(assessment.label, key, lower, is_over=is_over, rules=rules),
        flare=assessment.flare == FLARE_ONGOING,
        is_low_before=assessment.label == Label.LOW_BASELINE,
    )


def _points_lower(assessment: Assessment, diary: EpisodeDiary, rules: RuleSet) -> Fraction | None:
    """Baseline minus the mean that made the label: of day 14, of day 28, or of the scores that fade."""
    course = Course.of(diary.pain, to_day=assessment.evaluated_to_day)
    mean = assessment.day14_mean
    if assessment.label in (Label.LATE_RESPONDER, Label.RESPONDER_AT_28_ONLY):
        mean = _mean(late_window(course, rules=rules))
    elif assessment.label == Label.FADING_EARLY and assessment.onset_day is not None:
        mean = _mean(since_onset(course, assessment.onset_day, rules=rules))
    return None if assessment.baseline is None or mean is None else assessment.baseline - mean


def _latest_lower(assessment: Assessment, diary: EpisodeDiary) -> Fraction | None:
    """Baseline minus the mean of the last three scored days, however long ago."""
    course = Course.of(diary.pain, to_day=assessment.evaluated_to_day)
    mean = _mean([course.scores[day] for day in course.days[-LATEST_ENTRIES:]])
    return None if assessment.baseline is None or mean is None else assessment.baseline - mean


def _mean(scores: list[int]) -> Fraction | None:
    return Fraction(sum(scores), len(scores)) if scores else None


def _direction(
    label: Label, key: MessageKey, lower: Fraction | None, *, is_over: bool, rules: RuleSet
) -> Direction | None:
    if key in (MessageKey.LOWER_THAN_BEFORE, MessageKey.POINTS_LOWER):
        return "lower"
    if key != MessageKey.TALK_TO_US:
        return None
    # A point is the least that the rules call a change (rule 4); under it, scores are "about the same".
    if label == Label.WORSENING or (lower is not None and -lower >= rules.moderate_points):
        return "higher"
    return "lower" if is_over and lower is not None and lower >= rules.moderate_points else "same"
