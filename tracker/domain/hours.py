"""The hours after an injection: which "right now" score is due when, by the time the patient gave for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tracker.domain.diagnostic import checkpoint_of
from tracker.domain.forms import LAST_MINUTE
from tracker.domain.ruleset import ESI_RULES, RuleSet


class Stage(StrEnum):
    """How a moment stands: `open` where nobody knows yet when the injection was."""

    SAVED = "saved"
    NOW = "now"
    AHEAD = "ahead"
    MISSED = "missed"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Window:
    """A checkpoint after the injection with the minutes in which a score is filed under it, both included."""

    minutes: int
    from_minute: int
    to_minute: int


@lru_cache
def windows(*, is_diagnostic: bool, rules: RuleSet = ESI_RULES) -> tuple[Window, ...]:
    """The checkpoints in order. Where two windows of a block overlap a minute belongs to the nearer
    checkpoint: otherwise two scores a minute apart could confirm each other (tracker.domain.diagnostic)."""
    if is_diagnostic:
        return tuple(_of_block(point, rules) for point in rules.block_checkpoint_minutes)
    ends = pairwise((*rules.reading_minutes, LAST_MINUTE + 1))
    return tuple(Window(point, point, following - 1) for point, following in ends)


def _of_block(point: int, rules: RuleSet) -> Window:
    held = list(_minutes_of(point, rules))
    return Window(point, held[0], held[-1])


def _minutes_of(point: int, rules: RuleSet) -> Iterator[int]:
    """A checkpoint's minutes, one after the other: distance decides, so that there is no gap between them."""
    widest = max(
        rules.block_window_minutes, rules.block_early_before_minutes, rules.block_early_after_minutes
    )
    near = range(max(0, point - widest), point + widest + 1)
    return (minute for minute in near if checkpoint_of(minute, rules=rules) == point)


def stage_of(window: Window, *, minutes: int | None, is_given: bool) -> Stage:
    """How a moment stands, `minutes` after the injection; None where its time is not known."""
    if is_given:
        return Stage.SAVED
    if minutes is None:
        return Stage.OPEN
    if minutes < window.from_minute:
        return Stage.AHEAD
    return Stage.NOW if minutes <= window.to_minute else Stage.MISSED


def started(at: str, *, on: date, zone: ZoneInfo) -> datetime:
    """The instant of a time of day as the patient wrote it down, HH:MM."""
    return datetime.combine(on, time.fromisoformat(at), tzinfo=zone)


class StartSaid(NamedTuple):
    """The time of an injection as the patient wrote it down once, HH:MM, and when that was."""

    at: str
    said_at: datetime


def minutes_as_corrected(
    starts: Sequence[StartSaid], *, saved_at: datetime, on: date, zone: ZoneInfo
) -> int | None:
    """How long after the time that stands a score was saved, which another time had filed; else None.

    `starts` are in the order of saying: the last one stands. Below 0: before it.
    """
    known = [one for one in starts if one.said_at <= saved_at]
    if not known or known[-1].at == starts[-1].at:
        return None
    return minutes_since(started(starts[-1].at, on=on, zone=zone), now=saved_at)


def minutes_since(start: datetime, *, now: datetime) -> int:
    """Whole minutes that have passed, across a change of the clocks; below 0 before it."""
    return int((now - start.astimezone(now.tzinfo)).total_seconds() // 60)
