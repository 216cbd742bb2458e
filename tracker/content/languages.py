"""Texts are written in English here and translated sentence by sentence by the catalogues in `locale`.

Who asks for a language that has no catalogue reads English, and so does whoever meets a sentence that has no
translation yet. docs/languages.md tells how to write a text that can be translated.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.conf import settings
from django.utils.translation import gettext, ngettext, override

from tracker.content.counted import KINDS_OF, SAMPLES, Counted
from tracker.content.leaves import reworded

T = TypeVar("T")

SOURCE = "en"
"""The language in which the product is written."""

_translated: dict[tuple[int, str], tuple[Any, Any]] = {}
"""By text and language: the text, which keeps its id from being given to another, and its translation."""


def in_language(texts: Mapping[str, T], language: str) -> T:
    """A text in the reader's language, the same object each time."""
    if language in texts or language not in dict(settings.LANGUAGES):
        return texts.get(language, texts[SOURCE])
    key = (id(texts[SOURCE]), language)
    if key not in _translated:
        _translated[key] = (texts[SOURCE], _translation(texts[SOURCE], language))
    translation: T = _translated[key][1]
    return translation


def say(one: str, many: str = "", count: int = 0) -> str:
    """A sentence that is written elsewhere, in the language spoken now; with a number, in its wording."""
    return ngettext(one, many, count) if many else gettext(one)


def is_prose(text: str) -> bool:
    """Whether there is anything to translate: 911 is the same in every language."""
    return any(letter.isalpha() for letter in text)


def _translation(texts: T, language: str) -> T:
    def word(name: str, text: str) -> str:
        return gettext(text) if is_prose(text) else text

    def count(name: str, text: Counted) -> Counted:
        one, other = text.forms["one"], text.forms["other"]
        return Counted({kind: ngettext(one, other, SAMPLES[kind]) for kind in KINDS_OF[language]})

    with override(language):
        return reworded(texts, word, count=count)
