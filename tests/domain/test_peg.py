from fractions import Fraction

import pytest

from tracker.domain.peg import peg_baseline, peg_change


@pytest.mark.parametrize(
    ("scores", "day"),
    [
        ({}, None),
        ({-8: 5, 0: 5, 14: 2}, None),
        ({-7: 5, 14: 2}, -7),
        ({-6: 7, -1: 5, 14: 2}, -1),
    ],
)
def test_the_baseline_is_the_last_one_of_the_days_before_the_injection(scores, day):
    assert peg_baseline({on: Fraction(score) for on, score in scores.items()}) == day


@pytest.mark.parametrize(
    ("before", "after", "points", "percent", "is_important"),
    [
        (Fraction(20, 3), Fraction(14, 3), -2, -30, True),
        (Fraction(9), Fraction(19, 3), Fraction(-8, 3), Fraction(-800, 27), False),
        (Fraction(5), Fraction(5), 0, 0, False),
        (Fraction(4), Fraction(6), 2, 50, False),
        (Fraction(0), Fraction(2), 2, None, False),
    ],
)
def test_a_fall_of_30_percent_is_important_and_one_just_below_it_is_not(
    before, after, points, percent, is_important
):
    change = peg_change(after, baseline=before)
    assert (change.points, change.percent, change.is_important) == (points, percent, is_important)
