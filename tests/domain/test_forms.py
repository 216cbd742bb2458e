from fractions import Fraction

import pytest

from tracker.domain.attention import Level
from tracker.domain.forms import (
    SIGNS,
    Answer,
    Form,
    InvalidAnswer,
    level_of,
    minutes_of,
    peg_score,
    read_answer,
)


def test_an_answer_is_read_in_the_order_of_its_questions():
    read = read_answer("peg", {"activity": 3, "pain": 5, "enjoyment": 4})
    assert read == Answer(Form.PEG, {"pain": 5, "enjoyment": 4, "activity": 3})
    assert peg_score(read.said) == Fraction(4)


def test_none_of_the_signs_is_an_answer():
    read = read_answer("check", {"signs": []})
    assert read.said == {"signs": []} and level_of(read) is Level.NONE


@pytest.mark.parametrize("sign", SIGNS[Level.RED])
def test_one_sign_of_group_a_is_red_whatever_else_is_said(sign):
    assert level_of(read_answer("check", {"signs": ["fever", sign]})) is Level.RED


@pytest.mark.parametrize("sign", SIGNS[Level.ORANGE])
def test_a_sign_of_group_b_is_orange(sign):
    assert level_of(read_answer("check", {"signs": [sign], "rescue": False})) is Level.ORANGE


@pytest.mark.parametrize(("said", "level"), [(True, Level.BLUE), (False, Level.NONE)])
def test_a_yes_before_the_injection_waits_for_the_visit_and_is_no_danger(said, level):
    found = level_of(read_answer("question", {"yes": said}, part="has_infection"))
    assert found is level and not found.is_danger


def test_the_signs_of_a_check_are_kept_in_one_order_and_once():
    assert read_answer("check", {"signs": ["site", "fever", "site"]}).said["signs"] == ["fever", "site"]


@pytest.mark.parametrize(
    ("form", "said", "part", "item"),
    [
        ("weather", {}, "", "form"),
        ("peg", [], "", "said"),
        ("peg", {"pain": 5, "enjoyment": 4}, "", "activity"),
        ("peg", {"pain": 5, "enjoyment": 4, "activity": 11}, "", "activity"),
        ("peg", {"pain": 5, "enjoyment": 4, "activity": True}, "", "activity"),
        ("peg", {"pain": 5, "enjoyment": 4, "activity": 3, "mood": 1}, "", "said"),
        ("peg", {"pain": 5, "enjoyment": 4, "activity": 3}, "neck", "part"),
        ("pgic", {"change": 0}, "", "change"),
        ("pgic", {"change": "1"}, "", "change"),
        ("check", {}, "", "signs"),
        ("check", {"signs": "fever"}, "", "signs"),
        ("check", {"signs": [1]}, "", "signs"),
        ("check", {"signs": ["tired"]}, "", "signs"),
        ("check", {"signs": [], "rescue": 1}, "", "rescue"),
        ("check", {"signs": [], "words": "x" * 41}, "", "words"),
        ("check", {"signs": [], "words": ""}, "", "words"),
        ("reading", {"pain": 3}, "", "part"),
        ("reading", {"pain": 3}, "-5", "part"),
        ("reading", {"pain": 3}, "1441", "part"),
        ("reading", {"pain": 3}, "9" * 400, "part"),
        ("start", {}, "", "at"),
        ("start", {"at": "24:00"}, "", "at"),
        ("start", {"at": "9:10"}, "", "at"),
        ("start", {"at": "09:60"}, "", "at"),
        ("start", {"at": 910}, "", "at"),
        ("start", {"at": "09:10"}, "30", "part"),
        ("preparation", {"done": True}, "", "part"),
        ("preparation", {"done": True}, "x" * 41, "part"),
        ("question", {"yes": True}, "", "part"),
        ("question", {"yes": "no"}, "is_pregnant", "yes"),
        ("sugar", {"mg_dl": 7}, "", "mg_dl"),
    ],
)
def test_what_a_form_does_not_take_is_refused_by_the_item_at_fault(form, said, part, item):
    with pytest.raises(InvalidAnswer) as refused:
        read_answer(form, said, part=part)
    assert refused.value.item == item and str(refused.value).endswith(".")


@pytest.mark.parametrize("at", ["00:00", "09:10", "23:59"])
def test_when_an_injection_was_is_a_time_of_day(at):
    assert read_answer("start", {"at": at}).said == {"at": at}


@pytest.mark.parametrize(("part", "minutes"), [("before", None), ("030", 30), ("240", 240)])
def test_a_reading_is_filed_under_its_minutes(part, minutes):
    assert minutes_of(read_answer("reading", {"pain": 3}, part=part).part) == minutes
