"""What a patient reads: a text for every label, and never the label itself."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.domain.cases import diary, vectors
from tracker.domain.diary import EpisodeDiary
from tracker.domain.labels import DurabilityState, Label
from tracker.domain.progress import assess
from tracker.domain.wording import (
    MESSAGES,
    RELIEF,
    MessageKey,
    PatientMessage,
    ReliefKey,
    ReliefMessage,
    patient_message,
    reasons_to_call,
    relief_message,
)


def test_no_label_is_without_a_text():
    assert set(MESSAGES) == set(Label)


def test_every_text_but_the_advice_belongs_to_a_label():
    assert set(MESSAGES.values()) == set(MessageKey) - {MessageKey.RED_FLAG_ADVICE}


def test_no_key_tells_a_label():
    words = {"responder", "worsen", "fading", "baseline", "transient", "censored"}
    assert not [key for key in MessageKey for word in words if word in key.value]


def _found(case):
    return patient_message(assess(case.diary, as_of_day=case.as_of_day), case.diary)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("E1 Textbook responder", PatientMessage(MessageKey.POINTS_LOWER, Fraction(21, 5), "lower")),
        ("E6 Partial (30-49%)", PatientMessage(MessageKey.POINTS_LOWER, Fraction(14, 5), "lower")),
        ("E7 Non-responder", PatientMessage(MessageKey.TALK_TO_US, None, "same")),
        ("E9 Worsening", PatientMessage(MessageKey.TALK_TO_US, None, "higher")),
        ("E15 No baseline at all", PatientMessage(MessageKey.NOT_ENOUGH_SCORES)),
        ("E30 Day 8, nothing yet", PatientMessage(MessageKey.UP_TO_TWO_WEEKS)),
        ("E31 Day 3, still in flare", PatientMessage(MessageKey.STILL_EARLY, flare=True)),
        ("E33 Soreness long", PatientMessage(MessageKey.LOWER_THAN_BEFORE, None, "lower")),
        ("Late responder: relief from day 26", PatientMessage(MessageKey.POINTS_LOWER, Fraction(4), "lower")),
        ("Worsened from a baseline of 9", PatientMessage(MessageKey.TALK_TO_US, None, "higher")),
        ("Early relief fades", PatientMessage(MessageKey.TALK_TO_US, None, "same")),
    ],
)
def test_the_text_of_a_worked_case(name, message):
    case = next(case for case, _ in vectors() if case.name == name)
    assert _found(case) == message


def test_a_figure_is_given_with_the_points_text_alone():
    found = [_found(case) for case, _ in vectors()]
    assert all((one.points is not None) == (one.key == MessageKey.POINTS_LOWER) for one in found)
    assert all(one.points > 0 for one in found if one.points is not None)


def test_a_red_flag_leaves_nothing_but_the_advice():
    for case, _ in vectors():
        found = patient_message(assess(case.diary, as_of_day=case.as_of_day), case.diary, red_flag=True)
        assert found == PatientMessage(MessageKey.RED_FLAG_ADVICE)


def test_the_reasons_to_call_are_those_of_the_warning_signs():
    reasons = ("soreness_rising", "pain_up", "non_responder", "relief_lost", "no_onset", "silent")
    assert reasons_to_call(reasons) == ("soreness_rising", "pain_up")


def test_a_flare_that_lasts_past_its_days_is_not_called_usual():
    rising = diary(dict.fromkeys(range(1, 9), 9), baseline=5)
    assert patient_message(assess(rising, as_of_day=7), rising).flare
    assert not patient_message(assess(rising, as_of_day=8), rising).flare


def _told(scores: dict[int, int], *, as_of_day: int) -> PatientMessage:
    diary = EpisodeDiary({-3: 7, -2: 7, -1: 7} | scores, {})
    return patient_message(assess(diary, as_of_day=as_of_day), diary)


def test_relief_that_turned_into_more_pain_is_told_as_higher():
    assert _told({1: 4, 2: 4, 5: 10, 6: 10, 7: 10}, as_of_day=7).direction == "higher"


@pytest.mark.parametrize(
    ("latest", "direction"), [(9, "higher"), (8, "higher"), (7, "same"), (6, "lower"), (5, "lower")]
)
def test_relief_that_was_lost_is_not_told_by_its_better_days(latest, direction):
    told = _told(dict.fromkeys(range(1, 31), 2) | dict.fromkeys(range(31, 41), latest), as_of_day=40)
    assert told == PatientMessage(MessageKey.TALK_TO_US, None, direction)


def test_relief_that_lasts_is_told_in_points():
    told = _told(dict.fromkeys(range(1, 31), 2), as_of_day=40)
    assert told == PatientMessage(MessageKey.POINTS_LOWER, Fraction(5), "lower")


@pytest.mark.parametrize(("score", "direction"), [(6, "same"), (7, "same"), (8, "higher")])
def test_less_than_a_point_from_before_is_about_the_same(score, direction):
    assert _told(dict.fromkeys(range(1, 17), score), as_of_day=16).direction == direction


# --- Success over time -----------------------------------------------------------------------------

BEFORE = dict.fromkeys(range(-3, 0), 8)


def relief_of(scores, *, as_of_day):
    return relief_message(assess(diary(BEFORE | scores), as_of_day=as_of_day))


def test_every_end_of_relief_has_a_text():
    assert set(RELIEF) == set(DurabilityState)


def test_relief_that_goes_on_is_counted_in_days():
    low = dict.fromkeys(range(3, 21), 2)
    assert relief_of(low, as_of_day=20) == ReliefMessage(ReliefKey.GOES_ON, 18, 3, 20)


def test_relief_that_was_lost_says_until_when():
    scores = dict.fromkeys(range(3, 21), 2) | dict.fromkeys(range(21, 29), 8)
    assert relief_of(scores, as_of_day=28) == ReliefMessage(ReliefKey.HIGHER_AGAIN, 18, 3, 20)


def test_one_higher_score_is_not_yet_clear():
    scores = dict.fromkeys(range(3, 21), 2) | {28: 8}
    assert relief_of(scores, as_of_day=28).key == ReliefKey.NOT_YET_CLEAR


def test_missing_scores_are_named_and_nothing_is_made_up():
    low = dict.fromkeys(range(3, 21), 2)
    assert relief_of(low, as_of_day=60) == ReliefMessage(ReliefKey.SCORES_MISSING, 18, 3, 20)


def test_before_the_read_out_and_without_relief_nothing_is_said():
    assert relief_of(dict.fromkeys(range(3, 14), 2), as_of_day=13) is None
    assert relief_of(dict.fromkeys(range(3, 21), 8), as_of_day=20) is None


def test_late_relief_says_that_it_took_longer():
    scores = dict.fromkeys(range(1, 24), 8) | dict.fromkeys(range(24, 34), 2)
    assert relief_of(scores, as_of_day=33).is_late
