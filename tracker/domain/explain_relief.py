"""The sentences behind durability and the payer's three-month test."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.assessment import Assessment
from tracker.domain.baseline import Yardstick
from tracker.domain.diary import Course
from tracker.domain.durability import Durability, durability
from tracker.domain.explain_label import Reason
from tracker.domain.labels import DurabilityState, PayerTest
from tracker.domain.ruleset import RuleSet
from tracker.domain.titles import counted


def relief_reasons(assessment: Assessment, course: Course, rules: RuleSet) -> Iterator[Reason]:
    """How long relief was documented and what that is against the payer's rule."""
    relief = None
    if assessment.durability_state is not None and assessment.baseline is not None:
        relief = durability(course, Yardstick.of(assessment.baseline, rules=rules).half, rules=rules)
    if relief is not None:
        yield Reason(15, _relief(relief, rules))
    yield Reason(16, _payer(assessment, relief, rules))


def _relief(relief: Durability, rules: RuleSet) -> str:
    bar = f"{rules.substantial_percent} % and {rules.substantial_points} points"
    span = f"from day {relief.first_day} to day {relief.last_day} ({counted(relief.relief_days, 'day')})"
    return f"Relief of {bar} is documented {span}{_ending(relief, rules)}"


def _ending(relief: Durability, rules: RuleSet) -> str:
    match relief.state:
        case DurabilityState.LOST:
            return f"; lost on day {relief.broken_on}, as the mean of the days from there confirms."
        case DurabilityState.LOSS_UNCONFIRMED:
            return f"; day {relief.broken_on} fails, with no second reading so far to confirm a loss."
        case DurabilityState.DOCUMENTATION_GAP:
            gap = f"more than {rules.longest_gap_days} days without an entry"
            return f"; after day {relief.broken_on} there are {gap}."
    return "; no loss is documented since."


def _payer(assessment: Assessment, relief: Durability | None, rules: RuleSet) -> str:
    asked = f"{rules.payer_relief_days} days of at least {rules.substantial_percent} %"
    have = "none so far" if relief is None else f"{counted(relief.relief_days, 'day')} so far"
    match assessment.payer_3month:
        case PayerTest.MET:
            return f"The three-month test is met: {asked} are documented."
        case PayerTest.MET_BASELINE_LIMITED:
            return f"The three-month test is met on a limited baseline: {asked} are documented."
        case PayerTest.NOT_MET:
            return (
                f"The three-month test is not met: {_why_not_met(relief, assessment.evaluated_to_day, rules)}"
            )
        case PayerTest.NOT_DOCUMENTED:
            return "The three-month test cannot be answered: entries are missing where relief would be shown."
        case PayerTest.NOT_ASSESSABLE:
            return f"The three-month test needs a baseline of {rules.low_baseline_points} or more."
    return f"The three-month test asks for {asked}; {have}."


def _why_not_met(relief: Durability | None, to_day: int, rules: RuleSet) -> str:
    if relief is not None and relief.state == DurabilityState.LOST:
        return f"relief was lost after {counted(relief.relief_days, 'day')}."
    if relief is not None and relief.first_day <= rules.payer_start_day:
        return f"the episode ended after {counted(relief.relief_days, 'day')} of relief."
    if to_day < rules.payer_start_day:
        return "the episode ended before sustained relief was reached."
    return f"no sustained relief was reached by day {rules.payer_start_day}."
