"""The harness: contenders run in turn, and what counts is the ratio within a round.

Other work on the machine moves every time by a factor of two or three; it moves both sides of a ratio.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median
from time import process_time

Clock = Callable[[], float]
CPU = "ms CPU"


@dataclass(frozen=True, slots=True)
class Pace:
    """How thorough a run is: rounds, and the CPU seconds that a contender fills in each of them."""

    rounds: int = 9
    seconds: float = 0.03


QUICK = Pace(rounds=3, seconds=0.01)


@dataclass(frozen=True, slots=True)
class Contender:
    """One piece of work. `calls` in a round are worked out from the pace, unless the work can run out."""

    work: Callable[[], object]
    calls: int | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """What several rounds gave."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, numbers: Iterable[float]) -> Spread:
        kept = sorted(numbers)
        return cls(median(kept), kept[0], kept[-1])

    def __str__(self) -> str:
        if self.low == self.high:
            return short(self.median)
        return f"{short(self.median)} ({short(self.low)}–{short(self.high)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the results. `result` is what targets.json speaks of: a ratio, or a plain count."""

    id: str
    what: str
    unit: str
    subject: Spread
    beside: str = ""
    other: Spread | None = None
    result: Spread

    @property
    def is_ratio(self) -> bool:
        return self.unit == CPU


def race(
    contenders: Mapping[str, Contender], *, pace: Pace, clock: Clock = process_time, by_turns: bool = False
) -> dict[str, list[float]]:
    """CPU milliseconds of a call, for each contender one number a round.

    Each round runs all of them and begins with another one, so that load, caches and the garbage collector
    meet all alike. Every contender runs once before, unmeasured. A round is a block of calls of each, or
    with `by_turns` one call of each in turn, as requests come to a server: in a block of its own a small
    piece of work keeps the processor's caches to itself, and looks half as dear as it ever is in service.
    """
    calls = {name: _calls(contender, pace.seconds, clock) for name, contender in contenders.items()}
    took: dict[str, list[float]] = {name: [] for name in contenders}
    gc.collect()
    gc.freeze()  # what was loaded before is nobody's debt
    for turn in range(pace.rounds):
        names = _rotated(list(contenders), turn)
        round_of = _turns if by_turns else _blocks
        for name, seconds in round_of([(name, contenders[name].work, calls[name]) for name in names], clock):
            took[name].append(1000 * seconds)
    gc.unfreeze()
    return took


Lane = tuple[str, Callable[[], object], int]


def _blocks(lanes: Sequence[Lane], clock: Clock) -> list[tuple[str, float]]:
    return [(name, _timed(work, calls, clock) / calls) for name, work, calls in lanes]


def _turns(lanes: Sequence[Lane], clock: Clock) -> list[tuple[str, float]]:
    """As many turns as the contender has calls that has the fewest."""
    turns = min(calls for *_, calls in lanes)
    took = [0.0] * len(lanes)
    for _ in range(turns):
        for lane, (_, work, _) in enumerate(lanes):
            took[lane] += _timed(work, 1, clock)
    return [(name, seconds / turns) for (name, *_), seconds in zip(lanes, took, strict=True)]


def slower(id: str, what: str, subject: Sequence[float], beside: str, floor: Sequence[float]) -> Figure:
    """A subject beside its floor, round by round: how many times what it could cost at least."""
    return _compared(id, what, subject, beside, floor, [s / f for s, f in zip(subject, floor, strict=True)])


def faster(id: str, what: str, subject: Sequence[float], beside: str, naive: Sequence[float]) -> Figure:
    """A subject beside a naive variant, round by round: how many times faster."""
    return _compared(id, what, subject, beside, naive, [n / s for s, n in zip(subject, naive, strict=True)])


def counted(
    id: str, what: str, number: float, unit: str, beside: str = "", other: float | None = None
) -> Figure:
    """A number that does not depend on the machine."""
    spread = Spread.of([number])
    return Figure(
        id=id,
        what=what,
        unit=unit,
        subject=spread,
        beside=beside,
        other=None if other is None else Spread.of([other]),
        result=spread,
    )


def short(number: float) -> str:
    """Three figures that count: 0.0512, 3.9, 1250."""
    if number == 0 or abs(number) >= 100:
        return f"{number:.0f}"
    return f"{number:.3g}"


def _compared(
    id: str, what: str, subject: Sequence[float], beside: str, other: Sequence[float], ratios: list[float]
) -> Figure:
    return Figure(
        id=id,
        what=what,
        unit=CPU,
        subject=Spread.of(subject),
        beside=beside,
        other=Spread.of(other),
        result=Spread.of(ratios),
    )


def _calls(contender: Contender, seconds: float, clock: Clock) -> int:
    contender.work()  # the first call loads what all later ones find
    if contender.calls:
        return contender.calls
    return max(1, ceil(seconds / max(_timed(contender.work, 1, clock), 1e-6)))


def _timed(work: Callable[[], object], calls: int, clock: Clock) -> float:
    start = clock()
    for _ in range(calls):
        work()
    return clock() - start


def _rotated(names: list[str], turn: int) -> list[str]:
    first = turn % len(names)
    return names[first:] + names[:first]
