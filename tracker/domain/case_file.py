"""A diary as a file: what an auditor needs to replay an assessment, and how it is read back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from tracker.domain.case_row import CaseRow, Malformed
from tracker.domain.diary import EpisodeDiary
from tracker.domain.ruleset import ESI_RULES, RuleSet, constants_of


@dataclass(frozen=True, slots=True)
class Case:
    """One diary to assess as of one study day, by the rules that its injection was entered under."""

    id: str
    name: str
    diary: EpisodeDiary
    as_of_day: int
    rules: RuleSet = ESI_RULES


@dataclass(frozen=True, slots=True)
class CaseError:
    """A case that cannot be read: its id, or its place in the file where it has none, and what to do."""

    id: str
    problem: str

    def __str__(self) -> str:
        return f"{self.id}: {self.problem}"


def read_cases(text: str) -> tuple[list[Case], list[CaseError]]:
    """The cases of a file and what could not be read; a malformed case leaves the others readable."""
    try:
        rows = json.loads(text, parse_float=Fraction, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        return [], [CaseError("file", f"this is not complete JSON ({_reason(error)}); export it again.")]
    if not isinstance(rows, list):
        return [], [CaseError("file", "the outermost value must be a list of cases: put [ ] around it.")]
    cases: dict[str, Case] = {}
    errors: list[CaseError] = []
    for position, row in enumerate(rows, start=1):
        try:
            case = read_case(row)
            if case.id in cases:
                raise Malformed("this id appears twice; give each case its own.")
            cases[case.id] = case
        except Malformed as error:
            errors.append(CaseError(_name_of(row, position), str(error)))
    return list(cases.values()), errors


def read_case(values: object) -> Case:
    """One case from its values, as `write_case` gives them and a file holds them. Raises Malformed."""
    row = CaseRow.of(values)
    return Case(
        id=row.text("id"),
        name=row.text("name", default=row.text("id")),
        as_of_day=row.required_day("as_of_day"),
        diary=EpisodeDiary(
            pain=row.scores_by_day("daily_average"),
            soreness=row.scores_by_day("soreness"),
            before=row.score("pre_now"),
            after=row.readings("post_now"),
            next_injection_day=row.day("next_injection_day", earliest=1),
            closed_day=row.day("closed_day", earliest=0),
            baseline_override=row.points("baseline_override"),
        ),
        rules=row.rules("rules"),
    )


def rules_in(case: Mapping[str, Any]) -> RuleSet:
    """The rules of a stored case, without reading the rest of it."""
    own = case.get("rules")
    return ESI_RULES if own is None else _rules_written(json.dumps(own, sort_keys=True))


@lru_cache(maxsize=256)
def _rules_written(text: str) -> RuleSet:
    """Kept: many cases are by the same rules, and a chart asks for them each time."""
    return CaseRow({"rules": json.loads(text)}).rules("rules")


def write_case(
    case_id: str, name: str, diary: EpisodeDiary, as_of_day: int, *, rules: RuleSet = ESI_RULES
) -> dict[str, Any]:
    """The inverse of `read_case`: plain JSON values. Of the rules it holds what differs from the default."""
    case: dict[str, Any] = {
        "id": case_id,
        "name": name,
        "as_of_day": as_of_day,
        "daily_average": _by_day(diary.pain),
        "pre_now": diary.before,
        "post_now": [list(reading) for reading in diary.after] or None,
        "soreness": _by_day(diary.soreness),
        "next_injection_day": diary.next_injection_day,
    }
    if diary.closed_day is not None:
        case["closed_day"] = diary.closed_day
    if diary.baseline_override is not None:
        # A text such as "16/3" keeps what a decimal number would round.
        case["baseline_override"] = str(diary.baseline_override)
    if rules is not ESI_RULES:
        case["rules"] = {"version": rules.version} | constants_of(rules, besides=ESI_RULES)
    return case


def _by_day(scores: Mapping[int, int]) -> dict[str, int]:
    return {str(day): scores[day] for day in sorted(scores)}


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a number")


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg}, line {error.lineno}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)


def _name_of(row: object, position: int) -> str:
    named = row.get("id") if isinstance(row, dict) else None
    return named if isinstance(named, str) and named else f"case number {position}"
