"""The assessment of an episode as of one day: every rule, put together."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from tracker.domain.assessment import Assessment, as_json
from tracker.domain.baseline import Yardstick, baseline_of, baseline_so_far
from tracker.domain.diary import Course, EpisodeDiary
from tracker.domain.durability import durability
from tracker.domain.early import early_label, is_stale
from tracker.domain.flare import flare
from tracker.domain.immediate import immediate_response
from tracker.domain.labels import DurabilityState, Immediate, Label, Subtype
from tracker.domain.onset import Onset, onset
from tracker.domain.payer import payer_test
from tracker.domain.readout import ReadOut, read_out, readout_class, with_late_response
from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.domain.soreness import soreness_flag
from tracker.domain.study_days import BeforeInjection

__all__ = ["Assessment", "BeforeInjection", "Label", "as_json", "assess", "baseline_so_far"]


def assess(diary: EpisodeDiary, *, as_of_day: int, rules: RuleSet = ESI_RULES) -> Assessment:
    """The episode as of a study day: no entry after that day, or after the episode's last day, is looked at.

    Raises BeforeInjection before day 0, where there is only `baseline_so_far`.
    """
    if as_of_day < 0:
        raise BeforeInjection(f"Day {as_of_day} is before the injection: there is only the baseline so far.")
    to_day = diary.evaluated_to(as_of_day)
    baseline = baseline_of(diary, rules=rules)
    uncompared = Assessment(
        label=Label.NO_BASELINE if baseline.mean is None else Label.LOW_BASELINE,
        evaluated_to_day=to_day,
        baseline=baseline.mean,
        baseline_quality=baseline.quality,
        baseline_n=baseline.n,
        immediate=immediate_response(diary, rules=rules),
        soreness=soreness_flag(diary.soreness, to_day=to_day, rules=rules),
    )
    if baseline.mean is None or baseline.mean < rules.low_baseline_points:
        return uncompared
    return _compared(uncompared, diary, baseline.mean, has_ended=diary.has_ended(as_of_day), rules=rules)


def _compared(
    uncompared: Assessment, diary: EpisodeDiary, baseline: Fraction, *, has_ended: bool, rules: RuleSet
) -> Assessment:
    """The same with everything that needs a baseline of 3 or more."""
    course = Course.of(diary.pain, to_day=uncompared.evaluated_to_day)
    yardstick = Yardstick.of(baseline, rules=rules)
    started = onset(course, yardstick.moderate, rules=rules)
    relief = durability(course, yardstick.half, rules=rules)
    at_14 = read_out(course, yardstick, rules=rules)
    label = _label(course, yardstick, started, at_14, censored=diary.is_eve(course.to_day), rules=rules)
    return replace(
        uncompared,
        label=label,
        onset_day=started.day if started else None,
        onset_after_day=started.after_day if started else None,
        day14_mean=at_14.mean,
        day14_n=at_14.n,
        percent_relief=at_14.percent,
        confidence=at_14.confidence,
        borderline=at_14.borderline,
        subtype=_subtype(label, course, yardstick, uncompared.immediate, rules),
        flare=flare(course, yardstick, rules=rules),
        stale=is_stale(course, rules=rules),
        first_sustained_50=relief.first_day if relief else None,
        last_documented_50=relief.last_day if relief else None,
        relief_days=relief.relief_days if relief else None,
        durability_state=relief.state if relief else None,
        payer_3month=payer_test(
            relief,
            quality=uncompared.baseline_quality,
            to_day=course.to_day,
            has_ended=has_ended,
            rules=rules,
        ),
    )


def _label(
    course: Course,
    yardstick: Yardstick,
    started: Onset | None,
    at_14: ReadOut,
    *,
    censored: bool,
    rules: RuleSet,
) -> Label:
    if at_14.mean is not None:
        label = readout_class(at_14.mean, yardstick, started, rules=rules)
    elif course.to_day >= rules.readout_last_day:
        label = Label.NO_READOUT
    elif censored:
        return Label.CENSORED_BY_INJECTION
    else:
        return early_label(course, yardstick, started, rules=rules)
    return with_late_response(label, course, yardstick, rules=rules)


_HAS_SUBTYPE = (Label.PARTIAL_RESPONDER, Label.WORSENED, Label.NON_RESPONDER)


def _subtype(
    label: Label, course: Course, yardstick: Yardstick, immediate: Immediate, rules: RuleSet
) -> Subtype | None:
    """Rule 10. The loss must be confirmed by what was known on day 16: the subtype stands from then on."""
    if label not in _HAS_SUBTYPE:
        return None
    by_16 = Course.of(course.scores, to_day=min(course.to_day, rules.readout_last_day))
    relief = durability(by_16, yardstick.half, rules=rules)
    if relief is not None and relief.state == DurabilityState.LOST:
        return Subtype.TRANSIENT
    return Subtype.ANAESTHETIC_PHASE_ONLY if immediate in (Immediate.YES, Immediate.STRONG) else None
