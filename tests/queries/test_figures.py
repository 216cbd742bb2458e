"""What a clinician reads of an assessment, line by line."""

from __future__ import annotations

import pytest

from tracker.domain.diary import EpisodeDiary
from tracker.domain.progress import assess
from tracker.domain.ruleset import ESI_RULES
from tracker.queries.figures import figures


def lines(baseline: int | None, score: int, *, day: int = 16) -> dict[str, tuple[str, str]]:
    before = {} if baseline is None else dict.fromkeys((-3, -2, -1), baseline)
    diary = EpisodeDiary(before | dict.fromkeys(range(1, day + 1), score), {})
    found = figures(assess(diary, as_of_day=day), diary, rules=ESI_RULES)
    return {line.name: (line.text, line.note) for line in found}


def test_a_responders_figures_are_exact_and_name_their_readings():
    found = lines(7, 3)
    assert found["Baseline"] == ("7.0", "good, 3 readings")
    assert found["Day-14 read-out"] == ("3.0", "firm, 5 scored days in days 12–16")
    assert found["Relief at day 14"] == ("4.0 points, 57.1 %", "against its own baseline")
    assert found["Onset"][0] == "Day 1"
    assert found["Relief of 50 % or more"] == ("16 days, ongoing", "day 1 to day 16")


def test_before_day_14_there_is_no_read_out_yet_and_it_says_so():
    assert lines(7, 6, day=9)["Day-14 read-out"] == ("None so far", "0 scored days in days 12–16")


def test_a_low_baseline_is_told_in_points_and_claims_no_missing_days():
    found = lines(2, 0)
    assert "Day-14 read-out" not in found and "Onset" not in found
    assert found["Mean of days 12–16"] == ("0.0", "2.0 points, no percent below 3")


@pytest.mark.parametrize("day", [9, 16])
def test_without_a_baseline_nothing_is_compared(day):
    found = lines(None, 4, day=day)
    assert found["Baseline"] == ("None", "no score before the injection")
    assert found.get("Mean of days 12–16") == (("4.0", "nothing to compare with") if day == 16 else None)
