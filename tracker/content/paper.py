"""What the printed diary says. Its questions and warning signs are those of the app, and stand there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PaperTexts:
    """`day` has room for its {number}. `how` are the steps, one a line."""

    title: str
    name: str
    record_number: str
    clinic: str
    phone: str
    how: tuple[str, ...]
    pain: str
    soreness: str
    day: str
    injection_day: str
    when_to_call: str
    not_watched: str


ENGLISH = PaperTexts(
    title="My pain diary",
    name="Name",
    record_number="Number",
    clinic="Clinic",
    phone="Phone",
    how=(
        "Each evening, mark one circle in each line. Use a pen.",
        "Wrong circle? Cross it out and mark the right one.",
        "Missed a day? Leave it empty. Do not guess.",
        "Bring these pages to your next visit.",
    ),
    pain="Pain",
    soreness="Soreness",
    day="Day {number}",
    injection_day="Day 0, injection",
    when_to_call="When to call",
    not_watched="No one sees what you write here until you bring it in. If something feels wrong, call.",
)

PAPER: Mapping[str, PaperTexts] = {"en": ENGLISH}
