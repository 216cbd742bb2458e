"""The assessment against worked cases, to the last decimal."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from typing import get_type_hints

import pytest

from tests.domain.cases import diary, vector_params, vectors
from tracker.domain.assessment import FIELDS, Assessment
from tracker.domain.diary import EpisodeDiary
from tracker.domain.labels import (
    BaselineQuality,
    Confidence,
    DurabilityState,
    Immediate,
    Label,
    PayerTest,
    Subtype,
)
from tracker.domain.progress import BeforeInjection, as_json, assess, baseline_so_far
from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.domain.track import DayMark, Timing


@pytest.mark.parametrize(("case", "expected"), vector_params())
def test_a_worked_case_gives_its_expected_assessment(case, expected):
    found = as_json(assess(case.diary, as_of_day=case.as_of_day))
    # As text, so that order, spelling and the kind of number count as well.
    assert json.dumps(found) == json.dumps(expected)


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("label", Label),
        ("baseline_quality", BaselineQuality),
        ("confidence", Confidence),
        ("subtype", Subtype),
        ("immediate", Immediate),
        ("durability_state", DurabilityState),
        ("payer_3month", PayerTest),
    ],
)
def test_every_word_of_an_assessment_is_produced_by_a_worked_case(field, words):
    produced = {expected[field] for _, expected in vectors()} - {None}
    assert produced == {word.value for word in words}


def test_every_flare_and_soreness_flag_is_produced_by_a_worked_case():
    def kinds(field):
        flags = {expected[field] for _, expected in vectors()} - {None}
        return {re.sub(r"\(.*d[0-9-]+\)", "(days)", flag) for flag in flags}

    assert kinds("flare") == {
        "flare(days)",
        "flare_ongoing",
        "prolonged_increase",
        "flare_end_unknown",
        "not_assessable(ceiling)",
    }
    assert kinds("soreness") == {
        "no_data",
        "as_expected",
        "longer_than_usual(days)",
        "review",
        "rising_check_infection",
    }


def test_the_fields_are_those_of_a_case_file_in_its_order():
    assert all(tuple(expected) == FIELDS for _, expected in vectors())
    assert tuple(get_type_hints(Assessment)) == FIELDS


def test_before_the_injection_there_is_only_the_baseline_so_far():
    collecting = EpisodeDiary({-7: 6, -6: 8, -5: 7, -4: 7}, {}, before=2)
    with pytest.raises(BeforeInjection, match="Day -1 is before the injection"):
        assess(collecting, as_of_day=-1)
    so_far = baseline_so_far(collecting, as_of_day=-5)
    assert (so_far.mean, so_far.quality, so_far.n) == (7, "good", 3)
    early = baseline_so_far(collecting, as_of_day=-6)
    assert (early.mean, early.quality, early.n) == (7, "limited", 2)
    assert baseline_so_far(collecting, as_of_day=-9).mean is None


def test_the_day_of_the_injection_and_the_days_after_stay_out_of_the_baseline():
    mixed = EpisodeDiary({-8: 1, -3: 6, -2: 6, -1: 6, 0: 10, 1: 10}, {}, before=10)
    assert assess(mixed, as_of_day=1).baseline == 6


def test_one_injection_right_now_is_no_baseline_reading_where_three_days_are_scored():
    assert assess(diary({}, before=7), as_of_day=0).baseline_n == 7
    scored = EpisodeDiary({-3: 6, -2: 6, -1: 6}, {}, before=9)
    assert assess(scored, as_of_day=0).baseline == 6


@pytest.mark.parametrize(
    ("marks", "label"),
    [
        ([DayMark(d, 3, None, Timing.RECALLED) for d in range(12, 17)], Label.NO_READOUT),
        ([DayMark(d, 3, None, Timing.UNCERTAIN) for d in range(12, 17)], Label.NO_READOUT),
        ([DayMark(d, 3, None, Timing.LATE) for d in range(12, 17)], Label.DELAYED_RESPONDER),
    ],
    ids=["recalled", "clock uncertain", "late"],
)
def test_only_live_and_late_entries_are_scored(marks, label):
    baseline = [DayMark(d, 7, None) for d in (-3, -2, -1)]
    before_12 = [DayMark(d, 7, None) for d in range(1, 12)]
    found = EpisodeDiary.from_marks([*baseline, *before_12, *marks])
    assert assess(found, as_of_day=16).label == label


def test_soreness_and_right_now_never_enter_the_pain_rules():
    plain = diary({1: 6, 2: 5, 3: 4, 4: 4})
    noisy = diary({1: 6, 2: 5, 3: 4, 4: 4}, soreness={1: 10, 4: 10}, before=7)
    found = [assess(one, as_of_day=4) for one in (plain, noisy)]
    assert found[0].label == found[1].label
    assert found[0].onset_day == found[1].onset_day


def test_an_episode_that_was_closed_before_the_next_injection_is_not_censored_by_it():
    closed = diary({1: 6, 2: 4, 3: 4}, closed_day=5, next_injection_day=20)
    found = assess(closed, as_of_day=30)
    assert (found.evaluated_to_day, found.label) == (5, Label.ON_TRACK)


def test_percent_relief_below_the_baseline_is_negative_and_not_clipped():
    found = assess(diary(dict.fromkeys(range(1, 17), 10), baseline=4), as_of_day=16)
    assert found.percent_relief == -150


def test_other_rules_give_another_label():
    strict = RuleSet(version="strict", substantial_percent=60, borderline_percent=1)
    scores = dict.fromkeys(range(1, 17), 3)
    assert assess(diary(scores), as_of_day=16, rules=ESI_RULES).label == Label.RESPONDER
    assert assess(diary(scores), as_of_day=16, rules=strict).label == Label.PARTIAL_RESPONDER


def test_a_tie_is_rounded_up_in_a_file():
    corrected = diary({1: 4}, baseline_override=Fraction(400005, 100000))
    assert as_json(assess(corrected, as_of_day=1))["baseline"] == 4.0001
