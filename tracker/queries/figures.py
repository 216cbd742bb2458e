"""The figures of an assessment as a clinician reads them: short names, exact values, half up."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tracker.domain.assessment import Assessment
from tracker.domain.diagnostic import DiagnosticResult
from tracker.domain.diary import Course, EpisodeDiary
from tracker.domain.labels import DurabilityState, Label
from tracker.domain.ruleset import RuleSet
from tracker.domain.titles import counted, figure


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what it is, its value, and what to know about it."""

    name: str
    text: str
    note: str = ""


def figures(assessment: Assessment, diary: EpisodeDiary, *, rules: RuleSet) -> tuple[Figure, ...]:
    """What the rules computed; lines that say nothing are left out.

    Without a baseline that can be classed there is no read-out and no onset, only points (rule 2).
    """
    is_classed = assessment.label not in (Label.NO_BASELINE, Label.LOW_BASELINE)
    lines = (
        baseline_figure(assessment.baseline, assessment.baseline_quality, assessment.baseline_n),
        _read_out(assessment, rules) if is_classed else _points_only(assessment, diary, rules),
        _relief_at_readout(assessment, rules),
        _onset(assessment, rules) if is_classed else None,
        Figure("Immediate response", spelled(assessment.immediate), "right now, on day 0"),
        _optional("Subtype", assessment.subtype),
        _optional("Flare", assessment.flare),
        Figure("Site soreness", spelled(assessment.soreness)),
        _relief(assessment, rules),
        Figure("Payer’s 3-month test", spelled(assessment.payer_3month)),
        _silence(rules) if assessment.stale else None,
    )
    return tuple(line for line in lines if line)


def _silence(rules: RuleSet) -> Figure:
    return Figure("Silence", f"No scored entry for {counted(rules.silence_days, 'day')} or more")


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


def baseline_figure(mean: Fraction | None, quality: str, n: int, *, name: str = "Baseline") -> Figure:
    if mean is None:
        return Figure(name, "None", "no score before the injection")
    return Figure(name, figure(mean), f"{quality}, {counted(n, 'reading')}")


def _read_out(assessment: Assessment, rules: RuleSet) -> Figure:
    window = f"days {rules.readout_first_day}–{rules.readout_last_day}"
    name, n = f"Day-{rules.readout_day} read-out", counted(assessment.day14_n, "scored day")
    if assessment.day14_mean is None:
        return Figure(name, "None so far", f"{n} in {window}")
    return Figure(name, figure(assessment.day14_mean), f"{assessment.confidence}, {n} in {window}")


def block_figures(block: DiagnosticResult, before: int | None) -> tuple[Figure, ...]:
    """A diagnostic block's figures; how long it lasted is shown and not judged."""
    lines = [Figure("Before the block", "None" if before is None else str(before), "right now, 0-10")]
    if block.best_percent is not None:
        lines.append(Figure("Best relief", f"{figure(max(block.best_percent, Fraction(0)))} %"))
    if block.from_minute is not None:
        lines.append(
            Figure("At the cut-off", f"{block.from_minute} to {block.to_minute} min", "after the block")
        )
    return tuple(lines)


def window_mean(assessment: Assessment, diary: EpisodeDiary, rules: RuleSet) -> Fraction | None:
    """The mean of the read-out's window, also where it is no read-out; None with too few scores."""
    course = Course.of(diary.pain, to_day=assessment.evaluated_to_day)
    scores = course.window(rules.readout_first_day, rules.readout_last_day)
    return Fraction(sum(scores), len(scores)) if len(scores) >= rules.readout_entries else None


def _points_only(assessment: Assessment, diary: EpisodeDiary, rules: RuleSet) -> Figure | None:
    mean = window_mean(assessment, diary, rules)
    if mean is None:
        return None
    window = f"Mean of days {rules.readout_first_day}–{rules.readout_last_day}"
    if assessment.baseline is None:
        return Figure(window, figure(mean), "nothing to compare with")
    points = against(assessment.baseline, mean, rules=rules)
    return Figure(window, figure(mean), f"{points}, no percent below {rules.low_baseline_points}")


def _relief_at_readout(assessment: Assessment, rules: RuleSet) -> Figure | None:
    if assessment.day14_mean is None or assessment.baseline is None:
        return None
    relief = against(assessment.baseline, assessment.day14_mean, rules=rules)
    note = "borderline, against its own baseline" if assessment.borderline else "against its own baseline"
    return Figure(f"Relief at day {rules.readout_day}", relief, note)


def _onset(assessment: Assessment, rules: RuleSet) -> Figure:
    asked = f"{rules.moderate_percent} % and {counted(rules.moderate_points, 'point')}, confirmed"
    if assessment.onset_day is None or assessment.onset_after_day is None:
        return Figure("Onset", "None so far", asked)
    first = assessment.onset_after_day + 1
    if first == assessment.onset_day:
        return Figure("Onset", f"Day {first}", asked)
    return Figure("Onset", f"Day {first} to {assessment.onset_day}", "days between have no entry")


def _relief(assessment: Assessment, rules: RuleSet) -> Figure | None:
    if assessment.relief_days is None or assessment.durability_state is None:
        return None
    state = DurabilityState(assessment.durability_state)
    span = f"day {assessment.first_sustained_50} to day {assessment.last_documented_50}"
    days = counted(assessment.relief_days, "day")
    return Figure(
        f"Relief of {rules.substantial_percent} % or more", f"{days}, {spelled(state).lower()}", span
    )


def _optional(name: str, word: str | None) -> Figure | None:
    return None if word is None else Figure(name, spelled(word))
