"""What has to be so: every entry that was saved, and which stands for a day, by rules of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from tests.sync_model.wire import Day, Key, Person, Request
from tracker.domain.sync import Change

SCORES = range(11)


@dataclass(frozen=True, slots=True)
class Saved:
    """An entry that a phone called saved, and the moment by a clock that is right."""

    change: Change
    at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A stored entry. `is_exact` where the server could know the true moment: nothing delayed it."""

    corrected_at: datetime
    is_exact: bool


@dataclass
class Pages:
    """The part of the ledger that goes back with a backup."""

    lines: dict[Key, Line] = field(default_factory=dict)
    current: dict[Day, UUID] = field(default_factory=dict)

    def copy(self) -> Pages:
        return Pages(dict(self.lines), dict(self.current))


class Ledger:
    def __init__(self) -> None:
        self.saved: dict[Key, Saved] = {}
        self.pages = Pages()
        self.backups: list[tuple[datetime, Pages]] = []

    def next_id(self, person: Person) -> UUID:
        """Every person's phones make the same ids, in an order that is not that of time."""
        made = sum(whose == person for whose, _ in self.saved)
        return UUID(int=(made + 1) * 7919 % 10007)

    def commit(self, request: Request, *, at: datetime, left_at: datetime) -> dict[UUID, UUID]:
        """Write down a request that was stored; what stands after each change, by the change's id."""
        if request.owner != request.bearer:
            return {}
        stands = {}
        for change in request.changes:
            self._write(request, change, at=at, is_prompt=at == left_at)
            stands[change.client_id] = self.pages.current.get((request.owner, change.day))
        return stands

    def _write(self, request: Request, change: Change, *, at: datetime, is_prompt: bool) -> None:
        key = (request.owner, change.client_id)
        if key in self.pages.lines or change.pain not in SCORES:
            return
        corrected_at = min(change.entered_at + (at - request.sent_at), at)
        is_exact = is_prompt and corrected_at == self.saved[key].at
        self.pages.lines[key] = Line(corrected_at, is_exact)
        day = (request.owner, change.day)
        standing = self.pages.current.get(day)
        if standing is None or change.replaces == standing or self._is_later(key, (request.owner, standing)):
            self.pages.current[day] = change.client_id

    def _is_later(self, one: Key, other: Key) -> bool:
        lines = self.pages.lines
        return (lines[one].corrected_at, one[1]) > (lines[other].corrected_at, other[1])

    def days_of(self, person: Person) -> dict[date, UUID]:
        return {day: found for (whose, day), found in self.pages.current.items() if whose == person}

    def newest_at(self, day: Day) -> datetime | None:
        """The true moment of a day's newest entry; None where the server had to estimate one of them."""
        keys = [key for key in self.pages.lines if (key[0], self.saved[key].change.day) == day]
        is_known = all(self.pages.lines[key].is_exact for key in keys)
        return max(self.saved[key].at for key in keys) if is_known else None

    def back_up(self, now: datetime) -> None:
        self.backups.append((now, self.pages.copy()))

    def restore(self, number: int) -> None:
        self.pages = self.backups[number][1].copy()
        del self.backups[number + 1 :]
