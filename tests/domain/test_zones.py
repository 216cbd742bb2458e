from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest

from tracker.domain.zones import known_zone, zone_of

WINTER = datetime(2026, 1, 15, 23, tzinfo=UTC)
NO_ZONES = ["Mars/Olympus", "America", "", "../etc/passwd", "a\0b", "x" * 300, "Kolkata"]
"""Unknown, a folder of zones, nothing, a way out of the folder, a byte no name has, too long, half a name."""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("US/Eastern", "America/New_York"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Asia/Katmandu", "Asia/Kathmandu"),
    ],
)
def test_an_older_name_is_the_same_zone(old, new):
    assert WINTER.astimezone(zone_of(old)).isoformat() == WINTER.astimezone(zone_of(new)).isoformat()


@pytest.mark.parametrize("name", NO_ZONES)
def test_what_names_no_zone_is_known_as_such(name):
    assert known_zone(name) is None


@pytest.mark.parametrize("name", NO_ZONES)
def test_where_a_zone_is_not_known_days_are_counted_in_utc(name):
    assert WINTER.astimezone(zone_of(name)).utcoffset() == WINTER.utcoffset()


def test_the_log_says_once_that_a_zone_is_not_known(caplog):
    zone_of.cache_clear()
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            zone_of("Mars/Olympus")
    (line,) = caplog.records
    assert "'Mars/Olympus'" in line.getMessage()
