"""When what is asked (docs/recovery-rules.md)."""

from datetime import date

import pytest

from tracker.domain.ruleset import RuleSet
from tracker.domain.schedule import Rhythm, asks_soreness, is_due, looks_closely, rhythm

TUESDAY, WEDNESDAY, FRIDAY = date(2026, 5, 19), date(2026, 5, 20), date(2026, 5, 22)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (None, Rhythm.DAILY),
        (-7, Rhythm.DAILY),
        (28, Rhythm.DAILY),
        (29, Rhythm.TWICE_A_WEEK),
        (100, Rhythm.TWICE_A_WEEK),
        (101, Rhythm.MONTHLY),
    ],
)
def test_rhythm_slows_down_after_day_28_and_after_day_100(day, expected):
    assert rhythm(day) is expected


@pytest.mark.parametrize(
    ("on", "day", "expected"),
    [
        (WEDNESDAY, 28, True),
        (WEDNESDAY, 29, False),
        (TUESDAY, 29, True),
        (FRIDAY, 100, True),
        (TUESDAY, 101, False),
    ],
)
def test_after_day_28_only_tuesday_and_friday_are_missed(on, day, expected):
    assert is_due(on, day=day) is expected


@pytest.mark.parametrize(
    ("day", "expected"), [(None, False), (-1, False), (0, True), (14, True), (15, False)]
)
def test_soreness_is_asked_from_day_0_to_day_14(day, expected):
    assert asks_soreness(day, soreness={}) is expected


@pytest.mark.parametrize(
    ("day", "soreness", "expected"),
    [
        (6, {4: 0, 5: 0}, False),
        (5, {4: 0, 5: 0}, True),  # the day that completes the pair may still be corrected
        (6, {3: 0, 4: 0}, True),  # a zero on day 3 does not count yet
        (7, {4: 0, 6: 0}, True),  # not two days running
        (12, {4: 0, 5: 0, 6: 3}, False),
        (6, {4: 1, 5: 0}, True),
    ],
)
def test_soreness_is_asked_until_two_days_running_without_any_after_day_3(day, soreness, expected):
    assert asks_soreness(day, soreness=soreness) is expected


def test_other_rules_ask_at_other_times():
    rules = RuleSet(
        stale_last_day=7,
        daily_last_day=7,
        twice_a_week_last_day=14,
        asked_weekdays=(2,),
        soreness_may_end_day=1,
        soreness_asked_last_day=5,
    )
    assert [rhythm(day, rules=rules) for day in (7, 8, 15)] == list(Rhythm)
    assert [is_due(on, day=8, rules=rules) for on in (TUESDAY, WEDNESDAY)] == [False, True]
    assert not asks_soreness(4, soreness={2: 0, 3: 0}, rules=rules)
    assert not asks_soreness(6, soreness={}, rules=rules)


# --- A closer look ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pain", "day", "visit", "close"),
    [
        ({30: 3, 33: 3}, 34, None, False),
        ({30: 3, 33: 5}, 33, None, True),  # two points up
        ({30: 5, 33: 3}, 36, None, True),  # two points down
        ({30: 3, 33: 5}, 40, None, True),
        ({30: 3, 33: 5}, 41, None, False),  # a week is enough
        ({30: 3, 33: 4, 36: 5}, 37, None, False),  # from one entry to the next
        ({30: 3, 33: 5}, 32, None, False),  # nothing of later days is known
        ({-1: 8, 1: 3}, 2, None, False),  # the injection itself is no jump
        ({}, 40, 47, True),
        ({}, 39, 47, False),
        ({}, 47, 47, True),
        ({}, 48, 47, False),
    ],
)
def test_a_jump_and_a_visit_ask_for_daily_scores_again(pain, day, visit, close):
    assert looks_closely(day, pain=pain, visit_day=visit) is close
