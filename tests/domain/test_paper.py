"""Which days staff type in, and what an entry for them is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.paper import days_so_far, sheet_days, timing_if_typed, told_days
from tracker.domain.ruleset import LUMBAR_RULES
from tracker.domain.track import Timing

ZONE = ZoneInfo("America/New_York")
NOW = datetime(2026, 5, 20, 19, 30, tzinfo=UTC)
TODAY = date(2026, 5, 20)


def test_the_printed_diary_has_day_0_to_the_day_of_the_read_out():
    days = sheet_days(TODAY)
    assert (len(days), days[0], days[-1]) == (15, TODAY, TODAY + timedelta(days=14))


def test_it_goes_to_the_read_out_of_the_injections_rules():
    assert len(sheet_days(TODAY, rules=LUMBAR_RULES)) == 22


def test_on_the_telephone_today_and_yesterday_are_asked():
    assert told_days(TODAY) == (TODAY, TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("ago", "expected"),
    [(0, Timing.LIVE), (1, Timing.LATE), (2, Timing.LATE), (3, Timing.RECALLED), (14, Timing.RECALLED)],
)
def test_what_counts_is_when_it_is_typed(ago, expected):
    assert timing_if_typed(TODAY - timedelta(days=ago), now=NOW, zone=ZONE) is expected


def test_days_that_have_not_begun_where_the_patient_lives_are_left_out():
    days = sheet_days(TODAY - timedelta(days=2))
    assert days_so_far(days, now=NOW, zone=ZONE)[-1] == TODAY
    assert days_so_far(days, now=datetime(2026, 5, 20, 3, 0, tzinfo=UTC), zone=ZONE)[-1] == date(2026, 5, 19)
    assert days_so_far(sheet_days(date(2026, 6, 1)), now=NOW, zone=ZONE) == ()
