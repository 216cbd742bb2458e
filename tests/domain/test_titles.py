"""The clinician's figures and short names."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tracker.domain.titles import figure


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Fraction(0), "0.0"),
        (Fraction(5, 100), "0.1"),
        (Fraction(49, 1000), "0.0"),
        (Fraction(48, 7), "6.9"),
        (Fraction(345, 100), "3.5"),
        (Fraction(10), "10.0"),
        (Fraction(199, 2), "99.5"),
    ],
)
def test_figures_are_rounded_half_up(value: Fraction, words: str) -> None:
    assert figure(value) == words
