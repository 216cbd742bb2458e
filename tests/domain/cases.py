"""Diaries and assessment vectors that several domain tests share."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tracker.domain.case_file import Case, read_cases
from tracker.domain.diary import EpisodeDiary

VECTORS = Path(__file__).parents[1] / "vectors"
FILES = ("assessment_cases.json", "more_assessment_cases.json")


def vectors() -> list[tuple[Case, dict[str, Any]]]:
    """Every worked case with what the rules expect of it."""
    found = []
    for name in FILES:
        text = (VECTORS / name).read_text()
        cases, errors = read_cases(text)
        assert not errors
        found += [(case, row["expected"]) for case, row in zip(cases, json.loads(text), strict=True)]
    return found


def vector_params() -> list[Any]:
    return [pytest.param(case, expected, id=case.name) for case, expected in vectors()]


def week_before(score: int) -> dict[int, int]:
    return dict.fromkeys(range(-7, 0), score)


def diary(scores: dict[int, int], *, baseline: int = 7, **others: Any) -> EpisodeDiary:
    """A diary with a week of `baseline` before the injection and the scores of some days after it."""
    return EpisodeDiary({**week_before(baseline), **scores}, others.pop("soreness", {}), **others)
