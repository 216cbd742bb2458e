"""The figures of an assessment as a clinician reads them: short names, exact values, half up."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tracker.domain.assessment import Assessment
from tracker.domain.labels import DurabilityState
from tracker.domain.ruleset import RuleSet
from tracker.domain.titles import counted, figure


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what it is, its value, and what to know about it. `rule` is its number in the rules."""

    name: str
    text: str
    note: str = ""
    rule: int = 0


def figures(assessment: Assessment, *, rules: RuleSet) -> tuple[Figure, ...]:
    """What the rules computed; lines that say nothing are left out."""
    lines = (
        _baseline(assessment),
        _read_out(assessment, rules),
        _onset(assessment),
        Figure("Immediate response", spelled(assessment.immediate), "anaesthetic phase, day 0", 5),
        _optional("Subtype", assessment.subtype, 10),
        _optional("Flare", assessment.flare, 13),
        Figure("Site soreness", spelled(assessment.soreness), "", 17),
        _relief(assessment),
        Figure("Payer’s 3-month test", spelled(assessment.payer_3month), "", 16),
        Figure("Silence", "No scored entry for 3 days or more", "", 12) if assessment.stale else None,
    )
    return tuple(line for line in lines if line)


SPELLED = {
    "rising_check_infection": "Rising: check for infection",
    "met_baseline_limited": "Met, on a limited baseline",
}


def spelled(word: str) -> str:
    """A stored word as text: "longer_than_usual(to d6)" is "Longer than usual (to d6)"."""
    return SPELLED.get(word) or word.replace("_", " ").replace("(", " (").capitalize()


def against(baseline: Fraction, mean: Fraction, *, rules: RuleSet) -> str:
    """Relief against a baseline: "4.2 points, 60.0 %"; a low baseline has no percent (rule 2)."""
    points = baseline - mean
    worse = " worse" if points < 0 else ""
    if baseline < rules.low_baseline_points:
        return f"{figure(abs(points))} points{worse}"
    return f"{figure(abs(points))} points{worse}, {figure(abs(100 * points / baseline))} %"


def _baseline(assessment: Assessment) -> Figure:
    if assessment.baseline is None:
        return Figure("Baseline", "None", "no score before the injection", 1)
    note = f"{assessment.baseline_quality}, {counted(assessment.baseline_n, 'reading')}"
    return Figure("Baseline", figure(assessment.baseline), note, 1)


def _read_out(assessment: Assessment, rules: RuleSet) -> Figure:
    window = f"days {rules.readout_first_day}–{rules.readout_last_day}"
    if assessment.day14_mean is None or assessment.baseline is None:
        return Figure("Day-14 read-out", "None so far", f"{assessment.day14_n} scored in {window}", 8)
    relief = against(assessment.baseline, assessment.day14_mean, rules=rules)
    borderline = ", borderline" if assessment.borderline else ""
    return Figure(
        "Day-14 read-out",
        f"{figure(assessment.day14_mean)} ({relief})",
        f"{assessment.confidence}{borderline}, {counted(assessment.day14_n, 'scored day')} in {window}",
        8,
    )


def _onset(assessment: Assessment) -> Figure:
    if assessment.onset_day is None or assessment.onset_after_day is None:
        return Figure("Onset", "None so far", "30 % and 1 point, confirmed", 6)
    first = assessment.onset_after_day + 1
    if first == assessment.onset_day:
        return Figure("Onset", f"Day {first}", "30 % and 1 point, confirmed", 6)
    return Figure("Onset", f"Day {first} to {assessment.onset_day}", "days between have no entry", 6)


def _relief(assessment: Assessment) -> Figure | None:
    if assessment.relief_days is None or assessment.durability_state is None:
        return None
    state = DurabilityState(assessment.durability_state)
    span = f"day {assessment.first_sustained_50} to day {assessment.last_documented_50}"
    days = counted(assessment.relief_days, "day")
    return Figure("Relief of 50 % or more", f"{days}, {spelled(state).lower()}", span, 15)


def _optional(name: str, word: str | None, rule: int) -> Figure | None:
    return None if word is None else Figure(name, spelled(word), "", rule)
