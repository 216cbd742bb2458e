"""What patients read in English, by its grade: at most six years of school, and the document says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.conf import settings

from tracker.content import (
    app,
    calling,
    care,
    consent,
    course,
    diary,
    forms,
    home_screen,
    mails,
    paper,
    reminders,
)
from tracker.content.leaves import leaves
from tracker.content.reading import grade

PUBLISHED = ("peg.", "pgic.")
"""Wordings that are not ours to make easier."""

TEXTS = {
    "When to call": calling.CALLING,
    "The course": course.COURSE,
    "The plan": care.CARE,
    "The diary": diary.DIARY,
    "The forms, without PEG and PGIC": forms.FORMS,
    "The app": app.APP,
    "The home screen": home_screen.HOME_SCREEN,
    "The diary on paper": paper.PAPER,
    "The reminder": reminders.TITLE,
    "The consent": list(consent.CONSENT.values())[-1],
    "The mail with a code": mails.CODE,
    "The mail about an address": mails.ADDRESS_CHANGED,
}
PART = 20
"""Words from which on a part of a text is measured by itself: the measure says nothing of a few."""

DOCUMENT = Path(settings.BASE_DIR) / "docs/reading-grades.md"


def sentences(title: str) -> dict[str, str]:
    found = leaves(TEXTS[title]["en"])
    return {name: text for name, text in found.items() if text and not name.startswith(PUBLISHED)}


def joined(texts: Iterable[str]) -> str:
    return " ".join(text if text.rstrip()[-1:] in ".!?" else f"{text}." for text in texts)


def row(title: str) -> str:
    found = sentences(title)
    hardest = max(found, key=lambda name: grade(found[name]) if len(found[name].split()) >= 8 else -9.0)
    return f"| {title} | {len(found)} | {grade(joined(found.values())):.1f} | {grade(found[hardest]):.1f} |"


@pytest.mark.parametrize("title", TEXTS)
def test_a_text_can_be_read_after_six_years_of_school(title):
    assert grade(joined(sentences(title).values())) <= 6


@pytest.mark.parametrize("title", TEXTS)
def test_so_can_each_part_of_it(title):
    parts = defaultdict(list)
    for name, text in sentences(title).items():
        parts[name.partition(".")[0]].append(text)
    long = {name: joined(part) for name, part in parts.items() if len(joined(part).split()) >= PART}
    assert {name: round(grade(part), 1) for name, part in long.items() if grade(part) > 6} == {}


def test_the_document_lists_the_grade_of_every_text():
    listed = [line for line in DOCUMENT.read_text().splitlines() if line.startswith("| ")][1:]
    assert listed == [row(title) for title in TEXTS]
