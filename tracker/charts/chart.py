"""What a recovery chart is given: an episode's days and figures, and how the picture should look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple, Self

from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.domain.track import LAST_DAY, DayMark

Theme = Literal["light", "dark"]
Size = Literal["phone", "wide"]
Language = Literal["en", "es", "ar"]
Kind = Literal["recovery", "overlay"]
"""One episode, or several injections over one another."""

HORIZONS = (28, 60, 90, 180, LAST_DAY)
"""Last study days that a frame may end on."""


class FrameDays(NamedTuple):
    """The days that a picture shows before any data: the phases and the window of the read-out."""

    baseline_first: int
    baseline_last: int
    sore_last: int
    onset_first: int
    onset_last: int
    readout_first: int
    readout: int
    readout_last: int

    @classmethod
    def of(cls, rules: RuleSet) -> Self:
        return cls(
            baseline_first=rules.baseline_first_day,
            baseline_last=rules.baseline_last_day,
            sore_last=rules.soreness_usual_last_day,
            onset_first=rules.onset_first_day,
            onset_last=rules.onset_last_day,
            readout_first=rules.readout_first_day,
            readout=rules.readout_day,
            readout_last=rules.readout_last_day,
        )

    @property
    def folder(self) -> str:
        """Where the frames of these days are kept."""
        return "_".join(str(day) for day in self)


SHIPPED_DAYS = FrameDays.of(ESI_RULES)


@dataclass(frozen=True, slots=True)
class RecoveryChart:
    """An episode as its chart shows it.

    `marks` come in order of the day. `baseline` and `day14_mean` are NRS points, exact; `confidence` is the
    read-out's (firm, limited, provisional). `today` and `next_injection_day` are study days of this episode.
    `injected_on` only puts dates into the texts. `rules` are those that the injection was entered under.
    """

    marks: tuple[DayMark, ...]
    baseline: Fraction | None
    baseline_quality: str
    today: int
    day14_mean: Fraction | None = None
    day14_n: int = 0
    confidence: str | None = None
    next_injection_day: int | None = None
    injected_on: date | None = None
    rules: RuleSet = ESI_RULES

    @property
    def readout_window(self) -> tuple[int, int]:
        """First and last day of the read-out."""
        return self.rules.readout_first_day, self.rules.readout_last_day

    @property
    def horizon(self) -> int:
        """The smallest frame that holds today and every mark; the longest frame where none does."""
        last = max(self.marks[-1].day, self.today) if self.marks else self.today
        return next((end for end in HORIZONS if end >= last), LAST_DAY)

    @property
    def half_baseline(self) -> Fraction | None:
        """The 50 % line, in NRS points; a low baseline is compared in points only and has none."""
        if self.baseline is None or self.baseline < self.rules.low_baseline_points:
            return None
        return self.baseline / 2


@dataclass(frozen=True, slots=True)
class Look:
    """How the same chart is shown: `phone` is 360 px wide, `wide` is 800 px."""

    theme: Theme = "light"
    size: Size = "phone"
    language: Language = "en"


class FrameKey(NamedTuple):
    """Which stored frame a chart is written into."""

    horizon: int
    theme: Theme
    size: Size
    language: Language
    days: FrameDays = SHIPPED_DAYS
    kind: Kind = "recovery"

    @property
    def file_name(self) -> str:
        kind = "" if self.kind == "recovery" else f"{self.kind}-"
        return f"{self.days.folder}/{kind}{self.horizon}-{self.theme}-{self.size}-{self.language}.json"


def frame_key(chart: RecoveryChart, look: Look) -> FrameKey:
    return FrameKey(chart.horizon, look.theme, look.size, look.language, FrameDays.of(chart.rules))
