"""A table of moments: how long a session of staff still lasts, and why it is over."""

from __future__ import annotations

import pytest

from tracker.domain.session_clock import IDLE_SECONDS, LONGEST_SECONDS, WARNING_SECONDS, Clock, Over

START = 1_000_000.0
HOUR = 3600


@pytest.mark.parametrize(
    ("seen_after", "now_after", "over", "left"),
    [
        (0, 0, None, 900),
        (0, 13 * 60 + 30, None, 90),
        (0, 899, None, 1),
        (0, 899.9, None, 1),  # 0 is said only once it is over
        (0, 900, Over.IDLE, 0),
        (0, 5000, Over.IDLE, 0),
        (600, 1499, None, 1),
        (600, 1500, Over.IDLE, 0),
        (12 * HOUR - 60, 12 * HOUR - 1, None, 1),  # used until the end, and over all the same
        (12 * HOUR - 60, 12 * HOUR, Over.LONG, 0),
        (0, 12 * HOUR, Over.LONG, 0),
    ],
)
def test_a_session_ends_15_minutes_after_its_last_use_and_12_hours_after_its_start(
    seen_after: float, now_after: float, over: Over | None, left: int
) -> None:
    clock = Clock(START, START + seen_after)
    assert clock.over(START + now_after) == over
    assert clock.seconds_left(START + now_after) == left


def test_using_it_makes_it_longer_but_in_the_last_moments_of_its_12_hours() -> None:
    clock = Clock(START, START + LONGEST_SECONDS - 60)
    assert clock.can_be_longer(START + LONGEST_SECONDS - WARNING_SECONDS - 1)
    assert not clock.can_be_longer(START + LONGEST_SECONDS - WARNING_SECONDS)


def test_use_is_noted_once_a_minute() -> None:
    clock = Clock(START, START)
    assert not clock.is_worth_noting(START + 59.9)
    assert clock.is_worth_noting(START + 60)


def test_there_are_at_least_20_seconds_to_answer_a_warning() -> None:
    """WCAG 2.2, success criterion 2.2.1."""
    assert 20 <= WARNING_SECONDS < IDLE_SECONDS
