"""When a "right now" score is due, and what became of those that were not given."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.diagnostic import checkpoint_of
from tracker.domain.hours import (
    Stage,
    StartSaid,
    Window,
    minutes_as_corrected,
    minutes_since,
    stage_of,
    started,
    windows,
)

BLOCK = windows(is_diagnostic=True)


def test_a_block_has_eleven_windows_by_its_rules():
    assert [(one.minutes, one.from_minute, one.to_minute) for one in BLOCK[:5]] == [
        (15, 10, 24),
        (30, 25, 39),
        (45, 40, 54),
        (60, 55, 80),
        (120, 95, 145),
    ]
    assert (len(BLOCK), BLOCK[-1]) == (11, Window(480, 455, 505))


ON, ZONE = date(2026, 5, 20), ZoneInfo("America/New_York")


def clock(at: str) -> datetime:
    return started(at, on=ON, zone=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("said", "saved_at", "minutes"),
    [
        ([], "10:00", None),
        ([("09:10", "09:20")], "10:10", None),
        ([("09:10", "09:20"), ("09:40", "10:30")], "10:10", 30),
        ([("09:10", "09:20"), ("09:40", "10:30")], "09:25", -15),
        ([("09:10", "09:20"), ("09:40", "10:30")], "11:00", None),  # filed by the time that stands
        ([("09:10", "09:20"), ("09:40", "10:30")], "09:15", None),  # nobody had said when it was
        ([("09:10", "09:20"), ("09:40", "09:50"), ("09:10", "10:30")], "09:30", None),  # taken back
        ([("09:10", "09:20"), ("09:40", "09:50"), ("09:10", "10:30")], "10:10", 60),
    ],
)
def test_a_score_that_another_time_had_filed_is_told_by_the_time_that_stands(said, saved_at, minutes):
    starts = [StartSaid(at, clock(said_at)) for at, said_at in said]
    assert minutes_as_corrected(starts, saved_at=clock(saved_at), on=ON, zone=ZONE) == minutes


def test_a_minute_belongs_to_the_checkpoint_that_the_verdict_files_it_under():
    for minute in range(520):
        held = [one.minutes for one in BLOCK if one.from_minute <= minute <= one.to_minute]
        assert held == ([] if checkpoint_of(minute) is None else [checkpoint_of(minute)]), minute


def test_after_any_other_injection_a_moment_lasts_until_the_next():
    assert windows(is_diagnostic=False) == (Window(30, 30, 239), Window(240, 240, 1440))


@pytest.mark.parametrize(
    ("minutes", "is_given", "stage"),
    [
        (9, False, Stage.AHEAD),
        (10, False, Stage.NOW),
        (24, False, Stage.NOW),
        (25, False, Stage.MISSED),
        (None, False, Stage.OPEN),
        (9, True, Stage.SAVED),
        (None, True, Stage.SAVED),
    ],
)
def test_a_moment_is_ahead_due_missed_or_saved(minutes, is_given, stage):
    assert stage_of(BLOCK[0], minutes=minutes, is_given=is_given) is stage


@pytest.mark.parametrize(
    ("at", "on", "now", "minutes"),
    [
        ("09:10", date(2026, 5, 20), datetime(2026, 5, 20, 7, 25, 59, tzinfo=UTC), 15),
        ("09:10", date(2026, 5, 20), datetime(2026, 5, 20, 7, 9, tzinfo=UTC), -1),
        ("01:30", date(2026, 3, 29), datetime(2026, 3, 29, 1, 30, tzinfo=UTC), 60),  # 02:00 became 03:00
        ("01:30", date(2026, 10, 25), datetime(2026, 10, 25, 1, 30, tzinfo=UTC), 120),  # 03:00 became 02:00
    ],
)
def test_minutes_are_those_that_passed_also_where_the_clocks_change(at, on, now, minutes):
    assert minutes_since(started(at, on=on, zone=ZoneInfo("Europe/Berlin")), now=now) == minutes
