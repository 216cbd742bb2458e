"""When to call, with the emergency number of the clinic's country."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from tracker.content.calling import CALLING, CallingTexts
from tracker.content.editable import GROUPS
from tracker.content.leaves import reworded
from tracker.domain.attention import Level
from tracker.domain.forms import SIGNS
from tracker.queries.clinic_texts import worded

USUAL_NUMBER = "911"
"""Where no clinic is known, as on the empty page that a phone keeps: the product's country."""


def emergency(number: str = "") -> SafeString:
    """The number as it stands in a sentence: read from left to right, and found by the app's script."""
    return format_html('<bdi dir="ltr" data-emergency>{}</bdi>', number or USUAL_NUMBER)


def calling_words(language: str, *, clinic: Any = None) -> CallingTexts:
    """The texts for a page as a clinic words them; where one names the emergency number, it stands in it."""
    mark = emergency(clinic.emergency_number if clinic else "")
    texts = worded("calling", CALLING, language, clinic=clinic)
    return reworded(texts, lambda name, text: _with_number(text, mark))


def own_signs(language: str, *, clinic: Any) -> dict[str, Any] | None:
    """The three groups as plain words, for a phone to write into the page that is the same for everybody; and
    the version that is kept with an answer to the check. None where the clinic words none of it.
    """
    texts = worded("calling", CALLING, language, clinic=clinic)
    if texts.version == worded("calling", CALLING, language, clinic=None).version:
        return None
    said = reworded(texts, lambda _, text: text.replace("{emergency}", clinic.emergency_number))
    return {"version": texts.version} | {group: asdict(getattr(said, group)) for group in GROUPS}


def sign_words(language: str, *, clinic: Any = None) -> dict[str, str]:
    """The signs of groups A and B by their keys, in the order in which a patient reads them.

    What a clinic added has no key, and stands on the page alone.
    """
    calling = worded("calling", CALLING, language, clinic=clinic)
    groups = ((Level.RED, calling.emergency), (Level.ORANGE, calling.today))
    return {
        key: words for level, group in groups for key, words in zip(SIGNS[level], group.signs, strict=False)
    }


def _with_number(text: str, mark: SafeString) -> str:
    if "{emergency}" not in text:
        return text
    before, after = text.split("{emergency}", 1)
    return format_html("{}{}{}", before, mark, after)
