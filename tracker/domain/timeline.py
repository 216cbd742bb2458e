"""The expected course that a patient is told: two windows, soreness and relief, that overlap."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.ruleset import ESI_RULES, RuleSet
from tracker.domain.study_days import BeforeInjection


class PhaseKey(StrEnum):
    NUMBING = "numbing"
    SORE_SPOT = "sore_spot"
    ONSET = "onset"
    FULL_EFFECT = "full_effect"
    LASTING = "lasting"


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of study days, both ends included; `last_hour` is an end within day 0, None is open."""

    key: PhaseKey
    first_day: int
    last_day: int | None
    last_hour: int | None = None

    def holds(self, day: int) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


def phases(rules: RuleSet = ESI_RULES) -> tuple[Phase, ...]:
    """The phases as they begin. Numbing and sore spot share day 0, sore spot and onset share day 2."""
    return (
        Phase(PhaseKey.NUMBING, 0, 0, rules.numbing_last_hour),
        Phase(PhaseKey.SORE_SPOT, 0, rules.soreness_usual_last_day),
        Phase(PhaseKey.ONSET, rules.onset_first_day, rules.onset_last_day),
        Phase(PhaseKey.FULL_EFFECT, rules.onset_last_day + 1, rules.readout_day),
        Phase(PhaseKey.LASTING, rules.readout_day + 1, None),
    )


def phase_on(day: int, *, hours: float | None = None, rules: RuleSet = ESI_RULES) -> Phase:
    """The main phase of a day: of two that overlap the one that began last.

    `hours` since the injection, where known, tells numbing from sore spot on day 0.
    """
    if day < 0:
        raise BeforeInjection(f"Day {day} is before the injection: no phase has begun.")
    numbing, *later = phases(rules)
    if day == 0 and hours is not None and hours <= rules.numbing_last_hour:
        return numbing
    return next(phase for phase in reversed(later) if phase.holds(day))
