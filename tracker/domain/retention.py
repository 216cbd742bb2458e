"""How long a patient's record is kept, and when it may be erased. How many years is the clinic's choice."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

DEFAULT_YEARS = 10
LONGEST_YEARS = 30
"""A clinic may choose anything from 0 up to this. What its law demands is for the clinic to know."""


NOTICE = timedelta(days=90)
"""How long a clinic is told beforehand which records will be erased by themselves."""


class ErasureReason(StrEnum):
    """Why a record is erased. The last two need no waiting."""

    PERIOD_OVER = "period_over"
    ENTERED_IN_ERROR = "entered_in_error"
    LAW_DEMANDS_IT = "law_demands_it"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    ErasureReason.PERIOD_OVER: "The time it has to be kept is over",
    ErasureReason.ENTERED_IN_ERROR: "It was entered in error: wrong person, or twice",
    ErasureReason.LAW_DEMANDS_IT: "The law demands it now",
}


class TooEarly(Exception):
    """The record still has to be kept; `until` is the first day on which it may be erased."""

    def __init__(self, *, until: date, last_activity_on: date, keep_years: int) -> None:
        self.until = until
        years = "1 year" if keep_years == 1 else f"{keep_years} years"
        super().__init__(
            f"This record can be erased from {_in_words(until)} on: your clinic keeps records for {years} "
            f"after the last activity, which was on {_in_words(last_activity_on)}. Before that it can be "
            "erased only if it was entered in error, or if the law demands it. The diary can be stopped at "
            "any time."
        )


def earliest_erasure(last_activity_on: date, *, keep_years: int) -> date:
    """The first day on which a record may be erased because its time is over; never a day too early."""
    check_years(keep_years)
    year = last_activity_on.year + keep_years
    try:
        return last_activity_on.replace(year=year)
    except ValueError:  # 29 February, in a year without one
        return date(year, 3, 1)


def check_may_erase(reason: ErasureReason, *, last_activity_on: date, keep_years: int, today: date) -> None:
    """Raises TooEarly. `last_activity_on` is the latest date on record, a planned injection's included."""
    until = earliest_erasure(last_activity_on, keep_years=keep_years)
    if reason == ErasureReason.PERIOD_OVER and today < until:
        raise TooEarly(until=until, last_activity_on=last_activity_on, keep_years=keep_years)


def announced_for(
    before: date | None, *, last_activity_on: date, keep_years: int, today: date
) -> date | None:
    """The day on which a record is erased by itself, as the clinic is told; None while that is not near.

    It is announced once, at least NOTICE before, and stands until the record is used again: a clinic that
    shortens its period, or whose worker slept, is not surprised. `before` is what was announced, or what the
    clinic put off to. With 0 years nothing is erased by itself.
    """
    until = earliest_erasure(last_activity_on, keep_years=keep_years)
    if keep_years == 0 or until > today + NOTICE:
        return None
    return max(until, before or today + NOTICE)


def put_off(announced: date | None, *, today: date) -> date:
    """A year more, after the day that was announced."""
    return earliest_erasure(max(announced or today, today), keep_years=1)


def check_years(keep_years: int) -> None:
    if not 0 <= keep_years <= LONGEST_YEARS:
        raise ValueError(f"Records are kept from 0 to {LONGEST_YEARS} years, not {keep_years}.")


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
