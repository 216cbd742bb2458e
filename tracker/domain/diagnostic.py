"""The diagnostic block: do "right now" scores over eight hours show that the blocked level hurts?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from tracker.domain.ruleset import ESI_RULES, RuleSet


class BlockResult(StrEnum):
    POSITIVE = "positive"
    PARTIAL = "partial"
    NEGATIVE = "negative"
    INDETERMINATE = "indeterminate_single_reading"
    INSUFFICIENT_DATA = "insufficient_data"
    NOT_ASSESSABLE = "not_assessable"


@dataclass(frozen=True, slots=True)
class DiagnosticResult:
    """The result, the best relief, and of a positive block the minutes at the cut-off: shown, not judged."""

    result: BlockResult
    best_percent: Fraction | None = None
    from_minute: int | None = None
    to_minute: int | None = None


@dataclass(frozen=True, slots=True)
class _Reading:
    minutes: int
    checkpoint: int
    percent: Fraction


def checkpoint_of(minutes: int, *, rules: RuleSet = ESI_RULES) -> int | None:
    """The checkpoint that a reading belongs to, the nearest where windows overlap; None outside all."""
    held = [point for point in rules.block_checkpoint_minutes if _holds(point, minutes, rules)]
    return min(held, key=lambda point: abs(point - minutes), default=None)


def _holds(point: int, minutes: int, rules: RuleSet) -> bool:
    if point <= rules.block_early_minute:
        return point - rules.block_early_before_minutes <= minutes <= point + rules.block_early_after_minutes
    return abs(minutes - point) <= rules.block_window_minutes


def assess_block(
    before: int | None,
    readings: Iterable[tuple[int, int]],
    *,
    rescue_analgesic: bool = False,
    cut_off_percent: int | None = None,
    rules: RuleSet = ESI_RULES,
) -> DiagnosticResult:
    """Judge a block by its (minutes, score) readings against "right now" before it.

    Every reading is taken doing the movement that usually hurts; 50, 75 and 80 % are the cut-offs in use.
    Rules 6 to 16 are off for such an injection.
    """
    if rescue_analgesic or (before is not None and before < rules.block_before_points):
        return DiagnosticResult(BlockResult.NOT_ASSESSABLE)
    taken = [] if before is None else _taken(before, readings, rules)
    early = [one for one in taken if one.checkpoint <= rules.block_first_within_minute]
    if len(early) < rules.block_entries or early[0].checkpoint > rules.block_early_minute:
        return DiagnosticResult(BlockResult.INSUFFICIENT_DATA)
    cut_off = rules.block_cut_off_percent if cut_off_percent is None else cut_off_percent
    best = max(one.percent for one in taken)
    run = _first_run(taken, cut_off)
    if len(run) >= rules.block_entries and run[0].checkpoint <= rules.block_first_within_minute:
        return DiagnosticResult(BlockResult.POSITIVE, best, run[0].minutes, run[-1].minutes)
    return DiagnosticResult(_without_run(best, cut_off, rules), best)


def _taken(before: int, readings: Iterable[tuple[int, int]], rules: RuleSet) -> list[_Reading]:
    """One reading a checkpoint, the nearest to it, in order of time, with its relief against before.

    Two readings a minute apart would otherwise confirm each other.
    """
    nearest: dict[int, _Reading] = {}
    for minutes, score in sorted(readings):
        point = checkpoint_of(minutes, rules=rules)
        if point is None:
            continue
        one = _Reading(minutes, point, Fraction(100 * (before - score), before))
        kept = nearest.get(point)
        if kept is None or abs(one.minutes - point) <= abs(kept.minutes - point):
            nearest[point] = one
    return [nearest[point] for point in sorted(nearest)]


def _first_run(taken: Sequence[_Reading], cut_off: int) -> list[_Reading]:
    """The first unbroken run of readings at or over the cut-off that is confirmed by a second one."""
    run: list[_Reading] = []
    for one in taken:
        if one.percent >= cut_off:
            run.append(one)
        elif len(run) > 1:
            break
        else:
            run = []
    return run


def _without_run(best: Fraction, cut_off: int, rules: RuleSet) -> BlockResult:
    # Relief at the cut-off that no neighbour confirms in time stays open, also where there were several.
    if best >= cut_off:
        return BlockResult.INDETERMINATE
    return BlockResult.PARTIAL if best >= rules.block_partial_percent else BlockResult.NEGATIVE
