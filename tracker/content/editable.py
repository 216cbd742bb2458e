"""Which sentences a clinic may word itself, and how its wording is laid over the shipped one.

The diary's questions, PEG-3 and PGIC are not among them: their wording is part of what they measure. A sign
of danger can be worded otherwise and others can be added; none can be taken out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from string import Formatter
from typing import Any

from tracker.content.calling import CALLING
from tracker.content.care import CARE
from tracker.content.course import COURSE
from tracker.content.languages import in_language
from tracker.content.leaves import leaves, reworded

MOST_ADDED = 3
"""Signs that a clinic may add to each group: a longer list is not read (house choice)."""

LONGEST = 400
GROUPS = ("emergency", "today", "usual")
FIXED = {"calling.version"}
"""No sentence: which advice an answer was given under."""


@dataclass(frozen=True, slots=True)
class Editable:
    """A text whose sentences may be worded: its title for administrators, and the shipped words."""

    title: str
    texts: Mapping[str, Any]


TEXTS: dict[str, Editable] = {
    "calling": Editable("When to call", CALLING),
    "course": Editable("The course: phases and messages", COURSE),
    "care": Editable("Preparing, the day, and the days after", CARE),
}


class NotEditable(LookupError):
    """No clinic may word this sentence, or there is none of that name."""


class InvalidWording(ValueError):
    """A wording that would not do; the message says why, for whoever wrote it."""


def sentences(key: str, language: str) -> dict[str, str]:
    """The shipped sentences of a text by their full names; room for added signs has an empty one."""
    if key not in TEXTS:
        raise NotEditable(key)
    shipped = {
        f"{key}.{name}": text for name, text in leaves(in_language(TEXTS[key].texts, language)).items()
    }
    found = {name: text for name, text in shipped.items() if name not in FIXED and text}
    return _with_room_for_signs(found) if key == "calling" else found


def _with_room_for_signs(shipped: dict[str, str]) -> dict[str, str]:
    """The same with empty places behind the signs of each group."""
    found: dict[str, str] = {}
    for name, text in shipped.items():
        group, _, last = name.rpartition(".")
        if last == "note" and group.removeprefix("calling.") in GROUPS:
            end = sum(one.startswith(f"{group}.signs.") for one in shipped)
            found |= {f"{group}.signs.{end + number}": "" for number in range(MOST_ADDED)}
        found[name] = text
    return found


def checked(name: str, language: str, text: str) -> str:
    """A wording that may stand for a shipped sentence; empty takes it back. Raises InvalidWording."""
    shipped = sentences(name.partition(".")[0], language)
    if name not in shipped:
        raise NotEditable(name)
    text = " ".join(text.split())
    if len(text) > LONGEST:
        raise InvalidWording(f"Keep it to {LONGEST} letters: longer texts are not read.")
    if text and gaps(text) != gaps(shipped[name]):
        named = ", ".join(f"{{{gap}}}" for gap in sorted(gaps(shipped[name])))
        raise InvalidWording(
            f"Keep the gaps as they are: {named}. The product fills them in."
            if named
            else "Leave out { and }: nothing is filled in here."
        )
    return text


def gaps(text: str) -> set[str]:
    """What a sentence has room for, as {points}; a brace that makes none counts as one of a kind."""
    try:
        parts = list(Formatter().parse(text))
    except ValueError:
        return {"{"}
    return {
        name if not (spec or conversion) and name.isidentifier() else "{"
        for _, name, spec, conversion in parts
        if name is not None
    }


def laid_over(key: str, texts: Any, own: Mapping[str, str], *, version: str) -> Any:
    """A text with a clinic's sentences in place of the shipped ones; of "When to call" also its added signs.

    `version` marks the advice as the clinic's: answers are kept with the advice that was shown.
    """
    said = reworded(texts, lambda name, text: own.get(f"{key}.{name}") or text)
    if key != "calling":
        return said
    added = {
        group: replace(part, signs=(*part.signs, *_added(group, len(part.signs), own)))
        for group in GROUPS
        for part in (getattr(said, group),)
    }
    mine = any(name.startswith("calling.") for name in own)
    marked = f"{texts.version} {version[:8]}" if mine else texts.version
    return replace(said, **added, version=marked)


def _added(group: str, first: int, own: Mapping[str, str]) -> list[str]:
    names = (f"calling.{group}.signs.{first + number}" for number in range(MOST_ADDED))
    return [own[name] for name in names if own.get(name)]
