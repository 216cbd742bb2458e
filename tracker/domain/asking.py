"""Which forms are open on a study day, beside the diary itself (docs/evidence.md 8.1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.forms import Form
from tracker.domain.ruleset import ESI_RULES, RuleSet


@dataclass(frozen=True, slots=True)
class Asked:
    """A form and the study days, both included, in which one answer to it is wanted."""

    form: Form
    first_day: int
    last_day: int


def asked_forms(day: int | None, *, rules: RuleSet = ESI_RULES) -> tuple[Asked, ...]:
    """What is open on a day, in the order of asking: signs of danger first. None without an injection."""
    if day is None:
        return ()
    return tuple(asked for asked in _all_near(day, rules) if asked.first_day <= day <= asked.last_day)


def _all_near(day: int, rules: RuleSet) -> Iterator[Asked]:
    if 0 <= day <= rules.check_last_day:
        yield Asked(Form.CHECK, day, day)
    open_days = rules.form_open_days - 1
    for first in rules.pgic_days:
        yield Asked(Form.PGIC, first, first + open_days)
    yield Asked(Form.PEG, rules.baseline_first_day, rules.baseline_last_day)
    for first in rules.peg_days:
        yield Asked(Form.PEG, first, first + open_days)


def asks_rescue(day: int | None, *, rules: RuleSet = ESI_RULES) -> bool:
    """Whether a check also asks for a pain reliever that is not usual."""
    return day is not None and 1 <= day <= rules.rescue_last_day
