"""The full-effect read-out at day 14: its mean (rules 8 and 20), its class (9) and the late response (11)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tracker.domain.baseline import Yardstick
from tracker.domain.diary import Course
from tracker.domain.labels import Confidence, Label
from tracker.domain.onset import Onset
from tracker.domain.ruleset import ESI_RULES, RuleSet


@dataclass(frozen=True, slots=True)
class ReadOut:
    """The mean of days 12-16; without a read-out only `n`, the scored days so far, is filled."""

    n: int
    mean: Fraction | None = None
    percent: Fraction | None = None
    confidence: Confidence | None = None
    borderline: bool = False


def read_out(course: Course, yardstick: Yardstick, *, rules: RuleSet = ESI_RULES) -> ReadOut:
    """Shown from day 14 where two days are scored, provisional until the window has closed."""
    scores = course.window(rules.readout_first_day, rules.readout_last_day)
    if course.to_day < rules.readout_day or len(scores) < rules.readout_entries:
        return ReadOut(len(scores))
    mean = Fraction(sum(scores), len(scores))
    percent = yardstick.percent_relief(mean)
    cuts = (rules.moderate_percent, rules.substantial_percent)
    return ReadOut(
        n=len(scores),
        mean=mean,
        percent=percent,
        confidence=_confidence(len(scores), course.to_day, rules),
        borderline=any(abs(percent - cut) < rules.borderline_percent for cut in cuts),
    )


def _confidence(n: int, to_day: int, rules: RuleSet) -> Confidence:
    if to_day < rules.readout_last_day:
        return Confidence.PROVISIONAL
    return Confidence.FIRM if n >= rules.readout_firm_entries else Confidence.LIMITED


def readout_class(
    mean: Fraction, yardstick: Yardstick, onset: Onset | None, *, rules: RuleSet = ESI_RULES
) -> Label:
    """Rule 9. A ceiling baseline may still be `worsened`: only flare and worsening are off there."""
    if yardstick.half.met_by(mean.numerator, mean.denominator):
        return _responder(onset, rules)
    if yardstick.moderate.met_by(mean.numerator, mean.denominator):
        return Label.PARTIAL_RESPONDER
    return Label.WORSENED if yardstick.is_worse(mean) else Label.NON_RESPONDER


def _responder(onset: Onset | None, rules: RuleSet) -> Label:
    if onset is not None and onset.day <= rules.onset_last_day:
        return Label.RESPONDER
    if onset is not None and onset.after_day >= rules.onset_last_day:
        return Label.DELAYED_RESPONDER
    return Label.RESPONDER_ONSET_UNCERTAIN


_MAY_RESPOND_LATE = (Label.NON_RESPONDER, Label.PARTIAL_RESPONDER, Label.NO_READOUT)


def with_late_response(
    label: Label, course: Course, yardstick: Yardstick, *, rules: RuleSet = ESI_RULES
) -> Label:
    """Rule 11: the label seen from day 28 on. `worsened` is not among those that can still turn."""
    if label not in _MAY_RESPOND_LATE or course.to_day < rules.late_response_day:
        return label
    scores = late_window(course, rules=rules)
    if len(scores) < rules.late_response_entries or not yardstick.half.met_by(sum(scores), len(scores)):
        return label
    # "Empty" is the window that gave no read-out, so one lone entry there counts as empty too.
    return Label.RESPONDER_AT_28_ONLY if label == Label.NO_READOUT else Label.LATE_RESPONDER


def late_window(course: Course, *, rules: RuleSet = ESI_RULES) -> list[int]:
    """The scores of days 26-30."""
    return course.window(rules.late_response_first_day, rules.late_response_last_day)
