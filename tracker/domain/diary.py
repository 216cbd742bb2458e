"""One episode's scored diary: everything the rules may look at, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from tracker.domain.track import DayMark


@dataclass(frozen=True, slots=True)
class EpisodeDiary:
    """The scored entries of one injection's episode, by study day.

    `before` is "right now" before the injection, `after` holds (minutes, score) readings of day 0.
    `closed_day` is the last day that counts where the patient withdrew, died or had surgery;
    `baseline_override` is a clinician's correction in points. A day-0 average is ignored.
    """

    pain: Mapping[int, int]
    soreness: Mapping[int, int]
    before: int | None = None
    after: tuple[tuple[int, int], ...] = ()
    next_injection_day: int | None = None
    closed_day: int | None = None
    baseline_override: Fraction | None = None

    @classmethod
    def from_marks(
        cls,
        marks: Iterable[DayMark],
        *,
        before: int | None = None,
        after: tuple[tuple[int, int], ...] = (),
        next_injection_day: int | None = None,
        closed_day: int | None = None,
        baseline_override: Fraction | None = None,
    ) -> Self:
        """The diary of a track's days: recalled and clock-uncertain entries stay out."""
        pain: dict[int, int] = {}
        soreness: dict[int, int] = {}
        for mark in marks:
            if not mark.is_scored:
                continue
            if mark.pain is not None:
                pain[mark.day] = mark.pain
            if mark.soreness is not None:
                soreness[mark.day] = mark.soreness
        return cls(pain, soreness, before, after, next_injection_day, closed_day, baseline_override)

    @property
    def last_day(self) -> int | None:
        """The last day that belongs to the episode; None while it is open."""
        ends = [] if self.closed_day is None else [self.closed_day]
        if self.next_injection_day is not None:
            ends.append(self.next_injection_day - 1)
        return min(ends, default=None)

    def evaluated_to(self, as_of_day: int) -> int:
        """The last day that an assessment as of a day may look at."""
        return as_of_day if self.last_day is None else min(as_of_day, self.last_day)

    def has_ended(self, as_of_day: int) -> bool:
        """Whether no later day of this episode can come any more."""
        return self.last_day is not None and as_of_day >= self.last_day

    def is_eve(self, day: int) -> bool:
        """Whether the next injection in the same region follows on the next day."""
        return self.next_injection_day is not None and day == self.next_injection_day - 1


@dataclass(frozen=True, slots=True)
class Course:
    """The scored days after the injection, 1 to `to_day`: no rule may see a later one."""

    scores: Mapping[int, int]
    days: tuple[int, ...]
    to_day: int

    @classmethod
    def of(cls, pain: Mapping[int, int], *, to_day: int) -> Self:
        scores = {day: score for day, score in pain.items() if 1 <= day <= to_day}
        return cls(scores, tuple(sorted(scores)), to_day)

    def window(self, first: int, last: int) -> list[int]:
        """The scores of the scored days from `first` to `last`, in order."""
        scores = self.scores
        return [scores[day] for day in range(first, last + 1) if day in scores]

    def latest(self, most: int, *, within_days: int, since: int = 1) -> list[int]:
        """The last `most` scores or fewer, of the last `within_days` days and none before `since`."""
        return self.window(max(since, self.to_day - within_days + 1), self.to_day)[-most:]
