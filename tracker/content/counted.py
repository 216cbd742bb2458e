"""Sentences with a number in them: a language has one wording for each kind of number that it tells apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

KINDS: Mapping[str, Callable[[int], bool]] = {
    "zero": lambda count: count == 0,
    "one": lambda count: count == 1,
    "two": lambda count: count == 2,
    "few": lambda count: 3 <= count % 100 <= 10,
    "many": lambda count: 11 <= count % 100 <= 99,
}
"""Arabic's kinds, of which English and Spanish know only the second; everything else is "other".

The names are those of the Unicode CLDR, by which a browser's Intl.PluralRules answers.
"""

SAMPLES = {"zero": 0, "one": 1, "two": 2, "few": 3, "many": 11, "other": 100}
"""A number of each kind, to ask a catalogue for its wording."""

KINDS_OF = {"en": ("one", "other"), "es": ("one", "other"), "ar": tuple(SAMPLES)}
"""What each language tells apart. A test compares it with the plural rule of its catalogue."""


@dataclass(frozen=True, slots=True)
class Counted:
    """`forms` by kind of number; {count} stands for the number."""

    forms: Mapping[str, str]

    def of(self, count: int) -> str:
        """The sentence with its number filled in."""
        return self.forms[kind_of(count, self.forms)].format(count=count)


def counted(one: str, other: str) -> Counted:
    """In English."""
    return Counted({"one": one, "other": other})


def kind_of(count: int, known: Mapping[str, object]) -> str:
    """Which wording a number takes, of those that a language has."""
    return next((kind for kind, holds in KINDS.items() if kind in known and holds(count)), "other")
