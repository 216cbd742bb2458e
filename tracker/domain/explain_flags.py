"""The sentences behind subtype, immediate response, flare and soreness."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.assessment import Assessment
from tracker.domain.baseline import Yardstick
from tracker.domain.diary import EpisodeDiary
from tracker.domain.explain_label import Reason
from tracker.domain.flare import FLARE_END_UNKNOWN, FLARE_ONGOING, NOT_ASSESSABLE, PROLONGED_INCREASE
from tracker.domain.immediate import best_reading
from tracker.domain.labels import Immediate, Subtype
from tracker.domain.ruleset import RuleSet
from tracker.domain.soreness import AS_EXPECTED, NO_DATA, REVIEW, RISING
from tracker.domain.titles import figure


def flag_reasons(
    assessment: Assessment, diary: EpisodeDiary, *, anaesthetic: bool, rules: RuleSet
) -> Iterator[Reason]:
    """The flags that are set; what has no data stays unsaid."""
    if assessment.subtype == Subtype.TRANSIENT:
        yield Reason(
            10, f"Transient: relief came and its loss was confirmed by day {rules.readout_last_day}."
        )
    if assessment.subtype == Subtype.ANAESTHETIC_PHASE_ONLY:
        yield Reason(10, "Anaesthetic phase only: pain eased within hours, without relief at the read-out.")
    if assessment.immediate != Immediate.UNKNOWN:
        yield Reason(5, _immediate(assessment, diary, anaesthetic, rules))
    if assessment.flare is not None and assessment.baseline is not None:
        yield Reason(13, _flare(assessment.flare, Yardstick.of(assessment.baseline, rules=rules), rules))
    if assessment.soreness != NO_DATA:
        yield Reason(17, _soreness(assessment.soreness, rules))


def _immediate(assessment: Assessment, diary: EpisodeDiary, anaesthetic: bool, rules: RuleSet) -> str:
    if assessment.immediate == Immediate.NOT_ASSESSABLE:
        low = f"below {rules.immediate_before_points}"
        return (
            f'"Right now" before the injection was {diary.before}, {low}: no immediate response can be told.'
        )
    best = best_reading(diary, rules=rules)
    hours = rules.immediate_last_minute // 60
    answer = {Immediate.STRONG: "a strong response", Immediate.YES: "a response"}.get(
        assessment.immediate, "no response"
    )
    name = "Immediate" if anaesthetic else "Early change (no anaesthetic recorded)"
    return f'{name}: {answer}; "right now" went from {diary.before} to {best} at best within {hours} hours.'


def _flare(flare: str, yardstick: Yardstick, rules: RuleSet) -> str:
    if flare == NOT_ASSESSABLE:
        return f"A baseline of {rules.ceiling_points} or more leaves no room to see a flare."
    start, end = rules.flare_last_start_day, rules.flare_last_end_day
    rise = f"Pain rose to {figure(yardstick.worse_from)} or more in days 1-{start}"
    texts = {
        FLARE_ONGOING: f"{rise} and is not back yet.",
        PROLONGED_INCREASE: f"{rise}, was still there later and not back by day {end}.",
        FLARE_END_UNKNOWN: f"{rise}; no entry by day {end} shows it over.",
    }
    days = flare.removeprefix("flare(d").removesuffix(")")
    return texts.get(flare, f"{rise} and came back: a flare on days {days}.")


def _soreness(soreness: str, rules: RuleSet) -> str:
    usual, review = f"days 0-{rules.soreness_usual_last_day}", f"day {rules.soreness_review_day}"
    texts = {
        AS_EXPECTED: f"Soreness is as expected: none reported after day {rules.soreness_usual_last_day}.",
        REVIEW: f"Soreness was {rules.soreness_review_points} or more on {review} or later.",
        RISING: f"Soreness rose by {rules.soreness_rising_points} or more above the highest of {usual}: "
        "ask about redness, warmth, fluid and fever at once.",
    }
    last = soreness.removeprefix("longer_than_usual(to d").removesuffix(")")
    return texts.get(soreness) or f"Soreness lasted to day {last}; it is usual on {usual}."
