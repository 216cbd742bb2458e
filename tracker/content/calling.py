"""When to call: the fixed text of warning signs (docs/evidence.md, section 4.3).

It never depends on a score, a day or a message: no code may downgrade or hide it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signs:
    """One group: what to do, the signs, and what else to know."""

    title: str
    signs: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class CallingTexts:
    """The signs of each group stand in the order of their keys (tracker.domain.forms.SIGNS).

    `{emergency}` is the number of the clinic's country. `version` is kept with each answer: which advice was
    shown. Another text is another version.
    """

    version: str
    not_watched: str
    not_watched_more: str
    emergency: Signs
    today: Signs
    usual: Signs
    on_call: str
    on_call_hours: str
    when: str


ENGLISH = CallingTexts(
    version="2026-11",
    not_watched="This app is not watched day and night.",
    not_watched_more="Nobody may see your answers until the next working day. "
    "If you feel something is wrong, call. Do not wait for the app.",
    emergency=Signs(
        title="Call {emergency} now",
        signs=(
            "New weakness in an arm or a leg, or you cannot walk as before",
            "You cannot pass urine, you lose control of bladder or bowels, "
            "or the area between your legs is numb",
            "Trouble breathing, chest pain, or swelling of the face or tongue",
            "Sudden loss of sight, confusion, trouble speaking, a seizure, or fainting",
            "Severe headache with fever or a stiff neck",
            "Severe new pain in your neck or back that keeps getting worse",
        ),
        note="Say: “I had an injection in my spine”, and on which day.",
    ),
    today=Signs(
        title="Call your clinic today",
        signs=(
            "Fever of 100.4 °F (38 °C) or more, or chills",
            "Headache that is worse sitting or standing and better lying down",
            "Numbness or tingling that is new, or still there after 24 hours",
            "Redness, warmth, swelling or fluid where the needle went in, "
            "or soreness that gets worse after day 2",
            "With diabetes: blood sugar above the limit your clinic gave you",
            "Pain clearly worse than before the injection for more than 3 days",
        ),
        note="If no one answers, go to the emergency room.",
    ),
    usual=Signs(
        title="Usual, and it goes away",
        signs=(
            "Mild soreness for 1 or 2 days, sometimes 4",
            "A warm, red face",
            "Poor sleep for a night or two",
            "A little more pain for 1 to 3 days",
        ),
        note="Not sure? Call your clinic.",
    ),
    on_call="When your clinic is closed",
    on_call_hours="Somebody answers:",
    when="When to call {emergency}",
)

CALLING: Mapping[str, CallingTexts] = {"en": ENGLISH}
