"""The app's scripts and its words fit together: no word is missing, and none is left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

from tracker.content.app import app_words
from tracker.content.counted import KINDS

SCRIPTS = sorted((Path(__file__).resolve().parents[2] / "static/js/phone").glob("*.js"))
NUMBERED = {f"-{kind}" for kind in KINDS}
"""What a script adds to a name by itself, by the number that is said."""
SOURCE = "\n".join(path.read_text() for path in SCRIPTS)
FORMS = ("check", "peg", "pgic")
MADE_UP = {
    r"trouble-\$\{\S+\}": {"trouble-invalid", "trouble-id_reused", "trouble-wrong_owner"},
    r"\$\{name\}-today": {"pain-today", "soreness-today"},
    r"\$\{name\}-other": {"pain-other", "soreness-other"},
    r"offer-\$\{name\}": {f"offer-{form}" for form in FORMS},
    r"title-\$\{(?:name|entry\.form)\}": {
        f"title-{form}" for form in (*FORMS, "preparation", "question", "sugar", "reading", "start")
    },
    r"part-\$\{part\}": {"part-before", "part-about", "part-day", "part-after"},
    r"choose-\$\{name\}": {"choose-pain", "choose-soreness"},
}
"""Names that a script puts together, with all that may come of it."""


def first_argument(call: str) -> str:
    """From behind the opening parenthesis to the comma or parenthesis that ends the first argument."""
    depth = 0
    for place, letter in enumerate(call):
        if depth == 0 and letter in ",)":
            return call[:place]
        depth += (letter in "([{") - (letter in ")]}")
    raise AssertionError(f"no end: {call[:40]}")


def asked_for() -> set[str]:
    """Every text that a script says by a name written out."""
    calls = [first_argument(SOURCE[found.end() :]) for found in re.finditer(r"\bsay\(", SOURCE)]
    return {name for call in calls for name in re.findall(r'"([^"]+)"', re.sub(r'=== "[^"]+"', "", call))}


def mentioned() -> set[str]:
    """Every text that stands in a script by its name, or may come of a name that is put together."""
    written = set(re.findall(r'"([\w-]+)"', SOURCE))
    return written.union(*(names for pattern, names in MADE_UP.items() if re.search(f"`{pattern}`", SOURCE)))


def test_a_script_asks_for_no_text_that_is_not_there():
    assert len(asked_for()) > 30
    assert asked_for() - set(app_words("en")) == set()


def test_every_name_that_is_put_together_is_listed():
    templates = set(re.findall(r"\bsay\(`([^`]+)`", SOURCE))
    assert {one for one in templates if not any(re.fullmatch(known, one) for known in MADE_UP)} == set()
    assert set().union(*MADE_UP.values()) <= set(app_words("en"))


def test_no_text_is_left_over():
    left_over = set(app_words("en")) - mentioned()
    assert {
        name for name in left_over if name.rpartition("-")[0] not in mentioned() or not is_numbered(name)
    } == set()


def is_numbered(name: str) -> bool:
    return any(name.endswith(ending) for ending in NUMBERED)


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_a_language_has_the_same_texts(language):
    """But for those with a number in them, of which it may have more."""
    said = {name for name in app_words(language) if not is_numbered(name)}
    assert said == {name for name in app_words("en") if not is_numbered(name)}
