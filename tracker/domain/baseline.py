"""The baseline of an episode (rules 1 and 2) and the yardstick that follows from it (rules 3 and 4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from tracker.domain.diary import EpisodeDiary
from tracker.domain.labels import BaselineQuality
from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.domain.scales import HIGHEST, SCORES


@dataclass(frozen=True, slots=True)
class Baseline:
    """Pain before the injection in points (None without a reading), its quality, the readings behind it."""

    mean: Fraction | None
    quality: BaselineQuality
    n: int


def baseline_of(diary: EpisodeDiary, *, rules: RuleSet = ESI_RULES) -> Baseline:
    """The baseline, frozen at the injection (rule 1)."""
    if diary.baseline_override is not None:
        # A corrected baseline is no mean of readings, so it never counts as well documented.
        return Baseline(diary.baseline_override, BaselineQuality.LIMITED, 0)
    scores = _before_injection(diary, rules.baseline_last_day, rules)
    if len(scores) < rules.baseline_good_entries and diary.before is not None:
        return _baseline([*scores, diary.before], BaselineQuality.LIMITED)
    return _daily_baseline(scores, rules)


def baseline_so_far(diary: EpisodeDiary, *, as_of_day: int, rules: RuleSet = ESI_RULES) -> Baseline:
    """What the daily entries up to a day before the injection say; "right now" of day 0 is still to come."""
    return _daily_baseline(_before_injection(diary, min(as_of_day, rules.baseline_last_day), rules), rules)


def _before_injection(diary: EpisodeDiary, last_day: int, rules: RuleSet) -> list[int]:
    pain = diary.pain
    return [pain[day] for day in range(rules.baseline_first_day, last_day + 1) if day in pain]


def _daily_baseline(scores: Sequence[int], rules: RuleSet) -> Baseline:
    good = len(scores) >= rules.baseline_good_entries
    return _baseline(scores, BaselineQuality.GOOD if good else BaselineQuality.LIMITED)


def _baseline(scores: Sequence[int], quality: BaselineQuality) -> Baseline:
    if not scores:
        return Baseline(None, BaselineQuality.NONE, 0)
    return Baseline(Fraction(sum(scores), len(scores)), quality, len(scores))


@dataclass(frozen=True, slots=True)
class Bar:
    """A level at or under which pain counts as relieved, kept as whole numbers so that comparing is cheap."""

    numerator: int
    denominator: int
    by_score: tuple[bool, ...]

    @classmethod
    def at(cls, level: Fraction) -> Self:
        return cls(level.numerator, level.denominator, tuple(score <= level for score in SCORES))

    def met_by(self, total: int, n: int) -> bool:
        """Whether total / n is at or under the level, exactly."""
        return total * self.denominator <= self.numerator * n


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What one baseline makes of a score (rule 4): `half`: meets50, `moderate`: meets30, `worse` by score."""

    baseline: Fraction
    half: Bar
    moderate: Bar
    worse: tuple[bool, ...]
    worse_from: Fraction

    @classmethod
    def of(cls, baseline: Fraction, *, rules: RuleSet = ESI_RULES) -> Self:
        worse_from = min(baseline + rules.worse_points, Fraction(HIGHEST))
        return cls(
            baseline=baseline,
            half=_bar(baseline, percent=rules.substantial_percent, points=rules.substantial_points),
            moderate=_bar(baseline, percent=rules.moderate_percent, points=rules.moderate_points),
            worse=tuple(_is_worse(score, baseline, worse_from) for score in SCORES),
            worse_from=worse_from,
        )

    def percent_relief(self, mean: Fraction) -> Fraction:
        """100 (B - x) / B (rule 3): negative where worse, never clipped. Undefined at a baseline of 0."""
        return 100 * (self.baseline - mean) / self.baseline

    def is_worse(self, mean: Fraction) -> bool:
        return _is_worse(mean, self.baseline, self.worse_from)

    def count_worse(self, scores: Iterable[int]) -> int:
        return sum(self.worse[score] for score in scores)


def _bar(baseline: Fraction, *, percent: int, points: int) -> Bar:
    """Relief by so many percent of the baseline AND so many points: a score at or under the lower level."""
    return Bar.at(min(baseline * Fraction(100 - percent, 100), baseline - points))


def _is_worse(score: Fraction | int, baseline: Fraction, worse_from: Fraction) -> bool:
    # "Above the baseline" matters at the ceiling alone: a 10 is not worse than a baseline of 10.
    return score > baseline and score >= worse_from
