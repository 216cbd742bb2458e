"""Which study day an entry describes, and how late it was made: calendar dates, never spans of hours."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.domain.track import Timing


class BeforeInjection(ValueError):
    """A day before the injection was asked for: there is only the baseline so far."""


def study_day(on: date, *, injected_on: date) -> int:
    """Calendar days since the injection: 0 is its own date, negative days are before it."""
    return (on - injected_on).days


def local_today(now: datetime, zone: ZoneInfo) -> date:
    """The calendar date in the patient's enrolment zone."""
    return now.astimezone(zone).date()


def next_day_starts_at(now: datetime, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which the patient's next calendar date begins, across clock changes."""
    tomorrow = local_today(now, zone) + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, tzinfo=zone).astimezone(UTC)


def is_future(describes: date, *, now: datetime, zone: ZoneInfo) -> bool:
    """Whether the described date has not begun yet where the patient lives: such an entry is rejected."""
    return describes > local_today(now, zone)


def offered_days(now_local: datetime, *, rules: RuleSet = ESI_RULES) -> tuple[date, ...]:
    """The dates an entry may be made for, the default first: today and two days back.

    Until 03:59 yesterday comes first: a person who is up late still means the day that just ended.
    """
    today = now_local.date()
    days = [today - timedelta(days=back) for back in range(rules.late_days + 1)]
    if _is_night(now_local, rules):
        days[0], days[1] = days[1], days[0]
    return tuple(days)


def timing(
    describes: date,
    *,
    entered_at: datetime,
    received_at: datetime,
    zone: ZoneInfo,
    skew: timedelta | None = None,
    rules: RuleSet = ESI_RULES,
) -> Timing:
    """Whether an entry is live, late, recalled or made by a clock that cannot be believed.

    Lateness counts calendar days by the device's own time (`entered_at`), so a phone that was offline
    for days is on time. `skew` is server minus device, measured at submission; None where unknown.
    """
    if _is_uncertain(entered_at - received_at, skew, rules):
        return Timing.UNCERTAIN
    entered_local = entered_at.astimezone(zone)
    days_after = (entered_local.date() - describes).days
    slow_by = max(skew or timedelta(), timedelta())
    if days_after < 0 and local_today(entered_at + slow_by, zone) < describes:
        # Ahead of its own date, also with what the clock was slow by: it contradicts its own entry.
        return Timing.UNCERTAIN
    if days_after <= 0 or (days_after == 1 and _is_night(entered_local, rules)):
        return Timing.LIVE
    return Timing.LATE if days_after <= rules.late_days else Timing.RECALLED


def _is_uncertain(ahead_of_receipt: timedelta, skew: timedelta | None, rules: RuleSet) -> bool:
    # Without a measured skew an early device time may be an honest offline phone; a later one may not.
    tolerance = timedelta(hours=rules.clock_tolerance_hours)
    return ahead_of_receipt > tolerance if skew is None else abs(skew) > tolerance


def _is_night(local: datetime, rules: RuleSet) -> bool:
    return local.hour < rules.night_ends_hour
