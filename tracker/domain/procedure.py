"""The words of an injection record, each with the label that staff read."""

from __future__ import annotations

from enum import StrEnum


class Word(StrEnum):
    """A stored word; its label is made from it unless the member brings its own."""

    _label: str

    def __new__(cls, value: str, label: str = "") -> Word:
        word = str.__new__(cls, value)
        word._value_ = value
        word._label = label or value.replace("_", " ").capitalize()
        return word

    @property
    def label(self) -> str:
        return self._label

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(word.value, word.label) for word in cls]


class Status(Word):
    SCHEDULED = "scheduled"
    PERFORMED = "performed"
    CANCELLED = "cancelled"


class Region(Word):
    CERVICAL = "cervical", "Cervical (neck)"
    THORACIC = "thoracic", "Thoracic (mid-back)"
    LUMBAR = "lumbar", "Lumbar (low back)"


LEVELS: dict[Region, tuple[str, ...]] = {
    Region.CERVICAL: (*(f"C{n}-C{n + 1}" for n in range(2, 7)), "C7-T1"),
    Region.THORACIC: (*(f"T{n}-T{n + 1}" for n in range(1, 12)), "T12-L1"),
    Region.LUMBAR: (*(f"L{n}-L{n + 1}" for n in range(1, 5)), "L5-S1"),
}
"""The spaces between the vertebrae of a region, from the head down."""


class Side(Word):
    MIDLINE = "midline"
    LEFT = "left"
    RIGHT = "right"
    BOTH = "both", "Both sides"


class Approach(Word):
    INTERLAMINAR = "interlaminar"
    TRANSFORAMINAL = "transforaminal"
    CATHETER = "catheter", "Interlaminar with catheter"


class Intent(Word):
    THERAPEUTIC = "therapeutic"
    DIAGNOSTIC = "diagnostic"


class Guidance(Word):
    FLUOROSCOPY = "fluoroscopy"
    CT = "ct", "CT"
    ULTRASOUND = "ultrasound"
    NONE = "none"


class Closing(Word):
    """Why an episode ended before its time: what came later cannot be laid to the injection."""

    WITHDREW = "withdrew", "Patient withdrew"
    SURGERY = "surgery"
    DIED = "died", "Patient died"
