"""When somebody is reminded: by their own clock, in the evening they chose, and not for ever."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.reminders import LOOKS_BACK, Wish, due, is_quiet, is_worth_it, looked_at, restarts_soon
from tracker.domain.schedule import is_due

BERLIN, AUCKLAND, UTC_ZONE = ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland"), ZoneInfo("UTC")
DAY = date(2026, 5, 20)


def at(hour: int, minute: int = 0, *, day: int = 20, zone: ZoneInfo = UTC_ZONE) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=zone).astimezone(UTC)


def day_of(wished: time | None, now: datetime, zone: ZoneInfo) -> date | None:
    found = due(Wish(wished, zone), now=now)
    return found.day if found else None


@pytest.mark.parametrize(
    ("wished", "now", "zone", "day"),
    [
        (time(20), at(19, 59), UTC_ZONE, None),
        (time(20), at(20), UTC_ZONE, DAY),
        (time(20), at(21, 59), UTC_ZONE, DAY),
        (time(20), at(22), UTC_ZONE, None),  # quiet
        (time(17), at(20, 59), UTC_ZONE, DAY),
        (time(17), at(21), UTC_ZONE, None),  # too late to be of use
        (time(8), at(8), UTC_ZONE, DAY),
        (time(8), at(12), UTC_ZONE, None),
        (time(7, 30), at(8), UTC_ZONE, None),  # a time that is quiet is never waited for
        (time(22), at(22), UTC_ZONE, None),
        (time(22), at(8, day=21), UTC_ZONE, None),
        (time(23), at(1, day=21), UTC_ZONE, None),  # the day before is still offered, but it is night
        (None, at(20), UTC_ZONE, None),
        (time(20), at(20), BERLIN, None),  # 22:00 there
        (time(20), at(18), BERLIN, DAY),
        (time(20), at(20, zone=AUCKLAND), AUCKLAND, DAY),
    ],
)
def test_the_time_is_the_patients_own(wished, now, zone, day):
    assert day_of(wished, now, zone) == day


@pytest.mark.parametrize(
    ("now", "day"),
    [
        (datetime(2026, 3, 29, 7, 59, tzinfo=UTC), None),  # the clock has gone forward in the night
        (datetime(2026, 3, 29, 8, 0, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 8, 59, tzinfo=UTC), None),  # and back
        (datetime(2026, 10, 25, 9, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 12, 59, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 13, 0, tzinfo=UTC), None),
    ],
)
def test_on_the_day_of_a_clock_change_it_comes_at_the_same_time_of_day(now, day):
    assert day_of(time(10), now, BERLIN) == day


@pytest.mark.parametrize(("wished", "until"), [(17, 21), (20, 22)])
def test_it_is_of_no_use_after_four_hours_nor_when_the_quiet_begins(wished, until):
    found = due(Wish(time(wished), BERLIN), now=at(wished, 30, zone=BERLIN))
    assert found.until == at(until, zone=BERLIN)


@pytest.mark.parametrize(("hour", "quiet"), [(7, True), (8, False), (21, False), (22, True), (0, True)])
def test_from_ten_in_the_evening_to_eight_it_is_quiet(hour, quiet):
    assert is_quiet(time(hour)) is quiet


def back(*days: int) -> set[date]:
    return {DAY - timedelta(days=one) for one in days}


DAILY = back(*range(22))


@pytest.mark.parametrize(
    ("asked", "logged", "worth_it"),
    [
        (DAILY, back(1), True),
        (DAILY, back(0, 1), False),  # logged today
        (DAILY, back(3), True),  # two silent days before
        (DAILY, back(4), False),  # three: it has ended
        (DAILY, back(2, 4), True),  # three in all, but not in a row
        (DAILY, set(), False),
        (back(0, 1), set(), True),  # somebody who has only just begun
        (back(1, 2), back(1), False),  # not asked for today
        (back(0, 1, 5, 8), back(8), True),  # twice a week: two asked days were silent
        (back(0, 1, 5, 8), back(9), False),
        (back(0, 1, 5, 8), back(9, -1), False),  # a day that has not come yet changes nothing
        (back(0, 1, 5, 8), back(3), True),  # an entry is one, also of a day that nobody asked for
    ],
)
def test_it_is_worth_it_on_an_asked_and_silent_day_unless_three_before_it_were_silent(
    asked, logged, worth_it
):
    assert is_worth_it(DAY, asked=asked, logged=logged) is worth_it


@pytest.mark.parametrize(("in_days", "soon"), [(-1, False), (0, True), (1, True), (2, False)])
def test_a_thinner_that_is_taken_again_is_reminded_of_that_day_and_the_evening_before(in_days, soon):
    assert restarts_soon(DAY + timedelta(days=in_days), day=DAY) is soon


def test_it_looks_back_far_enough_to_see_three_silent_days_of_two_a_week():
    assert looked_at(DAY)[0] == DAY and looked_at(DAY)[-1] == DAY - LOOKS_BACK
    for number in range(7):
        day = DAY + timedelta(days=number)
        asked = [one for one in looked_at(day)[1:] if is_due(one, day=40)]
        assert len(asked) >= 3
