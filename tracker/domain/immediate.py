"""Rule 5: did the anaesthetic ease the pain on the day? Now against now, never against the baseline."""

from __future__ import annotations

from tracker.domain.diary import EpisodeDiary
from tracker.domain.labels import Immediate
from tracker.domain.ruleset import ESI_RULES, RuleSet


def immediate_response(diary: EpisodeDiary, *, rules: RuleSet = ESI_RULES) -> Immediate:
    """The best "right now" 15 to 480 minutes after the injection against "right now" before it."""
    before, best = diary.before, best_reading(diary, rules=rules)
    if before is None:
        return Immediate.UNKNOWN
    if before < rules.immediate_before_points:
        return Immediate.NOT_ASSESSABLE
    if best is None:
        return Immediate.UNKNOWN
    points = before - best
    if points < rules.immediate_points or 100 * points < rules.immediate_percent * before:
        return Immediate.NO
    return Immediate.STRONG if 100 * points >= rules.immediate_strong_percent * before else Immediate.YES


def best_reading(diary: EpisodeDiary, *, rules: RuleSet = ESI_RULES) -> int | None:
    """The lowest "right now" score of the anaesthetic phase."""
    first, last = rules.immediate_first_minute, rules.immediate_last_minute
    return min((score for minutes, score in diary.after if first <= minutes <= last), default=None)
