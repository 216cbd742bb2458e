"""The texts of the plan: plain, complete for every step that can be laid out, and without a drug's name."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from tests.content.reading import grade
from tracker.content.care import ENGLISH
from tracker.content.leaves import leaves
from tracker.domain.care import CareFigures, CarePlan
from tracker.domain.care_steps import Part, Procedure, lay_out
from tracker.domain.procedure import Region
from tracker.web.care_words import GAPS, text_of

OWN_GAPS = {
    "moment": {"time", "date"},
    "midnight": {"date"},
    "mg_dl": {"figure"},
    "span": {"first", "last"},
    "span_one": {"last"},
}
SENTENCES = [
    (name, sentence)
    for name, text in leaves(ENGLISH).items()
    for sentence in (text, *re.split(r"(?<=[.?!])\s+", text))
]


@pytest.mark.parametrize(("name", "sentence"), SENTENCES)
def test_every_sentence_can_be_read_after_six_years_of_school(name, sentence):
    assert grade(re.sub(r"\{\w+\}", "3", sentence)) <= 6


@pytest.mark.parametrize(("name", "text"), leaves(ENGLISH).items())
def test_every_gap_of_a_text_is_one_that_is_filled(name, text):
    assert set(re.findall(r"\{(\w+)\}", text)) <= OWN_GAPS.get(name, GAPS)


def plans():
    """Every choice that leads to another wording."""
    on, zone = date(2026, 6, 3), ZoneInfo("UTC")
    choices = product([None, 0, 6], [None, 2], [None, time(8)], ["", "as told"], [None, on], [True, False])
    for food, drinks, at, thinner, planned_for, both in choices:
        figures = CareFigures(
            fasting_hours=food,
            clear_fluids_hours=drinks,
            visit_minutes=90 if both else None,
            company_hours=4 if both else 0,
            sugar_limit=300 if drinks else None,
        )
        care = CarePlan(
            figures=figures,
            planned_for=planned_for or date(2026, 6, 1),
            arrive_at=at,
            needs_driver=both,
            is_diabetic=both,
            pain_relievers=thinner,
            thinner_plan=thinner,
            thinner_last_dose_at=datetime(2026, 5, 28, 20) if both and thinner else None,
            thinner_restart_at=datetime(2026, 6, 4, 20) if both and thinner else None,
        )
        for region, is_block in product([*Region, "lumbar", "unheard of"], [True, False]):
            procedure = Procedure(region=region, is_block=is_block, is_numbed=both)
            yield lay_out(care, injected_on=on, zone=zone, procedure=procedure)


def test_every_step_has_a_text_and_every_text_a_step():
    used = set()
    for plan in plans():
        for step in plan.steps:
            used.add(id(text_of(step, ENGLISH)))
    assert {id(text) for text in ENGLISH.steps.values()} == used


def test_every_part_and_every_question_has_its_words():
    assert set(ENGLISH.parts) == {part.value for part in Part}
    asked = {one.key for plan in plans() for one in plan.questions}
    always = {
        one.key for one in lay_out(CarePlan(), injected_on=date(2026, 6, 3), zone=ZoneInfo("UTC")).questions
    }
    assert asked | always == set(ENGLISH.questions)


def test_no_text_names_a_blood_thinner_but_the_one_that_everybody_has_at_home():
    said = " ".join(leaves(ENGLISH).values()).lower()
    for drug in (
        "warfarin",
        "clopidogrel",
        "apixaban",
        "rivaroxaban",
        "heparin",
        "eliquis",
        "xarelto",
        "plavix",
    ):
        assert drug not in said
