"""Which sentences a clinic may word, and what a wording has to keep."""

from __future__ import annotations

import pytest

from tracker.content.calling import CALLING
from tracker.content.course import COURSE
from tracker.content.editable import (
    LONGEST,
    MOST_ADDED,
    TEXTS,
    InvalidWording,
    NotEditable,
    checked,
    gaps,
    laid_over,
    sentences,
)
from tracker.content.leaves import leaves

SIGNS = CALLING["en"].emergency.signs


def test_what_is_measured_is_nobodys_to_word():
    names = {name for key in TEXTS for name in sentences(key, "en")}
    assert names and not {name for name in names if name.startswith(("diary.", "forms."))}
    measured = ("diary.pain.today", "forms.peg.items.pain.today")
    for name in (*measured, "calling.version", "calling.nothing", "course"):
        with pytest.raises(NotEditable):
            checked(name, "en", "Other words")


def test_an_empty_wording_is_the_shipped_one_and_never_an_empty_sign():
    own = {"calling.emergency.signs.0": checked("calling.emergency.signs.0", "en", "  \n ")}
    assert laid_over("calling", CALLING["en"], own, version="a" * 32).emergency.signs == SIGNS


def test_a_sign_is_worded_and_others_are_added_behind():
    end = len(SIGNS)
    own = {"calling.emergency.signs.0": "Weak arm", f"calling.emergency.signs.{end}": "Cold hand"}
    said = laid_over("calling", CALLING["en"], own, version="a" * 32)
    assert said.emergency.signs == ("Weak arm", *SIGNS[1:], "Cold hand")
    assert said.today == CALLING["en"].today
    room = [name for name, text in sentences("calling", "en").items() if not text]
    assert len(room) == 3 * MOST_ADDED and f"calling.emergency.signs.{end}" in room


def test_advice_in_other_words_is_another_version():
    said = laid_over("calling", CALLING["en"], {"calling.usual.note": "Ask"}, version="abcdef0123")
    assert said.version == f"{CALLING['en'].version} abcdef01"
    same = laid_over("calling", CALLING["en"], {"course.flare": "Ask"}, version="abcdef0123")
    assert same == CALLING["en"]


def test_a_course_is_worded_by_the_names_of_its_sentences():
    said = laid_over("course", COURSE["en"], {"course.phases.onset.name": "It begins"}, version="a" * 32)
    changed = {name for name, text in leaves(said).items() if text != leaves(COURSE["en"])[name]}
    assert changed == {"phases.onset.name"}


@pytest.mark.parametrize(
    ("name", "text", "problem"),
    [
        ("course.messages.points_lower", "Lower than before.", "Keep the gaps as they are: {points}."),
        ("course.messages.points_lower", "{points} or {day} lower.", "Keep the gaps"),
        ("course.messages.points_lower", "{points!r} lower.", "Keep the gaps"),
        ("course.messages.points_lower", "{points:>99999999} lower.", "Keep the gaps"),
        ("course.messages.points_lower", "{points.__class__} lower.", "Keep the gaps"),
        ("course.messages.points_lower", "{points} {lower.", "Keep the gaps"),
        ("course.flare", "Call {0} us", "Leave out { and }"),
        ("course.flare", "x" * (LONGEST + 1), f"Keep it to {LONGEST} letters"),
    ],
)
def test_what_the_product_fills_in_stays_where_it_is(name, text, problem):
    with pytest.raises(InvalidWording, match=problem.replace("{", r"\{").replace("}", r"\}")):
        checked(name, "en", text)


def test_a_wording_is_one_paragraph():
    assert checked("course.flare", "en", " Call  us\n today. ") == "Call us today."
    assert gaps("{points} and {direction}") == {"points", "direction"}
