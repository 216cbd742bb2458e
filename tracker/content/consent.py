"""What a patient agrees to, in plain words, by version (tracker.domain.consent).

A text that somebody has agreed to stays here, word for word: another text is another version. A test holds
the reading level.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsentText:
    """`{clinic}` and `{kept}` stand for the clinic's name and for how long it keeps a record."""

    version: str
    title: str
    parts: tuple[Part, ...]
    agree: str
    decline: str
    kept: tuple[str, str, str]
    """How long a record is kept after its last use: no fixed time, one year, `{years}` years."""

    def of_clinic(self, name: str, *, keep_years: int) -> ConsentText:
        kept = self.kept[min(keep_years, 2)].format(years=keep_years)
        return replace(self, parts=tuple(_filled(part, clinic=name, kept=kept) for part in self.parts))


def _filled(part: Part, **words: str) -> Part:
    return Part(part.title, tuple(paragraph.format(**words) for paragraph in part.paragraphs))


ENGLISH_2026_11 = ConsentText(
    version="2026-11",
    title="Before you start your diary",
    parts=(
        Part(
            "What this is",
            (
                "You tell us each day how much pain you have after your injection. {clinic} can then see how "
                "you are doing.",
                "It is up to you. If you say no, your care stays the same.",
            ),
        ),
        Part(
            "No one watches day and night",
            (
                "Your answers may not be seen until the next working day.",
                "If you feel that something is wrong, call. Do not wait for the app.",
                "In an emergency, call 911.",
            ),
        ),
        Part(
            "What we store",
            (
                "Your name, your birth date, your injection, and your answers with the time you gave them.",
                "The phones you use, and your email if you give it to us. We use your email to send you "
                "codes. Our mails say nothing about your health.",
            ),
        ),
        Part(
            "Who sees it",
            (
                "The staff of {clinic}, and the helpers you choose. No other clinic sees it. We do not sell "
                "it, and we do not use it for ads.",
                "The people who run the computers for {clinic} could see it too. They may do so only to keep "
                "things working.",
                "Each time someone opens your record, we note who it was and when. You can ask to see this "
                "list.",
            ),
        ),
        Part(
            "What is on your phone",
            (
                "A secret key that lets your phone in. Some of your answers and charts may stay on it until "
                "you sign out.",
                "Anyone who can unlock your phone can open your diary. Use a screen lock. If you lose your "
                "phone, call us and we will shut it out.",
            ),
        ),
        Part(
            "How long we keep it",
            (
                "{clinic} keeps your record {kept}. The law may ask for more.",
                "You can get a copy of it, and you can ask us to fix what is wrong.",
            ),
        ),
        Part(
            "You can stop at any time",
            (
                "You can take back your yes in the app, or tell us. You do not have to say why. Your care "
                "stays the same.",
                "From then on the app takes no more answers from you. What is already in your record stays "
                "there for as long as we have to keep it.",
            ),
        ),
    ),
    agree="Yes, start my diary",
    decline="No, not now",
    kept=(
        "as long as it needs it",
        "for 1 year after it was last used",
        "for {years} years after it was last used",
    ),
)

CONSENT: Mapping[str, Mapping[str, ConsentText]] = {"2026-11": {"en": ENGLISH_2026_11}}
"""By version, then by language."""
