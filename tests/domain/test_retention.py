"""When a record may be erased."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.retention import (
    LONGEST_YEARS,
    NOTICE,
    ErasureReason,
    TooEarly,
    announced_for,
    check_may_erase,
    earliest_erasure,
    put_off,
)

LAST = date(2026, 3, 14)


@pytest.mark.parametrize(
    ("last", "years", "earliest"),
    [
        (LAST, 10, date(2036, 3, 14)),
        (LAST, 0, LAST),
        (LAST, 30, date(2056, 3, 14)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2024, 2, 29), 1, date(2025, 3, 1)),
        (date(2025, 12, 31), 1, date(2026, 12, 31)),
    ],
)
def test_a_record_is_kept_for_whole_years(last, years, earliest):
    assert earliest_erasure(last, keep_years=years) == earliest


@given(st.dates(max_value=date(2900, 1, 1)), st.integers(0, LONGEST_YEARS))
def test_it_is_never_a_day_too_early(last, years):
    eve = earliest_erasure(last, keep_years=years) - timedelta(days=1)
    assert (eve.year - last.year, eve.month, eve.day) < (years, last.month, last.day)


@pytest.mark.parametrize(
    ("reason", "today", "may"),
    [
        (ErasureReason.PERIOD_OVER, date(2036, 3, 13), False),
        (ErasureReason.PERIOD_OVER, date(2036, 3, 14), True),
        (ErasureReason.ENTERED_IN_ERROR, LAST, True),
        (ErasureReason.LAW_DEMANDS_IT, LAST, True),
    ],
)
def test_who_has_to_wait(reason, today, may):
    if may:
        check_may_erase(reason, last_activity_on=LAST, keep_years=10, today=today)
        return
    with pytest.raises(TooEarly) as refused:
        check_may_erase(reason, last_activity_on=LAST, keep_years=10, today=today)
    assert refused.value.until == date(2036, 3, 14)


def test_a_refusal_says_until_when_why_and_what_is_possible():
    with pytest.raises(TooEarly) as refused:
        check_may_erase(ErasureReason.PERIOD_OVER, last_activity_on=LAST, keep_years=1, today=LAST)
    said = str(refused.value)
    assert "from 14 March 2027 on" in said and "for 1 year after" in said and "14 March 2026" in said
    assert "entered in error" in said and "can be stopped" in said


@pytest.mark.parametrize("years", [-1, 31])
def test_a_clinic_chooses_within_bounds(years):
    with pytest.raises(ValueError, match="from 0 to 30 years"):
        earliest_erasure(LAST, keep_years=years)


def test_every_reason_has_words():
    assert all(reason.label for reason in ErasureReason)


OVER = date(2036, 3, 14)
"""The day on which a record of LAST is over after ten years."""


@pytest.mark.parametrize(
    ("before", "today", "announced"),
    [
        pytest.param(None, OVER - NOTICE - timedelta(days=1), None, id="too far off"),
        pytest.param(None, OVER - NOTICE, OVER, id="for the day it is over"),
        pytest.param(OVER, OVER - timedelta(days=1), OVER, id="once announced it stands"),
        pytest.param(OVER, OVER + timedelta(days=40), OVER, id="also when nobody came to erase it"),
        pytest.param(None, OVER - timedelta(days=60), OVER + timedelta(days=30), id="announced too late"),
        pytest.param(None, OVER + timedelta(days=900), OVER + timedelta(days=990), id="a period cut short"),
        pytest.param(date(2037, 3, 14), OVER, date(2037, 3, 14), id="put off by the clinic"),
        pytest.param(OVER - timedelta(days=9), OVER - NOTICE, OVER, id="used a little later meanwhile"),
        pytest.param(OVER - timedelta(days=900), OVER - timedelta(days=900), None, id="used again"),
    ],
)
def test_the_clinic_is_told_ninety_days_before(before, today, announced):
    assert announced_for(before, last_activity_on=LAST, keep_years=10, today=today) == announced


def test_with_no_period_nothing_is_erased_by_itself():
    assert announced_for(OVER, last_activity_on=LAST, keep_years=0, today=date(2099, 1, 1)) is None


@given(
    st.dates(max_value=date(2900, 1, 1)), st.integers(1, LONGEST_YEARS), st.dates(max_value=date(2900, 1, 1))
)
def test_never_without_notice_and_never_before_the_period_is_over(last, years, today):
    announced = announced_for(None, last_activity_on=last, keep_years=years, today=today)
    if announced is not None:
        assert announced >= today + NOTICE and announced >= earliest_erasure(last, keep_years=years)


def test_putting_off_adds_a_year_to_what_was_announced():
    assert put_off(OVER, today=OVER - timedelta(days=30)) == date(2037, 3, 14)
    assert put_off(None, today=OVER) == put_off(OVER - timedelta(days=9), today=OVER) == date(2037, 3, 14)
