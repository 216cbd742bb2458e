"""Times as patients read them; dates are held to the app's by the browser tests."""

from __future__ import annotations

from datetime import datetime, time

import pytest
from django.utils.translation import override

from tracker.content.dates import clock


@pytest.mark.parametrize(
    ("at", "language", "words"),
    [
        (time(2, 30), "en", "2:30 AM"),
        (time(14, 30), "en", "2:30 PM"),
        (time(0, 5), "en", "12:05 AM"),
        (time(12, 5), "en", "12:05 PM"),
        (time(12), "en", "12 noon"),
        (time(0), "en", "12 midnight"),
        (datetime(2026, 5, 20, 20), "en", "8:00 PM"),
        (time(14, 30), "es", "2:30 PM"),
        (time(12), "es", "12 del mediodía"),
        (time(2, 30), "ar", "2:30 ص"),
        (time(14, 30), "ar", "2:30 م"),
    ],
)
def test_a_time_is_said_by_the_halves_of_the_day(at, language, words):
    with override(language):
        assert clock(at) == words
