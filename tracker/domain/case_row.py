"""One case of a file, key by key: every value is checked, and a refusal says what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Self

from tracker.domain.ruleset import ESI_RULES, InvalidRuleSet, RuleSet, rules_from
from tracker.domain.scales import HIGHEST, LOWEST, InvalidScore, pain_score

REQUIRED = ("id", "as_of_day", "daily_average")
OPTIONAL = (
    "name",
    "pre_now",
    "post_now",
    "soreness",
    "next_injection_day",
    "closed_day",
    "baseline_override",
    "rules",
    "expected",
)
"""`rules` names the constants that differ from the default ones, and their version. `expected` stands beside
a case in a test vector; it is not read."""

_DAY = re.compile(r"0|-?[1-9][0-9]{0,4}")
_POINTS = re.compile(r"[0-9]{1,18}(/[1-9][0-9]{0,17}|\.[0-9]{1,18})?")


class Malformed(ValueError):
    """What is wrong with a case and what to do about it, in a sentence."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case's raw values; an optional one may be absent or null."""

    values: dict[str, Any]

    @classmethod
    def of(cls, row: object) -> Self:
        """The row, once it holds every required key and no unknown one."""
        if not isinstance(row, dict):
            raise Malformed(f"a case must be an object with the keys {', '.join(REQUIRED)}.")
        if missing := [key for key in REQUIRED if key not in row]:
            raise Malformed(f"{', '.join(missing)} is missing; add it.")
        if unknown := sorted(key for key in row if key not in REQUIRED + OPTIONAL):
            raise Malformed(f"{', '.join(unknown)} is not a known key; correct its spelling or remove it.")
        return cls(row)

    def text(self, key: str, *, default: str = "") -> str:
        given = self.values.get(key, default)
        if not isinstance(given, str) or not given:
            raise Malformed(f"{key} must be a text; put it in quotation marks.")
        return given

    def required_day(self, key: str) -> int:
        day = self.day(key, earliest=0)
        if day is None:
            raise Malformed(f"{key} is empty; give a whole number from 0.")
        return day

    def day(self, key: str, *, earliest: int) -> int | None:
        given = self.values.get(key)
        if given is not None and (not _is_whole(given) or given < earliest):
            raise Malformed(f"{key} is {_shown(given)}; give a whole number from {earliest}.")
        return given

    def score(self, key: str) -> int | None:
        given = self.values.get(key)
        return None if given is None else _score(given, key)

    def scores_by_day(self, key: str) -> dict[int, int]:
        given = self.values.get(key)
        if given is None and key not in REQUIRED:
            return {}
        if not isinstance(given, dict):
            raise Malformed(f'{key} must be an object of days and scores, such as {{"1": 7}}.')
        if odd := [day for day in given if not _DAY.fullmatch(day)]:
            raise Malformed(f"{key} has the day {odd[0]!r}; a day is a whole number such as -7 or 14.")
        return {int(day): _score(score, f"{key} of day {day}") for day, score in given.items()}

    def readings(self, key: str) -> tuple[tuple[int, int], ...]:
        given = self.values.get(key)
        if given is None:
            return ()
        if not isinstance(given, list) or not all(isinstance(one, list) and len(one) == 2 for one in given):
            raise Malformed(f"{key} must be a list of [minutes, score], such as [[30, 3]].")
        return tuple((_minutes(minutes, key), _score(score, key)) for minutes, score in given)

    def rules(self, key: str) -> RuleSet:
        """The rules that a case brings along; without any they are the default ones."""
        given = self.values.get(key)
        if given is None:
            return ESI_RULES
        if not isinstance(given, dict) or not isinstance(given.get("version"), str):
            raise Malformed(f"{key} must be an object of constants with their version.")
        constants = {name: value for name, value in given.items() if name != "version"}
        try:
            return rules_from(constants, version=given["version"])
        except InvalidRuleSet as error:
            raise Malformed(f"{key}: {error}") from None

    def points(self, key: str) -> Fraction | None:
        """NRS points that need not be whole: a number, or a text such as "16/3"."""
        given = self.values.get(key)
        if given is None:
            return None
        points = _fraction(given)
        if points is None or not LOWEST <= points <= HIGHEST:
            raise Malformed(f'{key} is {_shown(given)}; give points from 0 to 10, such as 5.5 or "16/3".')
        return points


def _is_whole(given: object) -> bool:
    return isinstance(given, int) and not isinstance(given, bool)


def _score(given: object, where: str) -> int:
    # A digit in quotation marks is a mistake in a file, however welcome in a form.
    if isinstance(given, str):
        raise Malformed(
            f"{where} is {_shown(given)}; give a whole number from 0 to 10 without quotation marks."
        )
    try:
        return pain_score(given)
    except InvalidScore:
        raise Malformed(f"{where} is {_shown(given)}; give a whole number from 0 to 10.") from None


def _minutes(given: object, key: str) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or given < 0:
        raise Malformed(f"{key} has the minutes {_shown(given)}; give a whole number from 0.")
    return given


def _fraction(given: object) -> Fraction | None:
    if isinstance(given, str) and _POINTS.fullmatch(given):
        return Fraction(given)
    if isinstance(given, (int, Fraction)) and not isinstance(given, bool):
        return Fraction(given)
    return None


def _shown(given: object) -> str:
    if given is None:
        return "empty"
    return str(float(given)) if isinstance(given, Fraction) else repr(given)[:30]
