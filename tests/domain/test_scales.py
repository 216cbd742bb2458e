from __future__ import annotations

from fractions import Fraction

import pytest

from tracker.domain.scales import InvalidScore, half_up, pain_score


@pytest.mark.parametrize(("given", "score"), [(0, 0), (10, 10), ("0", 0), ("7", 7), ("10", 10)])
def test_a_whole_number_from_0_to_10_is_a_score(given, score):
    assert pain_score(given) == score


@pytest.mark.parametrize(
    "given", [11, -1, 3.5, 3.0, "x", "11", "-1", "3.5", "", " 3", "٣", "1e1", True, None, [3]]
)
def test_anything_else_is_refused_with_what_to_do(given):
    with pytest.raises(InvalidScore, match="give a whole number from 0 to 10"):
        pain_score(given)


def test_a_refusal_shows_what_was_given_cut_short():
    with pytest.raises(InvalidScore) as refused:
        pain_score("a" * 500)
    assert len(str(refused.value)) < 100


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("2.85", "2.9"), ("2.84999", "2.8"), ("49.95", "50"), ("-2.85", "-2.8"), ("-2.86", "-2.9"), ("0", "0")],
)
def test_a_half_goes_up(value, rounded):
    assert half_up(Fraction(value), decimals=1) == Fraction(rounded)
