"""What a home screen shows of the app. Whoever looks over a shoulder reads it: no word about health in it."""

from __future__ import annotations

from dataclasses import dataclass

NAME = "Onset"
"""The same in every language, unlike the phase of that name."""


@dataclass(frozen=True, slots=True)
class HomeScreenTexts:
    description: str
    today: str
    course: str
    call: str


HOME_SCREEN = {
    "en": HomeScreenTexts(
        description="A diary, one day at a time.",
        today="Log today",
        course="My course",
        call="When to call",
    )
}
