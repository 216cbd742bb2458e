"""The printed diary is easy to read."""

from __future__ import annotations

from dataclasses import astuple

from tests.content.reading import grade
from tracker.content.paper import PAPER


def test_every_sentence_of_the_printed_diary_is_easy() -> None:
    for language in ("en",):
        texts = PAPER[language]
        assert all(grade(sentence) <= 6 for sentence in (*texts.how, texts.not_watched))


def test_nothing_on_it_is_empty() -> None:
    assert all(astuple(texts) and all(astuple(texts)) for texts in PAPER.values())
