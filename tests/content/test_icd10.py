"""The indications: every code once, each found by the words of its condition."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tracker.content.icd10 import GROUPS, INDICATIONS, TITLES, find_by

LISTED = {
    *("M54.12", "M54.13", "M54.14", "M47.22", "M47.23", "M47.24", "M48.02", "M48.03", "M48.04"),
    *("M50.10", "M50.11", "M50.121", "M50.122", "M50.123", "M50.13", "M51.14", "M96.1", "B02.29"),
    *("M54.2", "M54.6"),
}
"""Those of docs/evidence.md, section 7.3."""


def found(typed: str) -> set[str]:
    """As static/js/choose.js searches."""
    words = re.sub(r"[^a-z0-9.]+", " ", typed.lower()).split()
    texts = {code: f"{code} {title} {find_by(code)}".lower() for code, title in INDICATIONS}
    return {code for code, text in texts.items() if all(word in text for word in words)}


def test_there_are_the_codes_of_the_evidence_and_no_others():
    assert len(INDICATIONS) == len(TITLES)
    assert set(TITLES) == LISTED
    evidence = Path("docs/evidence.md").read_text()
    assert all(code in evidence for code in ("M54.12", "M47.22", "M48.02", "M50.1x", "M54.2"))


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("bone spur", {"M47.22", "M47.23", "M47.24"}),
        ("osteophyte", {"M47.22", "M47.23", "M47.24"}),
        ("slipped disc", {"M50.10", "M50.11", "M50.121", "M50.122", "M50.123", "M50.13", "M51.14"}),
        ("M50", {"M50.10", "M50.11", "M50.121", "M50.122", "M50.123", "M50.13"}),
        ("stenosis thoracic", {"M48.03", "M48.04"}),
        ("chronic inflammation", {"M54.12", "M54.13", "M54.14"}),
        ("shingles", {"B02.29"}),
        ("C5-C6", {"M50.122"}),
        ("knee", set()),
    ],
)
def test_a_code_is_found_by_the_words_of_its_condition(typed, codes):
    assert found(typed) == codes


def test_every_group_says_what_it_is():
    assert all(group.title and group.also and group.codes for group in GROUPS)
