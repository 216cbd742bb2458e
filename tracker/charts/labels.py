"""The few words inside the picture, per language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.charts.chart import Language


@dataclass(frozen=True, slots=True)
class Phase:
    """A phase of the expected course (docs/recovery-rules.md): its first and last study day, inclusive.

    `key` names its colour, `name` stands above it where it fits, else `legend` stands below the picture.
    """

    key: str
    first: int
    last: int | None
    name: str
    legend: str


@dataclass(frozen=True, slots=True)
class Labels:
    pain: str
    soreness: str
    days: str
    injection: str
    today: str
    next_injection: str
    baseline: str
    half: str
    day14: str
    confidences: Mapping[str, str]
    daily: str
    late: str
    recalled: str
    uncertain: str
    phases: tuple[Phase, ...]
    sore_spot: Phase


ENGLISH = Labels(
    pain="Pain (0-10)",
    soreness="Soreness",
    days="Days since the injection",
    injection="Injection",
    today="Today",
    next_injection="Next injection",
    baseline="Baseline",
    half="50 %",
    day14="Day 14",
    confidences={"limited": "limited", "provisional": "provisional"},
    daily="Daily average",
    late="Recorded late",
    recalled="Recalled, not scored",
    uncertain="Clock uncertain",
    phases=(
        Phase("before", -7, -1, "Before", ""),
        Phase("numbing", 0, 0, "Numbing", "Numbing, day 0"),
        Phase("onset", 2, 5, "Onset", "Steroid onset, days 2-5"),
        Phase("full", 6, 14, "Full effect", "Full effect, to day 14"),
        Phase("lasting", 15, None, "Lasting relief", ""),
    ),
    sore_spot=Phase("sore", 0, 2, "Sore spot", "Sore spot, days 0-2"),
)

LABELS: Mapping[Language, Labels] = {"en": ENGLISH}
