"""PEG-3 against what it was before the injection: its own baseline, never that of the diary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from .ruleset import ESI_RULES, RuleSet

IMPORTANT_PERCENT = 30
"""A fall that guidelines call important (docs/evidence.md, section 6: background knowledge)."""


@dataclass(frozen=True, slots=True)
class PegChange:
    """Below 0 is better. `percent` is None where the baseline is 0."""

    points: Fraction
    percent: Fraction | None

    @property
    def is_important(self) -> bool:
        return self.percent is not None and self.percent <= -IMPORTANT_PERCENT


def peg_baseline(scores: Mapping[int, Fraction], *, rules: RuleSet = ESI_RULES) -> int | None:
    """The study day of the last one in the days that a baseline is asked for; None without one."""
    asked = range(rules.baseline_first_day, rules.baseline_last_day + 1)
    return max((day for day in scores if day in asked), default=None)


def peg_change(score: Fraction, *, baseline: Fraction) -> PegChange:
    points = score - baseline
    return PegChange(points, 100 * points / baseline if baseline else None)
