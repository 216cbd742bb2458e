"""The consent texts: complete, plain, and unchanged once somebody may have agreed to them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

import pytest

from tests.content.reading import grade
from tracker.content.consent import CONSENT, ConsentText
from tracker.content.languages import in_language
from tracker.domain.consent import CURRENT, VERSIONS

AGREED_TO = {
    ("2026-11", "en"): "2b53b3bb7ef026e3",
}
"""A digest of each text. One that differs was changed: make a new version of it instead."""

every_text = pytest.mark.parametrize(
    ("version", "language", "text"),
    [(version, language, text) for version, texts in CONSENT.items() for language, text in texts.items()],
)


def words(text: ConsentText) -> str:
    filled = text.of_clinic("Harbour Clinic", keep_years=10)
    return " ".join(paragraph for part in filled.parts for paragraph in part.paragraphs)


def test_every_version_has_a_text_in_english():
    assert list(CONSENT) == list(VERSIONS)
    assert in_language(CONSENT[CURRENT], "xx").version == CURRENT


@every_text
def test_a_text_is_the_one_that_was_agreed_to(version, language, text):
    digest = hashlib.sha256(json.dumps(asdict(text)).encode()).hexdigest()[:16]
    assert digest == AGREED_TO[version, language]


@every_text
def test_a_text_can_be_read_after_six_years_of_school(version, language, text):
    assert text.version == version
    assert grade(words(text)) <= 6


@every_text
def test_a_text_names_what_people_have_to_know(version, language, text):
    said = words(text).lower()
    for needed in ("day and night" in repr(text).lower(), "harbour clinic" in said, "for 10 years" in said):
        assert needed
    for topic in ("phone", "helpers", "copy", "emergency", "take back", "email", "who it was and when"):
        assert topic in said, topic
    assert "{" not in said


@pytest.mark.parametrize(
    ("years", "kept"),
    [(0, "as long as it needs it."), (1, "for 1 year after"), (2, "for 2 years after")],
)
def test_how_long_is_said_in_words(years, kept):
    text = CONSENT[CURRENT]["en"].of_clinic("Harbour Clinic", keep_years=years)
    assert any(kept in paragraph for part in text.parts for paragraph in part.paragraphs)


def test_the_reading_level_tells_hard_from_easy():
    easy = "You can stop at any time. Tell us when you want to stop."
    hard = (
        "Participation is discretionary; withdrawal necessitates notification of the responsible institution."
    )
    assert grade(easy) < 4 < 12 < grade(hard)
