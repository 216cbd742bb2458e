"""Every constant of the recovery rules, versioned, each with its source.

Days are study days (0 is the injection), scores are NRS points, windows are inclusive. "Rule n" is the number
in docs/recovery-rules.md; "house choice" marks a figure that no study gives.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


class InvalidRuleSet(ValueError):
    """A constant contradicts itself or another one; the message names the field.

    `name` is the constant; `above` the one that it is above and must not be, where that is what is wrong.
    """

    def __init__(self, message: str, *, name: str = "", above: str = "") -> None:
        self.name, self.above = name, above
        super().__init__(message)


class UnknownRuleSet(LookupError):
    """No rule set of that version is known."""


def _const(default: int | tuple[int, ...], source: str) -> Any:
    """A constant and where it comes from (read it back through `source_of`)."""
    return field(default=default, metadata={"source": source})


_LATE = "Broderick 2008: recall holds for several days only"
_STABLE = "Broderick 2009: 3-5 end-of-day ratings give a stable mean"
_ONSET = "Schneider 2024 (T1): 94 % of responders by day 4; leaflets: days 2-5"
_PREDICTS = "World Neurosurg 2016 (T3), Mayo cohort (T4): weeks 1-2 predict"
_SUBSTANTIAL = "IMMPACT, Dworkin 2008: 50 % substantial; trials T4-T8, T10"
_MODERATE = "IMMPACT, Dworkin 2008: 30 % moderate; Farrar 2001"
_FLARE = "Fawi 2017 (T18): 2 points or more; flare within days"
_BLOCK = "UW Health timetable; docs/evidence.md section 3"
_PAYER = "Medicare LCD, route R-A: 50 % for 3 months, same scale"
_SORE = "Leaflets L5, L6: sore for 1-2 days, up to 4"
_SCHEDULE = "house choice, docs/evidence.md 8.1: often while much changes, seldom later"
_HOUSE = "house choice"
_WORSE = "house choice; 2 points after Farrar 2001"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSet:
    """The constants of one version; the defaults are `esi-rules 1.0`."""

    version: str = "esi-rules 1.0"

    # Entries: which ones are scored
    late_days: int = _const(2, _LATE)
    clock_tolerance_hours: int = _const(24, _HOUSE)
    night_ends_hour: int = _const(4, _HOUSE)

    # Rules 1 and 2: baseline
    baseline_first_day: int = _const(-7, _STABLE)
    baseline_last_day: int = _const(-1, _STABLE)
    baseline_good_entries: int = _const(3, _STABLE)
    low_baseline_points: int = _const(3, "house choice: below it 2 points are not 50 %")
    ceiling_points: int = _const(9, "house choice: no room left for a rise of 2 points")

    # Rule 4: what counts as relief, what as worse
    substantial_percent: int = _const(50, _SUBSTANTIAL)
    substantial_points: int = _const(2, "Farrar 2001; Cohen 2013: 2 points")
    moderate_percent: int = _const(30, _MODERATE)
    moderate_points: int = _const(1, "IMMPACT, Dworkin 2008: 10-20 % minimal")
    worse_points: int = _const(2, "Fawi 2017 (T18); Farrar 2001")

    # Rule 5: immediate (anaesthetic-phase) response
    immediate_first_minute: int = _const(15, "T3: readings from 15 min")
    immediate_last_minute: int = _const(480, "Lakeview (L6): numbness 4-8 h")
    immediate_before_points: int = _const(3, "as the low baseline")
    immediate_percent: int = _const(50, _SUBSTANTIAL)
    immediate_strong_percent: int = _const(80, "spine-health: 80 % after a block")
    immediate_points: int = _const(2, "Farrar 2001: 2 points")

    # Rules 6 and 7: onset
    confirm_days: int = _const(3, "house choice after T1: day 1 alone means little")
    confirm_extended_days: int = _const(5, _HOUSE)
    confirm_entries: int = _const(2, "house choice after T1")
    onset_last_day: int = _const(5, _ONSET)

    # Rules 8, 9 and 20: day-14 read-out
    readout_day: int = _const(14, _PREDICTS)
    readout_first_day: int = _const(12, _STABLE)
    readout_last_day: int = _const(16, _STABLE)
    readout_firm_entries: int = _const(3, _STABLE)
    readout_entries: int = _const(2, _HOUSE)
    borderline_percent: int = _const(5, _HOUSE)

    # Rule 11: late responder
    late_response_day: int = _const(28, "T5-T8: 1-month outcome")
    late_response_first_day: int = _const(26, _STABLE)
    late_response_last_day: int = _const(30, _STABLE)
    late_response_entries: int = _const(2, _HOUSE)

    # Rule 12: before the read-out
    silence_days: int = _const(3, "house choice: reminders stop after 3 missed days")
    stale_last_day: int = _const(28, "schedule: daily entries to day 28")
    fading_days: int = _const(5, _HOUSE)
    fading_most_entries: int = _const(3, _HOUSE)
    fading_least_entries: int = _const(2, _HOUSE)

    # Rule 13: steroid flare
    flare_last_start_day: int = _const(3, _FLARE)
    flare_last_end_day: int = _const(7, _FLARE)
    flare_over_points: int = _const(1, _HOUSE)

    # Rule 14: worsening
    worsening_first_day: int = _const(8, "house choice: after the flare's last day")
    worsening_days: int = _const(7, _WORSE)
    worsening_most_entries: int = _const(3, _WORSE)
    worsening_least_entries: int = _const(2, _WORSE)

    # Rules 15 and 16: durability and the three-month test
    loss_days: int = _const(7, "Broderick 2009: a 7-day mean")
    loss_extended_days: int = _const(15, "house choice: meets the longest gap")
    loss_entries: int = _const(2, _HOUSE)
    longest_gap_days: int = _const(14, "house choice: four missed entries at twice a week")
    payer_relief_days: int = _const(90, _PAYER)
    payer_start_day: int = _const(30, "T5-T8: response is judged at 1 month")

    # Rule 17: soreness at the site
    soreness_usual_last_day: int = _const(2, _SORE)
    soreness_longer_points: int = _const(1, _SORE)
    soreness_review_day: int = _const(5, _SORE)
    soreness_review_points: int = _const(4, _HOUSE)
    soreness_rising_points: int = _const(2, "docs/evidence.md 4.1: pain rising after day 2")

    # Alerts to staff
    alert_rise_day: int = _const(4, "house choice: after the flare's first days")
    alert_rise_points: int = _const(2, _FLARE)
    alert_rise_most_entries: int = _const(3, _HOUSE)
    alert_rise_least_entries: int = _const(2, _HOUSE)

    # Schedule: what is asked when; weekdays count from Monday, which is 0
    daily_last_day: int = _const(28, _SCHEDULE)
    twice_a_week_last_day: int = _const(100, _SCHEDULE)
    asked_weekdays: tuple[int, ...] = _const((1, 4), "house choice: Tuesday and Friday, no weekend")
    jump_points: int = _const(2, "Farrar 2001: 2 points are a change")
    close_look_days: int = _const(7, "house choice: a week of days makes a stable mean")
    soreness_asked_last_day: int = _const(14, _SCHEDULE)
    soreness_may_end_day: int = _const(3, "docs/evidence.md 8.1: zero on two days in a row after day 3")
    reading_minutes: tuple[int, ...] = _const((30, 240), "T3: readings from 15 min; Lakeview (L6): 4-8 h")

    # Forms: which are asked when, and how long one stays open
    check_last_day: int = _const(28, "docs/evidence.md 8.1: signs of danger with every entry to day 28")
    rescue_last_day: int = _const(14, _SCHEDULE)
    peg_days: tuple[int, ...] = _const(
        (14, 21, 28, 60, 90), "docs/evidence.md 8.1; payer table at 2 weeks, 1-3 months"
    )
    pgic_days: tuple[int, ...] = _const((14, 28, 90), "docs/evidence.md 8.1")
    form_open_days: int = _const(7, "house choice: the items ask about a week")

    # Expected course
    numbing_last_hour: int = _const(8, "Lakeview (L6): numbness 4-8 h")
    onset_first_day: int = _const(2, "Southeast Pain leaflet: days 2-5")

    # Diagnostic block
    block_before_points: int = _const(4, "docs/evidence.md section 3")
    block_cut_off_percent: int = _const(80, "spine-health; 50 and 75 are in use")
    block_partial_percent: int = _const(50, "docs/evidence.md section 3: nerve-root blocks")
    block_checkpoint_minutes: tuple[int, ...] = _const(
        (15, 30, 45, 60, 120, 180, 240, 300, 360, 420, 480), "UW Health HF 5656"
    )
    block_early_before_minutes: int = _const(5, _BLOCK)
    block_early_after_minutes: int = _const(20, _BLOCK)
    block_window_minutes: int = _const(25, _BLOCK)
    block_early_minute: int = _const(60, _BLOCK)
    block_first_within_minute: int = _const(120, _BLOCK)
    block_entries: int = _const(2, "house choice: one reading proves nothing")

    def __post_init__(self) -> None:
        if not self.version:
            raise InvalidRuleSet("version is empty: give the rule set a name and a number.")
        for one in fields(self)[1:]:
            check = _check_list if isinstance(one.default, tuple) else _check_number
            check(one.name, getattr(self, one.name))
        for smaller, larger in _IN_ORDER:
            low, high = getattr(self, smaller), getattr(self, larger)
            if low > high:
                text = f"{smaller} is {low}: it must not be above {larger} ({high})."
                raise InvalidRuleSet(text, name=smaller, above=larger)


_IN_ORDER = (
    ("baseline_first_day", "baseline_last_day"),
    ("low_baseline_points", "ceiling_points"),
    ("moderate_percent", "substantial_percent"),
    ("moderate_points", "substantial_points"),
    ("immediate_first_minute", "immediate_last_minute"),
    ("immediate_percent", "immediate_strong_percent"),
    ("confirm_days", "confirm_extended_days"),
    ("onset_first_day", "onset_last_day"),
    ("onset_last_day", "readout_first_day"),
    ("readout_first_day", "readout_day"),
    ("readout_day", "readout_last_day"),
    ("readout_entries", "readout_firm_entries"),
    ("readout_last_day", "late_response_first_day"),
    ("late_response_first_day", "late_response_day"),
    ("late_response_day", "late_response_last_day"),
    ("fading_least_entries", "fading_most_entries"),
    ("flare_last_start_day", "flare_last_end_day"),
    ("flare_over_points", "worse_points"),
    ("worsening_least_entries", "worsening_most_entries"),
    ("loss_days", "loss_extended_days"),
    ("alert_rise_least_entries", "alert_rise_most_entries"),
    ("stale_last_day", "daily_last_day"),
    ("daily_last_day", "twice_a_week_last_day"),
    ("soreness_may_end_day", "soreness_asked_last_day"),
    ("rescue_last_day", "check_last_day"),
    ("block_partial_percent", "block_cut_off_percent"),
    ("block_early_minute", "block_first_within_minute"),
)

_RANGES = {
    "percent": (1, 100),
    "points": (1, 10),
    "entries": (1, 100),
    "days": (1, 365),
    "hours": (1, 240),
    "hour": (0, 23),
    "weekdays": (0, 6),
}
"""What a constant may be, by the last word of its name; a day and a minute are bounded by the year."""


def _check_list(name: str, given: object) -> None:
    if not isinstance(given, tuple) or not given:
        raise InvalidRuleSet(f"{name} is {given!r}: it must be a list of whole numbers.", name=name)
    for one in given:
        _check_number(name, one)


def _check_number(name: str, given: object) -> None:
    low, high = _RANGES.get(name.rsplit("_", 1)[1], (0, 365 * 24 * 60))
    if name.startswith("baseline_") and name.endswith("_day"):
        low, high = -365, -1
    if isinstance(given, bool) or not isinstance(given, int):
        raise InvalidRuleSet(f"{name} is {given!r}: it must be a whole number.", name=name)
    if not low <= given <= high:
        raise InvalidRuleSet(f"{name} is {given}: it must lie between {low} and {high}.", name=name)


ESI_RULES = RuleSet()
"""The rules for epidural steroid injections that a clinic starts with."""

LUMBAR_RULES = RuleSet(
    version="lumbar-interlaminar 1.0",
    # T1, mostly lumbar, judged at 3 weeks, and the last responders began on day 16 (docs/evidence.md 1.1).
    readout_day=21,
    readout_first_day=19,
    readout_last_day=23,
)
"""The same for the low back: read out when the one study that counted days there did."""

RULE_SETS: dict[str, RuleSet] = {one.version: one for one in (ESI_RULES, LUMBAR_RULES)}


def rule_set(version: str) -> RuleSet:
    """The rule set of that version, as an assessment of the past named it."""
    if version not in RULE_SETS:
        raise UnknownRuleSet(f"No rule set {version!r}; known are: {', '.join(sorted(RULE_SETS))}.")
    return RULE_SETS[version]


def constants_of(rules: RuleSet, *, besides: RuleSet | None = None) -> dict[str, Any]:
    """The constants as plain JSON values, the version aside; `besides` leaves out what it has as well."""
    found = {one.name: getattr(rules, one.name) for one in fields(rules)[1:]}
    kept = {n: v for n, v in found.items() if besides is None or getattr(besides, n) != v}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()}


def rules_from(constants: Mapping[str, Any], *, version: str) -> RuleSet:
    """The inverse of `constants_of`: what is not named is as in `esi-rules 1.0`. Raises InvalidRuleSet."""
    known = {one.name for one in fields(RuleSet)[1:]}
    if unknown := sorted(constants.keys() - known):
        raise InvalidRuleSet(f"{unknown[0]} is no constant of a rule set.", name=unknown[0])
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in constants.items()
    }
    return RuleSet(version=version, **given)


def source_of(name: str) -> str:
    """Where a constant comes from: a study, a section of the evidence, or "house choice"."""
    return next(str(one.metadata["source"]) for one in fields(RuleSet) if one.name == name)
