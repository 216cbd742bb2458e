"""A protocol: what a clinic does for one kind of injection, as data. It is shipped, or a clinic's own copy.

It holds the rules (windows, schedule, thresholds) and the clinic's figures of care. The constants in `LIMITS`
are a clinic's to choose, within narrower ranges than a rule set would take; the others stay as shipped: they
say how an entry is timed, which a phone decides without us, or what a figure is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, NamedTuple

from tracker.domain.care import RANGES, CareFigures, problems_of
from tracker.domain.procedure import Region
from tracker.domain.ruleset import (
    ESI_RULES,
    LUMBAR_RULES,
    InvalidRuleSet,
    RuleSet,
    constants_of,
    rules_from,
)

LONGEST_NAME = 80


class Range(NamedTuple):
    """From and to, both allowed; of a list, of each of its numbers, and how many there may be."""

    low: int
    high: int
    fewest: int = 0
    most: int = 0


LIMITS: dict[str, Range] = {
    # The baseline's days are those that a track holds: a week.
    "baseline_first_day": Range(-7, -3),
    "baseline_last_day": Range(-3, -1),
    "baseline_good_entries": Range(2, 7),
    "low_baseline_points": Range(2, 4),
    # What counts as relief: the values that trials and payers use.
    "substantial_percent": Range(40, 80),
    "substantial_points": Range(1, 4),
    "moderate_percent": Range(20, 40),
    "moderate_points": Range(1, 3),
    "worse_points": Range(1, 3),
    # Numbing and onset.
    "immediate_percent": Range(30, 80),
    "immediate_strong_percent": Range(50, 100),
    "numbing_last_hour": Range(2, 12),
    "onset_first_day": Range(1, 4),
    "onset_last_day": Range(3, 10),
    # The read-outs.
    "readout_first_day": Range(8, 26),
    "readout_day": Range(10, 28),
    "readout_last_day": Range(10, 30),
    "readout_firm_entries": Range(2, 5),
    "late_response_first_day": Range(24, 40),
    "late_response_day": Range(26, 42),
    "late_response_last_day": Range(28, 44),
    # Flare, silence, worsening: a warning may come sooner, and not much later.
    "flare_last_start_day": Range(1, 4),
    "flare_last_end_day": Range(4, 10),
    "silence_days": Range(2, 7),
    "worsening_first_day": Range(6, 14),
    "alert_rise_day": Range(2, 6),
    "alert_rise_points": Range(1, 3),
    # Soreness: shifting it much would hide an infection.
    "soreness_usual_last_day": Range(1, 4),
    "soreness_review_day": Range(3, 7),
    "soreness_review_points": Range(2, 5),
    "soreness_rising_points": Range(1, 3),
    # Lasting relief.
    "loss_days": Range(5, 14),
    "longest_gap_days": Range(7, 21),
    "payer_relief_days": Range(60, 180),
    "payer_start_day": Range(14, 45),
    # What is asked when.
    "daily_last_day": Range(28, 60),
    "twice_a_week_last_day": Range(60, 180),
    "asked_weekdays": Range(0, 6, fewest=2, most=2),
    "soreness_asked_last_day": Range(7, 21),
    "soreness_may_end_day": Range(2, 7),
    "reading_minutes": Range(10, 480, fewest=1, most=6),
    # The forms.
    "check_last_day": Range(14, 60),
    "rescue_last_day": Range(7, 28),
    "peg_days": Range(1, 365, fewest=1, most=8),
    "pgic_days": Range(1, 365, fewest=1, most=6),
    "form_open_days": Range(3, 14),
    # The diagnostic block.
    "block_before_points": Range(3, 6),
    "block_cut_off_percent": Range(50, 90),
    "block_partial_percent": Range(30, 70),
}
"""What a clinic may choose for each constant; the ranges are house choices around the shipped figures."""


class Problem(NamedTuple):
    """What is wrong with a field: outside its range, or `above` the one that it must not be above."""

    field: str
    text: str
    above: str = ""


class InvalidProtocol(ValueError):
    """A protocol that nobody may use; every problem names its field and what is allowed."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(" ".join(f"{one.field}: {one.text}" for one in problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """`key` names the shipped protocol that it is, or was copied from. Regions: where it may be used."""

    key: str
    name: str
    regions: tuple[Region, ...]
    rules: RuleSet
    care: CareFigures = field(default_factory=CareFigures)


SHIPPED: dict[str, Protocol] = {
    one.key: one
    for one in (
        Protocol(
            key="cervical-thoracic-interlaminar",
            name="Neck and mid-back, between the laminae, with imaging",
            regions=(Region.CERVICAL, Region.THORACIC),
            rules=ESI_RULES,
        ),
        Protocol(
            key="lumbar-interlaminar",
            name="Low back, between the laminae, with imaging",
            regions=(Region.LUMBAR,),
            rules=LUMBAR_RULES,
        ),
    )
}
"""What the product brings along; the first is what an injection without a protocol goes by."""


def shipped_for(region: str) -> Protocol:
    """The shipped protocol of a region."""
    return next(one for one in SHIPPED.values() if region in one.regions)


def to_json(protocol: Protocol) -> dict[str, Any]:
    """Everything as plain JSON values but the version of the rules, which whoever stores it gives."""
    return {
        "key": protocol.key,
        "name": protocol.name,
        "rules": constants_of(protocol.rules),
        "care": {name: getattr(protocol.care, name) for name in RANGES},
    }


def from_json(body: object, *, version: str) -> Protocol:
    """A protocol from what `to_json` gave. Raises InvalidProtocol with every problem that it finds."""
    if not isinstance(body, dict):
        raise InvalidProtocol([Problem("protocol", "It must be an object.")])
    problems = [Problem(key, "This key is not known.") for key in sorted(body.keys() - _KEYS)]
    shipped = SHIPPED.get(body.get("key", ""))
    if shipped is None:
        problems.append(Problem("key", f"It must be one of {', '.join(SHIPPED)}."))
    name = body.get("name")
    if not isinstance(name, str) or not 1 <= len(name.strip()) <= LONGEST_NAME:
        problems.append(Problem("name", f"Give it a name of at most {LONGEST_NAME} letters."))
    rules = _rules(body.get("rules", {}), version, problems)
    care = _care(body.get("care", {}), problems)
    if problems or shipped is None or rules is None or care is None or not isinstance(name, str):
        raise InvalidProtocol(problems)
    return replace(shipped, name=name.strip(), rules=rules, care=care)


_KEYS = {"key", "name", "rules", "care"}


def _rules(constants: object, version: str, problems: list[Problem]) -> RuleSet | None:
    if not isinstance(constants, dict):
        problems.append(Problem("rules", "They must be an object."))
        return None
    found = [*_outside(constants)]
    problems += found
    if found:
        return None
    try:
        return rules_from(constants, version=version)
    except InvalidRuleSet as error:
        problems.append(Problem(error.name, str(error), error.above))
        return None


def _outside(constants: Mapping[str, Any]) -> list[Problem]:
    """Constants outside a clinic's range, and those that are not a clinic's to choose."""
    shipped = constants_of(ESI_RULES)
    problems = []
    for name, given in constants.items():
        if name not in shipped:
            problems.append(Problem(name, "This constant is not known."))
        elif name not in LIMITS:
            if given != shipped[name]:
                problems.append(Problem(name, f"It stays as shipped: {shipped[name]}."))
        elif not _is_within(given, LIMITS[name]):
            problems.append(Problem(name, allowed(name)))
    return problems


def _is_within(given: object, limits: Range) -> bool:
    if limits.most:
        if not isinstance(given, list) or not limits.fewest <= len(given) <= limits.most:
            return False
        is_in_order = all(isinstance(one, int) for one in given) and given == sorted(set(given))
        return is_in_order and all(_is_within(one, Range(limits.low, limits.high)) for one in given)
    return isinstance(given, int) and not isinstance(given, bool) and limits.low <= given <= limits.high


def allowed(name: str) -> str:
    """What may be chosen for a constant, in words."""
    low, high, fewest, most = LIMITS[name]
    if not most:
        return f"Choose a whole number from {low} to {high}."
    many = str(most) if fewest == most else f"{fewest} to {most}"
    return f"Choose {many} whole numbers from {low} to {high}, in order."


def _care(figures: object, problems: list[Problem]) -> CareFigures | None:
    if not isinstance(figures, dict):
        problems.append(Problem("care", "It must be an object."))
        return None
    if unknown := sorted(figures.keys() - RANGES.keys()):
        problems += [Problem(name, "This figure is not known.") for name in unknown]
        return None
    care = CareFigures(**figures)
    found = [Problem(name, text) for name, text in problems_of(care).items()]
    problems += found
    return None if found else care


class Change(NamedTuple):
    """A setting that differs between two protocols."""

    name: str
    was: Any
    now: Any


def changes(before: Protocol, after: Protocol) -> tuple[Change, ...]:
    """What a later version does otherwise, in the order of the protocol."""
    was, now = _settings(before), _settings(after)
    return tuple(Change(name, was[name], now[name]) for name in now if was[name] != now[name])


def _settings(protocol: Protocol) -> dict[str, Any]:
    rules = {one.name: getattr(protocol.rules, one.name) for one in fields(RuleSet)[1:]}
    care = {name: getattr(protocol.care, name) for name in RANGES}
    return {"name": protocol.name, **rules, **care}
