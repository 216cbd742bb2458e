"""From an episode's facts to what a worklist shows: which rules apply when."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tracker.domain.attention import Level
from tracker.domain.case_file import read_cases
from tracker.domain.episode import SCHEDULED, UNCONFIRMED, Episode, judge
from tracker.domain.progress import as_json, assess
from tracker.domain.track import DayMark, Timing

ON = date(2026, 5, 10)
BASELINE = tuple(DayMark(day, 7, None) for day in range(-7, 0))


def episode(*marks: DayMark, **changes: object) -> Episode:
    facts = Episode(
        case_id="x",
        region="cervical",
        injected_on=ON,
        is_performed=True,
        is_diagnostic=False,
        marks=BASELINE + marks,
        before=None,
        after=(),
        injections=(("cervical", ON),),
    )
    return replace(facts, **changes)


def on_day(day: int) -> date:
    return ON + timedelta(days=day)


def days(scores: dict[int, int]) -> tuple[DayMark, ...]:
    return tuple(DayMark(day, score, None) for day, score in scores.items())


def test_the_case_that_is_kept_replays_to_the_figures_that_are_kept():
    judged = judge(episode(*days(dict.fromkeys(range(1, 15), 3))), today=on_day(14))
    (case,), _ = read_cases(json.dumps([judged.case]))
    assert as_json(assess(case.diary, as_of_day=case.as_of_day)) == judged.result


@pytest.mark.parametrize(("day", "label"), [(-3, SCHEDULED), (0, UNCONFIRMED), (4, UNCONFIRMED)])
def test_before_somebody_says_that_it_was_done_there_is_only_the_baseline(day, label):
    judged = judge(episode(is_performed=False, injections=()), today=on_day(day))
    assert (judged.label, judged.result) == (label, None)
    assert judged.level is (Level.NONE if day < 0 else Level.GREY)


def test_days_after_the_next_injection_are_not_this_episodes():
    twice = (("cervical", ON), ("cervical", on_day(10)))
    judged = judge(
        episode(*days(dict.fromkeys(range(1, 10), 4) | dict.fromkeys(range(11, 15), 1)), injections=twice),
        today=on_day(14),
    )
    assert (judged.label, judged.last_day, judged.last_pain, judged.change) == (
        "censored_by_injection",
        9,
        4,
        -3,
    )


@pytest.mark.parametrize(("region_day", "is_confounded"), [(5, True), (-5, False), (12, False)])
def test_another_region_confounds_only_within_the_episode(region_day, is_confounded):
    both = (("cervical", ON), ("thoracic", on_day(region_day)))
    judged = judge(episode(*days({1: 6}), injections=both), today=on_day(10))
    assert judged.is_confounded is is_confounded


@pytest.mark.parametrize(
    ("day", "as_of", "is_confounded"), [(20, 19, False), (20, 20, True), (20, 40, True), (-1, 40, False)]
)
def test_surgery_confounds_from_its_day_on(day, as_of, is_confounded):
    assert episode(surgeries=(on_day(day),)).is_confounded(as_of_day=as_of) is is_confounded


def test_surgery_after_the_read_out_leaves_the_label_and_censors_what_comes_later():
    """The worked case: surgery on day 20, the label of day 14 stays."""
    scored = days(dict.fromkeys(range(1, 21), 3) | dict.fromkeys(range(21, 31), 9))
    untouched = judge(episode(*scored), today=on_day(20))
    closed = episode(*scored, closed_on=on_day(20), surgeries=(on_day(20),))
    judged = judge(closed, today=on_day(30))
    assert (judged.label, judged.is_confounded) == (untouched.label, True) == ("responder", True)
    assert (judged.last_day, judged.last_pain) == (20, 3)


def test_surgery_that_ended_another_regions_episode_confounds_this_one_and_cuts_nothing():
    scored = days(dict.fromkeys(range(1, 17), 3))
    alone, beside = episode(*scored), episode(*scored, surgeries=(on_day(5),))
    judged = judge(beside, today=on_day(16))
    assert judged.is_confounded
    assert judged.result == judge(alone, today=on_day(16)).result


def test_an_infection_is_watched_for_after_a_diagnostic_injection_too():
    sore = [DayMark(day, None, score) for day, score in ((1, 1), (2, 1), (3, 6))]
    judged = judge(episode(*sore, is_diagnostic=True), today=on_day(3))
    assert judged.label == "diagnostic:insufficient_data"
    assert (judged.level, judged.reasons) == (Level.ORANGE, ("soreness_rising",))


def test_what_is_recalled_or_from_a_wrong_clock_is_never_the_last_score():
    late = DayMark(4, 5, None, Timing.LATE)
    judged = judge(episode(late, DayMark(5, 2, None, Timing.RECALLED)), today=on_day(6))
    assert (judged.last_day, judged.last_pain) == (4, 5)


@pytest.mark.parametrize(("rescue", "result"), [(False, "positive"), (True, "not_assessable")])
def test_a_pain_reliever_makes_a_block_unjudgeable(rescue, result):
    block = episode(is_diagnostic=True, before=8, after=((15, 1), (30, 1)), rescue=rescue)
    assert judge(block, today=ON).label == f"diagnostic:{result}"
