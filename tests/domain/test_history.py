"""What is on record of what payers ask for, and what confounds an episode."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tracker.domain.episode import Confounder, Episode
from tracker.domain.history import CareSpan, care_weeks, pain_weeks, payer_needs

DAY_0 = date(2026, 5, 10)


def ago(days: int) -> date:
    return DAY_0 - timedelta(days=days)


def span(first: int | None, last: int | None, result: str = "not_enough") -> CareSpan:
    return CareSpan(
        from_on=None if first is None else ago(first),
        to_on=None if last is None else ago(last),
        result=result,
    )


def test_pain_is_told_by_a_date_or_in_weeks():
    assert pain_weeks(since=ago(27), weeks=None, injected_on=DAY_0) == 3
    assert pain_weeks(since=None, weeks=12, injected_on=DAY_0) == 12
    assert pain_weeks(since=None, weeks=None, injected_on=DAY_0) is None


@pytest.mark.parametrize(
    ("care", "weeks"),
    [
        ([], 0),
        ([span(27, 0)], 4),
        ([span(27, None)], 4),  # it goes on: to the injection
        ([span(27, -30)], 4),  # what comes after it was not tried before
        ([span(56, 43), span(28, 15)], 4),
        ([span(28, 15), span(28, 15)], 2),  # at the same time: once
        ([span(27, 0, result="")], 0),
        ([span(None, 0)], 0),
    ],
)
def test_weeks_of_care_count_what_has_dates_and_a_result(care, weeks):
    assert care_weeks(care, injected_on=DAY_0) == weeks


def needs(**changes):
    known = {
        "indication": "M54.12",
        "concordant": "yes",
        "baseline_readings": 7,
        "weeks_of_pain": 12,
        "weeks_of_care": 6,
    }
    return {one.number: one for one in payer_needs(**(known | changes))}


def test_all_four_are_there_or_missing_each_by_itself():
    assert [one.is_present for one in needs().values()] == [True] * 4
    missing = {
        "I1": {"concordant": "no"},
        "I2": {"baseline_readings": 0},
        "I3": {"weeks_of_pain": None},
        "I4": {"weeks_of_care": 0},
    }
    for number, without in missing.items():
        assert [key for key, one in needs(**without).items() if not one.is_present] == [number]


def test_too_short_a_time_is_on_record_and_the_figure_asked_for_stands_beside_it():
    found = needs(weeks_of_pain=2, weeks_of_care=1)
    assert found["I3"].is_present and found["I3"].detail == "2 weeks; payers ask for 4 or more"
    assert found["I4"].detail == "1 week with a result; payers ask for 4 or more"


@pytest.mark.parametrize(
    ("concordant", "said"),
    [
        ("yes", "imaging is concordant"),
        ("no", "imaging is not concordant"),
        ("unclear", "concordance is unclear"),
        ("", "no imaging recorded"),
    ],
)
def test_imaging_is_said_as_it_is(concordant, said):
    assert needs(concordant=concordant)["I1"].detail == said


def episode(*courses, other: int | None = None, following: int | None = None) -> Episode:
    injections = [("cervical", DAY_0)]
    injections += [("thoracic", DAY_0 + timedelta(days=other))] if other is not None else []
    injections += [("cervical", DAY_0 + timedelta(days=following))] if following is not None else []
    return Episode(
        case_id="x",
        region="cervical",
        injected_on=DAY_0,
        is_performed=True,
        is_diagnostic=False,
        marks=(),
        before=None,
        after=(),
        injections=tuple(injections),
        steroid_courses=tuple(
            (DAY_0 + timedelta(days=first), None if last is None else DAY_0 + timedelta(days=last))
            for first, last in courses
        ),
    )


@pytest.mark.parametrize(
    ("course", "as_of_day", "is_flagged"),
    [
        ((3, 8), 10, True),
        ((3, 8), 2, False),  # no rule looks ahead
        ((-8, -1), 10, False),
        ((-8, 0), 10, True),
        ((-8, None), 10, True),
        ((12, None), 10, False),
    ],
)
def test_a_course_of_steroids_within_the_episode_confounds_it(course, as_of_day, is_flagged):
    assert episode(course).is_confounded(as_of_day=as_of_day) is is_flagged


def test_a_course_after_the_next_injection_is_not_this_episodes():
    assert not episode((25, 30), following=20).is_confounded(as_of_day=40)
    assert episode((19, 30), following=20).is_confounded(as_of_day=40)


def test_confounders_are_named():
    assert episode((3, 4), other=5).confounders(as_of_day=9) == (Confounder.OTHER_REGION, Confounder.STEROIDS)
    operated = replace(episode(), surgeries=(DAY_0 + timedelta(days=6),))
    assert operated.confounders(as_of_day=9) == (Confounder.SURGERY,)
    assert episode().confounders(as_of_day=9) == ()
