"""Rule 17: soreness where the needle went in, a series of its own that never enters the pain rules."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.domain.ruleset import ESI_RULES, RuleSet

NO_DATA = "no_data"
AS_EXPECTED = "as_expected"
REVIEW = "review"
RISING = "rising_check_infection"


def soreness_flag(soreness: Mapping[int, int], *, to_day: int, rules: RuleSet = ESI_RULES) -> str:
    """How soreness stands by day; of the lines that apply, the last and most serious one wins."""
    usual_last = rules.soreness_usual_last_day
    early = [score for day, score in soreness.items() if 0 <= day <= usual_last and day <= to_day]
    later = {day: score for day, score in soreness.items() if usual_last < day <= to_day}
    if not early and not later:
        return NO_DATA
    # Without a score on days 0-2 a rise has nothing to be measured against.
    if early and any(score >= max(early) + rules.soreness_rising_points for score in later.values()):
        return RISING
    if any(
        day >= rules.soreness_review_day and score >= rules.soreness_review_points
        for day, score in later.items()
    ):
        return REVIEW
    sore = [day for day, score in later.items() if score >= rules.soreness_longer_points]
    return f"longer_than_usual(to d{max(sore)})" if sore else AS_EXPECTED
