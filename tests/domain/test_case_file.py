"""Case files: read back what was written, and name what cannot be read."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.cases import vectors
from tracker.domain.case_file import Case, read_cases, rules_in, write_case
from tracker.domain.diary import EpisodeDiary
from tracker.domain.ruleset import ESI_RULES, RuleSet

GOOD = {"id": "good", "as_of_day": 3, "daily_average": {"-1": 7, "1": 5}}

scores = st.integers(0, 10)
by_day = st.dictionaries(st.integers(-7, 365), scores, max_size=20)
diaries = st.builds(
    EpisodeDiary,
    pain=by_day,
    soreness=by_day,
    before=st.none() | scores,
    after=st.lists(st.tuples(st.integers(0, 600), scores), max_size=4).map(tuple),
    next_injection_day=st.none() | st.integers(1, 365),
    closed_day=st.none() | st.integers(0, 365),
    baseline_override=st.none() | st.fractions(0, 10, max_denominator=105),
)


@settings(deadline=None, max_examples=60)
@given(diaries, st.integers(0, 400))
def test_what_is_written_reads_back_the_same(diary, as_of_day):
    text = json.dumps([write_case("a", "A name", diary, as_of_day)])
    assert read_cases(text) == ([Case("a", "A name", diary, as_of_day)], [])


def test_a_worked_case_is_written_as_it_was_read():
    for case, _ in vectors():
        text = json.dumps([write_case(case.id, case.name, case.diary, case.as_of_day)])
        assert read_cases(text) == ([case], [])


def test_rules_of_their_own_travel_with_a_case():
    rules = RuleSet(version="ours 3", readout_day=13, asked_weekdays=(0, 3))
    written = write_case("a", "A", EpisodeDiary({1: 5}, {}), 3, rules=rules)
    assert written["rules"] == {"version": "ours 3", "readout_day": 13, "asked_weekdays": [0, 3]}
    (case,), errors = read_cases(json.dumps([written]))
    assert (case.rules, errors) == (rules, [])
    assert rules_in(written) == rules


def test_a_case_by_the_default_rules_says_nothing_of_them():
    written = write_case("a", "A", EpisodeDiary({1: 5}, {}), 3)
    assert "rules" not in written
    assert rules_in(written) is ESI_RULES


def test_optional_keys_may_be_absent():
    cases, errors = read_cases(json.dumps([GOOD]))
    assert errors == []
    assert cases == [Case("good", "good", EpisodeDiary({-1: 7, 1: 5}, {}), 3)]


@pytest.mark.parametrize(("given", "read"), [(2.9, "29/10"), (5, "5"), ("16/3", "16/3"), ("5.50", "11/2")])
def test_a_corrected_baseline_is_read_exactly(given, read):
    (case,), _ = read_cases(json.dumps([{**GOOD, "baseline_override": given}]))
    assert case.diary.baseline_override == Fraction(read)


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"daily_average": {"1": 11}}, "daily_average of day 1 is 11; give a whole number from 0 to 10."),
        ({"daily_average": {"1": 3.5}}, "daily_average of day 1 is 3.5; give a whole number"),
        ({"daily_average": {"1": True}}, "daily_average of day 1 is True; give a whole number"),
        ({"daily_average": {"1": None}}, "daily_average of day 1 is empty; give a whole number"),
        ({"daily_average": {"1": "7"}}, "without quotation marks"),
        ({"daily_average": {"1.5": 7}}, "has the day '1.5'; a day is a whole number"),
        ({"daily_average": {"01": 7}}, "has the day '01'"),
        ({"daily_average": [7, 7]}, "must be an object of days and scores"),
        ({"daily_average": None}, "must be an object of days and scores"),
        ({"soreness": {"0": -1}}, "soreness of day 0 is -1"),
        ({"soreness": 3}, "soreness must be an object"),
        ({"as_of_day": -1}, "as_of_day is -1; give a whole number from 0."),
        ({"as_of_day": 3.5}, "as_of_day is 3.5; give a whole number from 0."),
        ({"as_of_day": None}, "as_of_day is empty; give a whole number from 0."),
        ({"as_of_day": "3"}, "as_of_day is '3'; give a whole number from 0."),
        ({"next_injection_day": 0}, "next_injection_day is 0; give a whole number from 1."),
        ({"closed_day": -1}, "closed_day is -1; give a whole number from 0."),
        ({"pre_now": 12}, "pre_now is 12"),
        ({"post_now": [[30]]}, "post_now must be a list of [minutes, score]"),
        ({"post_now": 30}, "post_now must be a list of [minutes, score]"),
        ({"post_now": [[-1, 3]]}, "post_now has the minutes -1"),
        ({"post_now": [[30, 11]]}, "post_now is 11"),
        ({"rules": {}}, "rules must be an object of constants with their version"),
        ({"rules": {"version": "x", "tea": 1}}, "rules: tea is no constant"),
        ({"rules": {"version": "x", "late_days": "2"}}, "rules: late_days is '2'"),
        ({"baseline_override": "5/0"}, "baseline_override is '5/0'; give points from 0 to 10"),
        ({"baseline_override": 10.5}, "baseline_override is 10.5; give points from 0 to 10"),
        ({"baseline_override": True}, "baseline_override is True"),
        ({"name": 7}, "name must be a text"),
        ({"pain": {}}, "pain is not a known key; correct its spelling or remove it."),
    ],
)
def test_a_malformed_case_is_named_and_the_others_are_read(changed, problem):
    cases, errors = read_cases(json.dumps([{**GOOD, "id": "bad", **changed}, GOOD]))
    assert [case.id for case in cases] == ["good"]
    assert [error.id for error in errors] == ["bad"]
    assert problem in errors[0].problem


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (3, "case number 1: a case must be an object with the keys id, as_of_day, daily_average."),
        ({"as_of_day": 3}, "case number 1: id, daily_average is missing; add it."),
        ({**GOOD, "id": 7}, "case number 1: id must be a text; put it in quotation marks."),
        ({**GOOD, "id": ""}, "case number 1: id must be a text; put it in quotation marks."),
    ],
)
def test_a_case_without_an_id_is_named_by_its_place(row, problem):
    assert [str(error) for error in read_cases(json.dumps([row]))[1]] == [problem]


def test_an_id_that_comes_twice_is_read_once():
    cases, errors = read_cases(json.dumps([GOOD, GOOD]))
    assert len(cases) == 1
    assert str(errors[0]) == "good: this id appears twice; give each case its own."


@pytest.mark.parametrize(
    "text",
    ["", "{", '[{"id": "E1"', "[NaN]", "[" * 100_000, '[{"as_of_day": ' + "9" * 5000 + "}]", "\ufeff[]"],
    ids=["empty", "open", "truncated", "NaN", "nested", "a huge number", "byte order mark"],
)
def test_text_that_is_no_json_is_one_error(text):
    cases, errors = read_cases(text)
    assert (cases, len(errors)) == ([], 1)
    assert "not complete JSON" in str(errors[0])


def test_an_object_instead_of_a_list_is_one_error():
    assert [str(error) for error in read_cases('{"id": "E1"}')[1]] == [
        "file: the outermost value must be a list of cases: put [ ] around it."
    ]
