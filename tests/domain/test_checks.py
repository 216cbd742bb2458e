import pytest

from tracker.domain.checks import DailyChecks, daily_checks


@pytest.mark.parametrize(
    ("rescue", "last_day", "found"),
    [
        ({}, 0, DailyChecks(asked=1, answered=0, reliever_days=(), days_without=0)),
        ({0: None, 1: True, 2: False}, 2, DailyChecks(3, 3, (1,), 1)),
        ({5: True, 1: True}, 9, DailyChecks(10, 2, (1, 5), 0)),
        ({-1: True, 10: True, 28: True}, 9, DailyChecks(10, 0, (), 0)),
        ({28: None, 29: True}, 100, DailyChecks(29, 1, (), 0)),
    ],
)
def test_days_of_the_episode_so_far_count_as_long_as_a_check_is_asked(rescue, last_day, found):
    assert daily_checks(rescue, last_day=last_day) == found
