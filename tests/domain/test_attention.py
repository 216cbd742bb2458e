"""Alerts that the scores alone give."""

from __future__ import annotations

import pytest

from tests.domain.cases import diary, vectors
from tracker.domain.attention import Attention, Level, attention, soreness_attention
from tracker.domain.diary import EpisodeDiary
from tracker.domain.progress import assess


def found(case: EpisodeDiary, day: int) -> Attention:
    return attention(assess(case, as_of_day=day), day=day, diary=case)


@pytest.mark.parametrize(
    ("name", "level", "reasons"),
    [
        ("E1 Textbook responder", Level.NONE, ()),
        ("E7 Non-responder", Level.BLUE, ("non_responder",)),
        ("E6 Partial (30-49%)", Level.BLUE, ("partial_responder",)),
        ("E8 Transient: good week 1, lost by day 14", Level.BLUE, ("non_responder", "relief_lost")),
        ("E9 Worsening", Level.ORANGE, ("pain_up", "no_onset")),
        ("E24 Relief lost at day 61", Level.BLUE, ("relief_lost",)),
        ("E29 Day 4, nothing yet", Level.NONE, ()),
        ("E30 Day 8, nothing yet", Level.GREY, ("no_onset",)),
        ("E38 No entries after day 1", Level.GREY, ("silent",)),
        ("Soreness rises after day 2", Level.ORANGE, ("soreness_rising",)),
        (
            "Worsened at day 14 after an anaesthetic response",
            Level.ORANGE,
            ("pain_up", "worsened"),
        ),
        ("Day-14 window empty", Level.NONE, ()),
    ],
)
def test_the_alerts_of_a_worked_case(name, level, reasons):
    case = next(case for case, _ in vectors() if case.name in (name, f"E12 {name}"))
    assert found(case.diary, case.as_of_day) == Attention(level, reasons)


def test_pain_is_up_from_day_4_where_two_of_the_last_three_entries_are_two_points_higher():
    assert found(diary({1: 9, 2: 9, 3: 9}), 3).level == Level.NONE
    assert found(diary({1: 6, 2: 9, 3: 6, 4: 9}), 4).reasons == ("pain_up",)
    assert found(diary({1: 9, 2: 9, 3: 6, 4: 6}), 4).level == Level.NONE
    assert found(diary({1: 8, 2: 8, 3: 8, 4: 8}), 4).level == Level.NONE


def test_pain_is_up_from_a_low_baseline_as_well():
    assert found(diary({3: 4, 4: 4}, baseline=2), 4) == Attention(Level.ORANGE, ("pain_up",))


def test_no_onset_is_told_from_day_6_until_the_read_out():
    steady = diary(dict.fromkeys(range(1, 20), 7))
    assert found(steady, 5).level == Level.NONE
    assert found(steady, 6).reasons == ("no_onset",)
    assert found(steady, 13).reasons == ("no_onset",)
    assert found(steady, 14).reasons == ("non_responder",)


def test_no_onset_is_told_on_while_there_is_no_read_out():
    thin = diary({3: 8, 8: 8, 14: 7})
    assert found(thin, 15).reasons == ("no_onset",)
    assert found(thin, 20).reasons == ("no_onset",)


def test_silence_is_told_from_the_third_day_until_the_read_out():
    quiet = diary({1: 4, 2: 4})
    assert found(quiet, 4).level == Level.NONE
    assert found(quiet, 5).reasons == ("silent",)
    assert found(quiet, 13).reasons == ("silent",)
    assert found(quiet, 14).level == Level.NONE


def test_silence_is_told_without_a_baseline():
    assert found(EpisodeDiary({}, {}), 3) == Attention(Level.GREY, ("silent",))


def test_an_episode_that_has_ended_asks_for_nothing():
    ended = diary(dict.fromkeys(range(1, 17), 7), next_injection_day=18)
    assert found(ended, 17).reasons == ("non_responder",)
    assert found(ended, 18) == Attention(Level.NONE, ())


def test_scores_alone_never_give_a_red_alert():
    assert all(found(case.diary, case.as_of_day).level < Level.RED for case, _ in vectors())


def test_the_level_is_that_of_the_first_reason():
    both = diary({1: 7, 2: 9, 3: 9, 6: 9, 7: 9}, soreness={0: 1, 4: 5})
    assert found(both, 7) == Attention(Level.ORANGE, ("soreness_rising", "pain_up", "no_onset"))


@pytest.mark.parametrize(
    ("flag", "level"),
    [("rising_check_infection", Level.ORANGE), ("review", Level.NONE), ("no_data", Level.NONE)],
)
def test_soreness_alone_asks_for_somebody_where_it_may_be_an_infection(flag, level):
    assert soreness_attention(flag).level is level
