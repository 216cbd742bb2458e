"""How far back a phone shows a diary by itself."""

from datetime import date, timedelta

import pytest

from tracker.domain.reach import open_from

TODAY = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("injected_days_ago", "open_days_ago"), [(0, 14), (10, 24), (200, 214), (-30, 14), (None, 14)]
)
def test_the_current_episode_and_two_weeks_before_it_are_open(injected_days_ago, open_days_ago):
    injected_on = None if injected_days_ago is None else TODAY - timedelta(days=injected_days_ago)
    assert open_from(injected_on, today=TODAY) == TODAY - timedelta(days=open_days_ago)
