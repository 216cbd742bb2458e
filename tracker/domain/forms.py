"""Forms that a patient answers beside the diary: what each asks, which answers it takes, how it is scored.

The words stand in `content/forms.py`. An answer is one mapping, item to value; a later answer to the same
form, day and part stands for the earlier one, which is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple

from tracker.domain.attention import Level
from tracker.domain.saying import say
from tracker.domain.scales import SCORES


class Form(StrEnum):
    """Each form by its key, as it is stored and sent."""

    CHECK = "check"
    """Signs of danger, and rescue medicine (docs/evidence.md, sections 4.3 and 8.1)."""
    PEG = "peg"
    """PEG-3: average pain, enjoyment of life, general activity in the past week (Krebs 2009)."""
    PGIC = "pgic"
    """Patient global impression of change since the injection (public domain)."""
    READING = "reading"
    """Pain right now on the day of the injection; its part is the minutes after it, or `before`."""
    START = "start"
    """When the injection was, by the patient's clock, filed under its day: what "right now" counts from."""
    PREPARATION = "preparation"
    """One step of the preparation, done or not; its part is the step's key."""
    QUESTION = "question"
    """One of the questions before the injection that lead to a call; its part is the question's key."""
    SUGAR = "sugar"
    """Blood sugar of somebody with diabetes after the steroid (docs/evidence.md, section 4.1)."""


class InvalidAnswer(ValueError):
    """An answer that the form does not take; `item` says where, the message what to do."""

    def __init__(self, item: str, problem: str) -> None:
        super().__init__(problem)
        self.item = item


SIGNS: Mapping[Level, tuple[str, ...]] = {
    Level.RED: ("weakness", "bladder", "breathing", "sudden", "stiff_neck", "severe_pain"),
    Level.ORANGE: ("fever", "headache", "numbness", "site", "sugar", "worse_pain"),
}
"""Signs of group A (call the emergency number) and B (call the clinic today), docs/evidence.md 4.3, in the
order in which `content/calling.py` words them."""

PGIC_STEPS = range(1, 8)
"""1 very much improved, 4 no change, 7 very much worse (docs/evidence.md, section 6)."""

MG_DL = range(20, 1001)
"""What a meter shows; outside of it a number is mistyped."""

LAST_MINUTE = 24 * 60
BEFORE = "before"


class Item(NamedTuple):
    """One question of a form: the values it takes, and whether it may be left out."""

    takes: Any
    is_optional: bool = False


ITEMS: Mapping[Form, Mapping[str, Item]] = {
    Form.CHECK: {
        "signs": Item(frozenset(SIGNS[Level.RED] + SIGNS[Level.ORANGE])),
        "rescue": Item(bool, is_optional=True),
        "words": Item(str, is_optional=True),
    },
    Form.PEG: {name: Item(SCORES) for name in ("pain", "enjoyment", "activity")},
    Form.PGIC: {"change": Item(PGIC_STEPS)},
    Form.READING: {"pain": Item(SCORES), "rescue": Item(bool, is_optional=True)},
    Form.START: {"at": Item(time)},
    Form.PREPARATION: {"done": Item(bool)},
    Form.QUESTION: {"yes": Item(bool)},
    Form.SUGAR: {"mg_dl": Item(MG_DL)},
}
"""`words` of a check names the version of the advice that was shown with it; `at` is written HH:MM."""

LONGEST_WORDS, LONGEST_PART = 40, 40


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to one form."""

    form: Form
    said: Mapping[str, Any]
    part: str = ""


def read_answer(form: str, said: Any, *, part: str = "") -> Answer:
    """An answer that the form takes, in a settled order. Raises InvalidAnswer."""
    if form not in Form._value2member_map_:
        raise InvalidAnswer("form", say("This form is not known. Update the app, then send it again."))
    key = Form(form)
    if not isinstance(said, dict):
        raise InvalidAnswer("said", "Send an object: each question with its answer.")
    unknown = sorted(str(name) for name in said.keys() - ITEMS[key].keys())
    if unknown:
        raise InvalidAnswer("said", say("This form has no such question."))
    read = {}
    for name, item in ITEMS[key].items():
        if name in said:
            read[name] = _value(name, item, said[name])
        elif not item.is_optional:
            raise InvalidAnswer(name, say("Answer this question, too."))
    return Answer(key, read, _part(key, part))


def _value(name: str, item: Item, value: Any) -> Any:
    match item.takes:
        case frozenset() as known:
            return _several(name, known, value)
        case range() as numbers:
            if type(value) is int and value in numbers:
                return value
            raise InvalidAnswer(name, f"Choose a whole number from {numbers[0]} to {numbers[-1]}.")
        case kind if kind is time:
            return _clock(name, value)
        case kind:
            if type(value) is kind and (kind is bool or 0 < len(value) <= LONGEST_WORDS):
                return value
            raise InvalidAnswer(name, say("Answer yes or no.") if kind is bool else say("This is too long."))


def _several(name: str, known: frozenset[str], value: Any) -> list[str]:
    """A choice of several, in one order; none of them is an answer, too."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise InvalidAnswer(name, "Send a list; an empty one says that it is none of these.")
    if set(value) - known:
        raise InvalidAnswer(name, say("This is none of the choices."))
    return sorted(set(value))


def _clock(name: str, value: Any) -> str:
    """A time of day in one spelling, so that a phone and a page mean the same by it."""
    if isinstance(value, str) and _CLOCK.fullmatch(value):
        return value
    raise InvalidAnswer(name, "Write the time as hours and minutes, such as 09:10.")


_CLOCK = re.compile("(?:[01][0-9]|2[0-3]):[0-5][0-9]")


def _part(form: Form, part: str) -> str:
    if form is Form.READING:
        is_minutes = part.isascii() and part.isdigit() and int(part[:6]) <= LAST_MINUTE
        if part != BEFORE and not is_minutes:
            raise InvalidAnswer("part", f"Write the minutes after the injection, 0 to {LAST_MINUTE}.")
        return part if part == BEFORE else str(int(part))
    is_named = form in (Form.PREPARATION, Form.QUESTION)
    has_part = is_named or form is Form.SUGAR
    if len(part) > LONGEST_PART or (part and not has_part) or (is_named and not part):
        raise InvalidAnswer("part", "This form has no such part.")
    return part


def minutes_of(part: str) -> int | None:
    """The minutes after the injection that a reading's part names; None before it."""
    return None if part == BEFORE else int(part)


def level_of(answer: Answer) -> Level:
    """How urgent an answer is: a check by its worst sign, whatever the scores and the day.

    A yes before the injection is no sign of danger. It has to be seen to before the visit: blue.
    """
    if answer.form is Form.QUESTION:
        return Level.BLUE if answer.said["yes"] else Level.NONE
    signs = set(answer.said.get("signs", ()))
    return next((level for level, known in SIGNS.items() if signs & set(known)), Level.NONE)


def peg_score(said: Mapping[str, Any]) -> Fraction:
    """The mean of the three items, 0 to 10; higher is worse (Krebs 2009)."""
    return Fraction(sum(said[name] for name in ITEMS[Form.PEG]), len(ITEMS[Form.PEG]))
