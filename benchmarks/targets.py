"""What is promised of each figure (targets.json), and how a figure stands against it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from benchmarks.measure import Figure

FILE = Path(__file__).with_name("targets.json")

NOISY = 2
"""How far the slowest round of what stands beside may be from its fastest, as a ratio, to prove a failure."""


class Verdict(StrEnum):
    MET = "met"
    MISSED = "missed"
    FAILED = "FAILED"
    NOISY = "too noisy to tell"
    OPEN = "no target"


@dataclass(frozen=True, slots=True)
class Target:
    """A goal, and the line beyond which a change is taken for a regression."""

    goal: float
    fail: float
    is_least: bool

    @classmethod
    def read(cls, line: Mapping[str, float]) -> Target:
        """From at_most and fail_above, or from at_least and fail_below."""
        if "at_most" in line:
            return cls(line["at_most"], line["fail_above"], is_least=False)
        return cls(line["at_least"], line["fail_below"], is_least=True)

    def holds(self, result: float, line: float) -> bool:
        return result >= line if self.is_least else result <= line

    def __str__(self) -> str:
        good, bad = ("≥", "<") if self.is_least else ("≤", ">")
        return f"{good} {self.goal:g} (fails {bad} {self.fail:g})"


def read_targets(file: Path = FILE) -> dict[str, Target]:
    """By the id of a figure."""
    return {id: Target.read(line) for id, line in json.loads(file.read_text()).items()}


def verdict(figure: Figure, targets: Mapping[str, Target]) -> Verdict:
    """The median of a figure's result against its target."""
    target = targets.get(figure.id)
    if target is None:
        return Verdict.OPEN
    if target.holds(figure.result.median, target.goal):
        return Verdict.MET
    if target.holds(figure.result.median, target.fail):
        return Verdict.MISSED
    other = figure.other
    return Verdict.NOISY if other and other.high > NOISY * other.low else Verdict.FAILED


def failures(figures: Iterable[Figure], targets: Mapping[str, Target]) -> list[Figure]:
    return [figure for figure in figures if verdict(figure, targets) == Verdict.FAILED]
