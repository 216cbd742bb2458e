"""How hard a text is to read: the Flesch-Kincaid grade, a year of school. English only."""

from __future__ import annotations

import re


def grade(text: str) -> float:
    """J. P. Kincaid and others, 1975. Syllables are counted by groups of vowels, without a silent e."""
    sentences = len(re.findall(r"[.!?](?:\s|$)", text)) or 1
    words = re.findall(r"[a-z']+", text.lower())
    if not words:
        return 0.0
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?<=[^l])e$", "", word)))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59
