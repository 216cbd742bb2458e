"""Dates and times in words, in the language of the page. The app's scripts say the same by "date" and so on.

Digits are 0 to 9 in every language: a score and a date read the same on a page, in the app and in a chart.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time

from django.utils.dateformat import format as written
from django.utils.translation import gettext, gettext_noop, pgettext

APRIL = gettext_noop("April")
"""In our own catalogues too: Django spells the Arabic one otherwise than browsers do."""

CLOCK: Mapping[str, str] = {
    "am": "{hour}:{minute} AM",
    "pm": "{hour}:{minute} PM",
    "noon": "12 noon",
    "midnight": "12 midnight",
}
"""The time as patients read it: whoever takes 14:30 for 4:30 eats too late. Part of the app's texts."""


def long_day(on: date, *, today: date) -> str:
    """ "Wednesday 20 May", with the year where it is not this one."""
    return weekday_date(on) if on.year == today.year else full_date(on)


def weekday_date(on: date) -> str:
    """ "Wednesday 20 May"."""
    return written(on, pgettext("format of a date", "l j F"))


def full_date(on: date) -> str:
    """ "Wednesday 20 May 2026"."""
    return written(on, pgettext("format of a date", "l j F Y"))


def plain_date(on: date) -> str:
    """ "20 May 2026"."""
    return written(on, pgettext("format of a date", "j F Y"))


def short_date(on: date) -> str:
    """ "Wed 20 May", for a table."""
    return written(on, pgettext("format of a date", "D j M"))


def clock(at: time | datetime) -> str:
    """ "2:30 PM"; the twin of days.clock in the app."""
    if at.minute == 0 and at.hour % 12 == 0:
        return gettext(CLOCK["noon" if at.hour else "midnight"])
    half = CLOCK["pm" if at.hour >= 12 else "am"]
    return gettext(half).format(hour=at.hour % 12 or 12, minute=f"{at.minute:02}")
