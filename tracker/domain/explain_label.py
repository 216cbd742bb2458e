"""The sentence behind a label."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tracker.domain.assessment import Assessment
from tracker.domain.baseline import Yardstick
from tracker.domain.diary import Course
from tracker.domain.early import since_onset
from tracker.domain.labels import Label
from tracker.domain.readout import late_window
from tracker.domain.ruleset import RuleSet
from tracker.domain.titles import change, counted, figure


@dataclass(frozen=True, slots=True)
class Reason:
    """One figure or fact behind an assessment and the number of the rule that asks for it."""

    rule: int
    sentence: str


def label_reason(assessment: Assessment, course: Course, rules: RuleSet) -> Reason:
    """What decided the label."""
    label, baseline = assessment.label, assessment.baseline
    if baseline is None:
        return Reason(2, "Without a baseline nothing can be compared.")
    if label == Label.LOW_BASELINE:
        low = f"{figure(baseline)} is below {rules.low_baseline_points}"
        return Reason(2, f"The baseline of {low}: changes are given in points, without a class.")
    if label == Label.NO_READOUT:
        return Reason(8, _no_read_out(assessment, rules))
    if label in (Label.LATE_RESPONDER, Label.RESPONDER_AT_28_ONLY):
        return Reason(11, _late(baseline, course, rules))
    if assessment.day14_mean is not None:
        return Reason(9, _read_out(assessment, baseline, assessment.day14_mean, rules))
    rule = 14 if label == Label.WORSENING else 12
    return Reason(rule, _early(assessment, baseline, course, rules))


def _no_read_out(assessment: Assessment, rules: RuleSet) -> str:
    window = f"Days {rules.readout_first_day}-{rules.readout_last_day}"
    n = counted(assessment.day14_n, "scored day")
    return f"{window} hold {n}; the read-out asks for {rules.readout_entries}."


def _mean_of(n: int, first: int, last: int, mean: Fraction, baseline: Fraction) -> str:
    days = f"{counted(n, 'scored day')} in days {first}-{last}"
    return f"Mean of the {days} is {figure(mean)}; that is {change(baseline, mean)}"


def _late(baseline: Fraction, course: Course, rules: RuleSet) -> str:
    scores = late_window(course, rules=rules)
    first, last = rules.late_response_first_day, rules.late_response_last_day
    found = _mean_of(len(scores), first, last, Fraction(sum(scores), len(scores)), baseline)
    return f"{found}: rule 11 asks for {_half(rules)}."


def _half(rules: RuleSet) -> str:
    return f"{rules.substantial_percent} % and {counted(rules.substantial_points, 'point')}"


def _third(rules: RuleSet) -> str:
    return f"{rules.moderate_percent} % and {counted(rules.moderate_points, 'point')}"


def _read_out(assessment: Assessment, baseline: Fraction, mean: Fraction, rules: RuleSet) -> str:
    first, last = rules.readout_first_day, rules.readout_last_day
    found = _mean_of(assessment.day14_n, first, last, mean, baseline)
    if assessment.label == Label.PARTIAL_RESPONDER:
        return f"{found}: that is {_third(rules)} or more, but not {_half(rules)}."
    if assessment.label == Label.NON_RESPONDER:
        return f"{found}: rule 9 asks for {_half(rules)}, or for {_third(rules)} in part."
    if assessment.label == Label.WORSENED:
        level = figure(Yardstick.of(baseline, rules=rules).worse_from)
        return f"{found}: a mean above the baseline and at {level} or more is worse."
    return f"{found}: rule 9 asks for {_half(rules)}. {_which_responder(assessment, rules)}"


def _which_responder(assessment: Assessment, rules: RuleSet) -> str:
    usual = f"day {rules.onset_last_day}"
    if assessment.label == Label.RESPONDER:
        return f"Relief began by {usual}."
    if assessment.label == Label.DELAYED_RESPONDER:
        return f"Relief began after {usual}."
    if assessment.onset_day is None:
        return "No onset day could be confirmed."
    return f"Whether relief began by {usual} or after it is not documented."


def _early(assessment: Assessment, baseline: Fraction, course: Course, rules: RuleSet) -> str:
    day, usual = assessment.evaluated_to_day, rules.onset_last_day
    last = course.days[-1] if course.days else 0
    match assessment.label:
        case Label.CENSORED_BY_INJECTION:
            return f"Day {day} is the eve of the next injection, before the read-out."
        case Label.PROCEDURE_DAY:
            return "Day 0 is the injection itself; its average is never scored."
        case Label.AWAITING_FIRST_ENTRY | Label.NO_ENTRIES:
            return f"No scored entry from day 1 to day {day}."
        case Label.NO_RECENT_DATA:
            return f"The last scored day is day {last}, {day - last} days before day {day}."
        case Label.WORSENING:
            return _worsening(baseline, course, rules)
        case Label.FADING_EARLY:
            return _fading(baseline, since_onset(course, assessment.onset_day or 1, rules=rules), rules)
        case Label.AWAITING_ONSET:
            return f"No confirmed onset so far; to day {usual} that is usual."
        case Label.SLOWER_THAN_USUAL:
            return f"No confirmed onset by day {day}; it usually comes by day {usual}."
        case Label.DELAYED_ONSET:
            return f"Relief was first confirmed on day {assessment.onset_day}, after day {usual}."
    return f"Relief was there on day {assessment.onset_day} and the latest scores do not take it back."


def _worsening(baseline: Fraction, course: Course, rules: RuleSet) -> str:
    yardstick = Yardstick.of(baseline, rules=rules)
    scores = course.latest(rules.worsening_most_entries, within_days=rules.worsening_days)
    found = f"{yardstick.count_worse(scores)} of the last {len(scores)} scored days"
    return f"{found} are at {figure(yardstick.worse_from)} or more, with a baseline of {figure(baseline)}."


def _fading(baseline: Fraction, scores: list[int], rules: RuleSet) -> str:
    mean = Fraction(sum(scores), len(scores))
    days = f"last {len(scores)} scored days"
    return (
        f"Mean of the {days} is {figure(mean)}; that is {change(baseline, mean)}, no longer {_third(rules)}."
    )
