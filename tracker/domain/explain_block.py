"""Why a diagnostic block has the result it has: one sentence with its figures."""

from __future__ import annotations

from fractions import Fraction

from tracker.domain.diagnostic import BlockResult, DiagnosticResult
from tracker.domain.explain_label import Reason
from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.domain.titles import figure

BLOCK_RULE = 0
"""The block has rules of its own, beside the twenty."""

RESCUE = (
    "The patient took a pain reliever after the block: what eased the pain is not known, and the block "
    "cannot be judged."
)


def block_reasons(
    found: DiagnosticResult, before: int | None, *, rescue: bool = False, rules: RuleSet = ESI_RULES
) -> tuple[Reason, ...]:
    """The sentence behind a block's result; duration is told and never judged."""
    text = (
        RESCUE if rescue and found.result is BlockResult.NOT_ASSESSABLE else _sentence(found, before, rules)
    )
    return (Reason(BLOCK_RULE, text),)


def _sentence(found: DiagnosticResult, before: int | None, rules: RuleSet) -> str:
    cut_off = f"the cut-off of {rules.block_cut_off_percent} %"
    best = "" if found.best_percent is None else f"{figure(max(found.best_percent, Fraction(0)))} %"
    match found.result:
        case BlockResult.POSITIVE:
            span = f"from {found.from_minute} to {found.to_minute} minutes after it"
            return f"Readings in a row reached {cut_off}, {span}; the best was {best} relief."
        case BlockResult.PARTIAL:
            low = rules.block_partial_percent
            return f"The best reading was {best} relief: {low} % or more, under {cut_off}."
        case BlockResult.NEGATIVE:
            return f"The best reading was {best} relief: under {rules.block_partial_percent} %."
        case BlockResult.INDETERMINATE:
            return (
                f"{cut_off.capitalize()} was reached ({best}), but no reading beside it confirms it in time."
            )
        case BlockResult.NOT_ASSESSABLE:
            least = rules.block_before_points
            return f"Pain before the block was {before}: from {least} on, a block can be judged."
    return (
        f"It takes a score before the block, a reading within 15 to {rules.block_early_minute} minutes "
        f"and {rules.block_entries} readings within {rules.block_first_within_minute} minutes."
    )
