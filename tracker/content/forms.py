"""The words of the forms beside the diary. PEG-3 and PGIC are published: their wording is not ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.content.diary import Item


@dataclass(frozen=True, slots=True)
class PegTexts:
    title: str
    offer: str
    items: Mapping[str, Item]
    source: str


@dataclass(frozen=True, slots=True)
class PgicTexts:
    """`steps` from 1, very much improved, to 7."""

    title: str
    offer: str
    question: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckTexts:
    """The signs themselves are those of `calling`, so that both say the same."""

    title: str
    offer: str
    intro: str
    none: str
    some: str
    contradiction: str
    nothing_chosen: str
    rescue: str
    yes: str
    no: str
    you_said: str
    all_well: str


@dataclass(frozen=True, slots=True)
class FormsTexts:
    check: CheckTexts
    peg: PegTexts
    pgic: PgicTexts
    still_to_answer: str
    saved: str
    change: str
    not_asked: str


ENGLISH = FormsTexts(
    check=CheckTexts(
        title="Any of these today?",
        offer="A short check: any signs of danger?",
        intro="Tick what you have noticed. If there is nothing, say so: one tap is enough.",
        none="None of these",
        some="Save what I ticked",
        contradiction="You ticked a sign. Save it, or untick it first.",
        nothing_chosen="Tick what you have noticed, or choose “None of these”.",
        rescue="Did you take a pain reliever today that you do not take every day?",
        yes="Yes",
        no="No",
        you_said="You noticed:",
        all_well="You noticed none of the signs.",
    ),
    peg=PegTexts(
        title="Three questions about your week",
        offer="Three questions about your week",
        items={
            "pain": Item(
                today="What number best describes your pain on average in the past week?",
                lowest="no pain",
                highest="pain as bad as you can imagine",
            ),
            "enjoyment": Item(
                today="What number best describes how, during the past week, pain has interfered with your "
                "enjoyment of life?",
                lowest="does not interfere",
                highest="completely interferes",
            ),
            "activity": Item(
                today="What number best describes how, during the past week, pain has interfered with your "
                "general activity?",
                lowest="does not interfere",
                highest="completely interferes",
            ),
        },
        source="PEG scale. Krebs and others, 2009.",
    ),
    pgic=PgicTexts(
        title="How much has changed?",
        offer="How much has changed since the injection?",
        question="Since the injection, my overall status is:",
        steps=(
            "Very much improved",
            "Much improved",
            "Minimally improved",
            "No change",
            "Minimally worse",
            "Much worse",
            "Very much worse",
        ),
    ),
    still_to_answer="Still to answer",
    saved="Saved. Thank you.",
    change="Change",
    not_asked="This is not asked for that day.",
)

FORMS: Mapping[str, FormsTexts] = {"en": ENGLISH}
"""By language."""
