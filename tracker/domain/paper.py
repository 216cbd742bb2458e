"""The diary on paper, and what is told on the telephone: which days they are about, and what they count."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from .ruleset import ESI_RULES, RuleSet
from .study_days import local_today, timing
from .track import Timing

TOLD_BACK_DAYS = 1
"""How far back a patient is asked on the telephone: yesterday. House choice, shorter than the 2 days that are
scored: recall of one day is as good as a diary, of several it is not (docs/evidence.md, section 8)."""


def sheet_days(injected_on: date, *, rules: RuleSet = ESI_RULES) -> tuple[date, ...]:
    """The dates of the printed diary: day 0 to the day of the read-out."""
    return tuple(injected_on + timedelta(days=day) for day in range(rules.readout_day + 1))


def told_days(today: date) -> tuple[date, ...]:
    """The dates that are asked for on the telephone, today first."""
    return tuple(today - timedelta(days=back) for back in range(TOLD_BACK_DAYS + 1))


def timing_if_typed(day: date, *, now: datetime, zone: ZoneInfo) -> Timing:
    """What an entry for a day is if staff type it now.

    Typing is the only moment that is known for sure: paper does not show when it was written. Of diaries
    said to be kept daily 11 % were (docs/evidence.md, section 8), so an earlier date on it proves nothing.
    """
    return timing(day, entered_at=now, received_at=now, zone=zone)


def days_so_far(days: tuple[date, ...], *, now: datetime, zone: ZoneInfo) -> tuple[date, ...]:
    """Those that have begun where the patient lives."""
    today = local_today(now, zone)
    return tuple(day for day in days if day <= today)
