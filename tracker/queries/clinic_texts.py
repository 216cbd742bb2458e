"""A clinic's own wording: as patients read it, and as administrators look after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from tracker.access import Membership
from tracker.content.editable import TEXTS, laid_over, sentences
from tracker.content.languages import in_language
from tracker.content.reading import grade
from tracker.models import Clinic, ClinicText

T = TypeVar("T")

KEPT = 256
"""Wordings of clinics in a process; one that is not among them costs a statement."""


def worded(key: str, texts: Mapping[str, T], language: str, *, clinic: Clinic | None) -> T:
    """A text as the patients of a clinic read it. No statement, but where the clinic's wording has changed.

    Without a clinic, or one that words nothing itself, it is the shipped text.
    """
    shipped = in_language(texts, language)
    if clinic is None or clinic.texts_version is None:
        return shipped
    said: T = _laid_over(key, language, clinic.texts_version)
    return said


@lru_cache(maxsize=KEPT)
def _laid_over(key: str, language: str, version: UUID) -> Any:
    shipped = in_language(TEXTS[key].texts, language)
    return laid_over(key, shipped, _own(version, language), version=version.hex)


@lru_cache(maxsize=KEPT)
def _own(version: UUID, language: str) -> Mapping[str, str]:
    """What stands in a language, of the clinic in scope. `version` is a new one with each change, and is
    never given twice: so what is kept under it is true for as long as a clinic carries it.
    """
    return {name: row.text for name, row in _newest(language).items() if row.text}


def _newest(language: str) -> dict[str, ClinicText]:
    rows = ClinicText.objects.filter(language=language).select_related("written_by__user").order_by("pk")
    return {row.name: row for row in rows}


def own_names(clinic: Clinic, language: str) -> frozenset[str]:
    """The names of the sentences that a clinic words itself."""
    return frozenset(_own(clinic.texts_version, language)) if clinic.texts_version else frozenset()


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: as shipped, as the clinic words it, and how hard each is to read (English only)."""

    name: str
    shipped: str
    own: str
    shipped_grade: float | None
    own_grade: float | None
    is_added: bool

    @property
    def place(self) -> str:
        """Where it stands, for people: "Emergency, signs, 1"."""
        parts = self.name.split(".")[1:]
        said = [str(int(part) + 1) if part.isdigit() else part.replace("_", " ") for part in parts]
        return ", ".join(said).capitalize()


@dataclass(frozen=True, slots=True)
class Wording:
    """An earlier or present wording of a sentence."""

    id: int
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SentenceSheet:
    sentence: Sentence
    history: tuple[Wording, ...]


def sentence_list(*, actor: Membership, key: str, language: str) -> tuple[Sentence, ...]:
    """Every sentence of a text, in one statement. Raises NotEditable."""
    shipped = sentences(key, language)
    own = _newest(language)
    return tuple(_sentence(name, text, own, language) for name, text in shipped.items())


def sentence_sheet(*, actor: Membership, language: str, name: str) -> SentenceSheet:
    """One sentence with all its wordings, the newest first, in one statement. Raises NotEditable."""
    shipped = sentences(name.partition(".")[0], language)
    rows = list(
        ClinicText.objects.filter(language=language, name=name)
        .select_related("written_by__user")
        .order_by("-pk")
    )
    newest = {name: rows[0]} if rows else {}
    history = tuple(Wording(row.pk, row.text, row.written_by.user.name, row.written_at) for row in rows)
    return SentenceSheet(_sentence(name, shipped.get(name, ""), newest, language), history)


def _sentence(name: str, shipped: str, own: Mapping[str, ClinicText], language: str) -> Sentence:
    text = own[name].text if name in own else ""
    measured = language == "en"
    return Sentence(
        name=name,
        shipped=shipped,
        own=text,
        shipped_grade=round(grade(shipped), 1) if measured and shipped else None,
        own_grade=round(grade(text), 1) if measured and text else None,
        is_added=not shipped,
    )
