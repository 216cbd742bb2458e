"""What a patient may read about the scores: keys of fixed texts and a figure, never a label."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from tracker.domain.assessment import Assessment
from tracker.domain.flare import FLARE_ONGOING
from tracker.domain.labels import Label

Direction = Literal["lower", "higher", "same"]


class MessageKey(StrEnum):
    STILL_EARLY = "still_early"
    LOWER_THAN_BEFORE = "lower_than_before"
    UP_TO_TWO_WEEKS = "up_to_two_weeks"
    POINTS_LOWER = "points_lower"
    TALK_TO_US = "talk_to_us"
    NOT_ENOUGH_SCORES = "not_enough_scores"
    RED_FLAG_ADVICE = "red_flag_advice"


@dataclass(frozen=True, slots=True)
class PatientMessage:
    """One text to show, its figure, and whether the text about a rise of a few days goes with it."""

    key: MessageKey
    points: Fraction | None = None
    direction: Direction | None = None
    flare: bool = False


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
    # The figure of day 14 is not what made these two, so they are told without one.
    Label.LATE_RESPONDER: MessageKey.LOWER_THAN_BEFORE,
    Label.RESPONDER_AT_28_ONLY: MessageKey.LOWER_THAN_BEFORE,
    Label.NON_RESPONDER: MessageKey.TALK_TO_US,
    Label.WORSENED: MessageKey.TALK_TO_US,
    Label.WORSENING: MessageKey.TALK_TO_US,
    Label.FADING_EARLY: MessageKey.TALK_TO_US,
}


def patient_message(assessment: Assessment, *, red_flag: bool = False) -> PatientMessage:
    """The text for this patient today; on a day with a red flag the advice alone (rule 19)."""
    if red_flag:
        return PatientMessage(MessageKey.RED_FLAG_ADVICE)
    key = MESSAGES[assessment.label]
    return PatientMessage(
        key,
        points=_points_lower(assessment) if key == MessageKey.POINTS_LOWER else None,
        direction=_direction(assessment.label, key),
        flare=assessment.flare == FLARE_ONGOING,
    )


def _points_lower(assessment: Assessment) -> Fraction | None:
    if assessment.baseline is None or assessment.day14_mean is None:
        return None
    return assessment.baseline - assessment.day14_mean


def _direction(label: Label, key: MessageKey) -> Direction | None:
    if key in (MessageKey.LOWER_THAN_BEFORE, MessageKey.POINTS_LOWER):
        return "lower"
    if key == MessageKey.TALK_TO_US:
        return "higher" if label in (Label.WORSENED, Label.WORSENING) else "same"
    return None
