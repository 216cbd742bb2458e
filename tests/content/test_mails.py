"""Mails tell a stranger who sees them nothing."""

from __future__ import annotations

import re

import pytest

from tracker.content import mails
from tracker.content.mails import CODE, code_letter

HEALTH = (
    *("pain", "sore", "injection", "spine", "spinal", "epidural", "steroid", "diary", "score", "symptom"),
    *("recovery", "treatment", "patient", "clinic", "doctor", "nurse", "health", "medic", "onset", "neck"),
)
LETTERS = [text for name, texts in vars(mails).items() if name.isupper() for text in texts.values()]


@pytest.mark.parametrize("letter", LETTERS)
def test_no_mail_has_a_word_about_health(letter):
    text = f"{letter.subject} {letter.body}".lower()
    assert [word for word in HEALTH if re.search(rf"\b{word}", text)] == []


@pytest.mark.parametrize("letter", LETTERS)
def test_no_subject_says_more_than_that_there_is_something(letter):
    assert "{" not in letter.subject and len(letter.subject) <= 40 and "\n" not in letter.subject


@pytest.mark.parametrize("letter", CODE.values())
def test_a_code_is_in_the_body_with_what_to_do(letter):
    filled = code_letter(letter, code="123456", minutes=10)
    assert "123456" in filled.body and "10 minutes" in filled.body and "123456" not in filled.subject
    assert "ignore" in filled.body
    assert "{" not in filled.body
