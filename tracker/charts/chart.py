"""What a recovery chart is given: an episode's days and figures, and how the picture should look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from tracker.domain.ruleset import ESI_RULES
from tracker.domain.track import LAST_DAY, DayMark

Theme = Literal["light", "dark"]
Size = Literal["phone", "wide"]
Language = Literal["en"]

HORIZONS = (28, 60, 90, 180, LAST_DAY)
"""Last study days that a frame may end on."""

DAY14_WINDOW = (ESI_RULES.readout_first_day, ESI_RULES.readout_last_day)
"""First and last day of the day-14 read-out."""


@dataclass(frozen=True, slots=True)
class RecoveryChart:
    """An episode as its chart shows it.

    `marks` come in order of the day. `baseline` and `day14_mean` are NRS points, exact; `confidence` is the
    read-out's (firm, limited, provisional). `today` and `next_injection_day` are study days of this episode.
    `injected_on` only puts dates into the texts.
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

    @property
    def horizon(self) -> int:
        """The smallest frame that holds today and every mark; the longest frame where none does."""
        last = max(self.marks[-1].day, self.today) if self.marks else self.today
        return next((end for end in HORIZONS if end >= last), LAST_DAY)

    @property
    def half_baseline(self) -> Fraction | None:
        """The 50 % line, in NRS points; a low baseline is compared in points only and has none."""
        if self.baseline is None or self.baseline < ESI_RULES.low_baseline_points:
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

    @property
    def file_name(self) -> str:
        return f"{self.horizon}-{self.theme}-{self.size}-{self.language}.json"


def frame_key(chart: RecoveryChart, look: Look) -> FrameKey:
    return FrameKey(chart.horizon, look.theme, look.size, look.language)
