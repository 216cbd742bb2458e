"""The few words inside the picture, per language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.charts.chart import Language
from tracker.domain.ruleset import ESI_RULES
from tracker.domain.timeline import PhaseKey, phases


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


COURSE = {phase.key: phase for phase in phases()}


def _phase(key: str, of: PhaseKey, name: str, legend: str = "") -> Phase:
    it = COURSE[of]
    return Phase(key, it.first_day, it.last_day, name, legend.format(first=it.first_day, last=it.last_day))


ENGLISH = Labels(
    pain="Pain (0-10)",
    soreness="Soreness",
    days="Days since the injection",
    injection="Injection",
    today="Today",
    next_injection="Next injection",
    baseline="Baseline",
    half="50 %",
    day14=f"Day {ESI_RULES.readout_day}",
    confidences={"limited": "limited", "provisional": "provisional"},
    daily="Daily average",
    late="Recorded late",
    recalled="Recalled, not scored",
    uncertain="Clock uncertain",
    phases=(
        Phase("before", ESI_RULES.baseline_first_day, ESI_RULES.baseline_last_day, "Before", ""),
        _phase("numbing", PhaseKey.NUMBING, "Numbing", "Numbing, day {first}"),
        _phase("onset", PhaseKey.ONSET, "Onset", "Steroid onset, days {first}-{last}"),
        _phase("full", PhaseKey.FULL_EFFECT, "Full effect", "Full effect, to day {last}"),
        _phase("lasting", PhaseKey.LASTING, "Lasting relief"),
    ),
    sore_spot=_phase("sore", PhaseKey.SORE_SPOT, "Sore spot", "Sore spot, days {first}-{last}"),
)

LABELS: Mapping[Language, Labels] = {"en": ENGLISH}
