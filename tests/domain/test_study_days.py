"""Diary days: the 04:00 cut-off, lateness, clocks that cannot be believed, clock changes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.domain.cases import VECTORS
from tracker.domain.study_days import (
    is_future,
    local_today,
    next_day_starts_at,
    offered_days,
    study_day,
    timing,
)
from tracker.domain.track import Timing

DENVER = ZoneInfo("America/Denver")
INJECTED_ON = date(2026, 3, 2)
OFFERED = json.loads((VECTORS / "offered_days.json").read_text())


def on_day(day: int) -> date:
    return INJECTED_ON + timedelta(days=day)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    on = on_day(day)
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=DENVER)


@pytest.mark.parametrize(
    ("on", "day"),
    [
        (date(2028, 2, 28), -1),
        (date(2028, 2, 29), 0),
        (date(2028, 3, 1), 1),
        (date(2029, 2, 28), 365),
    ],
)
def test_a_leap_day_is_a_day_like_any_other(on, day):
    assert study_day(on, injected_on=date(2028, 2, 29)) == day


@pytest.mark.parametrize(
    ("now", "offered"),
    [
        (at(6, 1, 20), (5, 6, 4)),
        (at(6, 0, 0), (5, 6, 4)),
        (at(6, 3, 59), (5, 6, 4)),
        (at(6, 4, 0), (6, 5, 4)),
        (at(6, 23, 59), (6, 5, 4)),
    ],
)
def test_yesterday_is_offered_first_until_four_in_the_morning(now, offered):
    assert offered_days(now) == tuple(on_day(day) for day in offered)


@pytest.mark.parametrize("row", OFFERED, ids=[row["name"] for row in OFFERED])
def test_the_days_that_are_offered_around_the_world(row):
    found = offered_days(datetime.fromisoformat(row["now"]).astimezone(ZoneInfo(row["zone"])))
    assert [on.isoformat() for on in found] == row["offered"]


def describe(day: int, entered: datetime, *, received: datetime | None = None, skew: timedelta | None = None):
    return timing(on_day(day), entered_at=entered, received_at=received or entered, zone=DENVER, skew=skew)


@pytest.mark.parametrize(
    ("day", "entered", "expected"),
    [
        (3, at(3, 20), Timing.LIVE),
        (3, at(4, 0, 0), Timing.LIVE),
        (3, at(4, 3, 59), Timing.LIVE),
        (3, at(4, 4, 0), Timing.LATE),
        (3, at(5, 23, 59), Timing.LATE),
        (3, at(6, 0, 0), Timing.RECALLED),
        (3, at(6, 1, 20), Timing.RECALLED),
        (12, at(20, 9), Timing.RECALLED),
        (4, at(3, 23, 58), Timing.UNCERTAIN),
        (6, at(3, 12), Timing.UNCERTAIN),
    ],
    ids=[
        "same evening",
        "midnight for yesterday",
        "before four for yesterday",
        "from four it is late",
        "two days after is late",
        "three days after is recalled",
        "the night does not stretch the late window",
        "a week after is recalled",
        "a day ahead of its own clock",
        "a clock that contradicts its own entry",
    ],
)
def test_lateness_counts_calendar_days(day, entered, expected):
    assert describe(day, entered) == expected


def test_a_clock_that_was_slow_around_midnight_is_believed():
    assert describe(4, at(3, 23, 58), skew=timedelta(minutes=3)) == Timing.LIVE
    assert describe(4, at(3, 23, 58), skew=timedelta(minutes=1)) == Timing.UNCERTAIN


def test_an_offline_phone_that_syncs_five_days_later_is_on_time():
    found = describe(4, at(4, 19), received=at(9, 8), skew=timedelta(seconds=3))
    assert found == Timing.LIVE
    assert describe(4, at(4, 19), received=at(9, 8), skew=None) == Timing.LIVE


@pytest.mark.parametrize("hours", [-25, 25])
def test_clocks_more_than_a_day_apart_are_uncertain(hours):
    assert describe(4, at(4, 19), skew=timedelta(hours=hours)) == Timing.UNCERTAIN


@pytest.mark.parametrize("hours", [-24, 24])
def test_clocks_a_day_apart_are_still_believed(hours):
    assert describe(4, at(4, 19), skew=timedelta(hours=hours)) == Timing.LIVE


def test_an_entry_from_the_future_is_uncertain_where_the_skew_is_unknown():
    received = at(4, 19)
    assert describe(5, at(5, 19, 1), received=received) == Timing.UNCERTAIN
    assert describe(5, at(5, 19, 0), received=received) == Timing.LIVE


def test_lateness_is_judged_in_the_enrolment_zone_and_not_where_the_phone_is():
    tokyo = ZoneInfo("Asia/Tokyo")
    entered = datetime(2026, 3, 6, 8, tzinfo=tokyo)  # still the 5th in Denver
    assert timing(date(2026, 3, 5), entered_at=entered, received_at=entered, zone=DENVER) == Timing.LIVE
    assert timing(date(2026, 3, 5), entered_at=entered, received_at=entered, zone=tokyo) == Timing.LATE


def test_tomorrow_is_the_future_until_it_begins_where_the_patient_lives():
    now = datetime(2026, 3, 6, 6, 59, tzinfo=UTC)  # 23:59 on the 5th in Denver
    assert local_today(now, DENVER) == date(2026, 3, 5)
    assert is_future(date(2026, 3, 6), now=now, zone=DENVER)
    assert not is_future(date(2026, 3, 6), now=now + timedelta(minutes=1), zone=DENVER)


@pytest.mark.parametrize(
    ("zone", "now", "starts_at"),
    [
        ("America/Denver", datetime(2026, 3, 8, 6, tzinfo=UTC), datetime(2026, 3, 8, 7, tzinfo=UTC)),
        ("America/Denver", datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 3, 9, 6, tzinfo=UTC)),
        ("America/Denver", datetime(2026, 11, 1, 6, tzinfo=UTC), datetime(2026, 11, 2, 7, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2026, 5, 1, 12, tzinfo=UTC), datetime(2026, 5, 1, 18, 15, tzinfo=UTC)),
        ("Asia/Beirut", datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 28, 22, tzinfo=UTC)),
        ("America/Havana", datetime(2026, 10, 31, 12, tzinfo=UTC), datetime(2026, 11, 1, 4, tzinfo=UTC)),
    ],
    ids=[
        "before midnight",
        "a day of 23 hours",
        "a day of 25 hours",
        "an offset of 5:45",
        "a midnight that the clocks skip",
        "a midnight that comes twice",
    ],
)
def test_the_next_day_starts_at_local_midnight(zone, now, starts_at):
    found = next_day_starts_at(now, ZoneInfo(zone))
    assert found == starts_at
    assert found.tzinfo is UTC
    assert local_today(found, ZoneInfo(zone)) == local_today(now, ZoneInfo(zone)) + timedelta(days=1)
