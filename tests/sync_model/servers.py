"""The server as the model sees it, and the purest one: the rules of `domain.sync` over a dict."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tests.sync_model.wire import Day, Key, Person, Request, Result, Row
from tracker.domain.sync import Change, Known, Verdict, corrected_time, decide


class Server(ABC):
    """Takes requests, holds rows, goes back to backups. The number of a backup counts from 0."""

    epoch = 0

    @abstractmethod
    def take(self, request: Request, *, at: datetime) -> list[Result] | None:
        """Judge and store; the answer is what leaves after the commit."""

    @abstractmethod
    def crash(self, request: Request, *, at: datetime) -> list[Result] | None:
        """Die between receipt and commit: nothing is stored, and no answer leaves."""

    @abstractmethod
    def rows(self) -> list[Row]: ...

    @abstractmethod
    def current(self) -> list[tuple[Day, UUID]]:
        """The entry that stands, for each person and day."""

    @abstractmethod
    def back_up(self) -> None: ...

    @abstractmethod
    def restore(self, number: int) -> None:
        """Go back to a backup; those made after it are gone. The epoch is a new one."""

    @abstractmethod
    def close(self) -> None: ...


@dataclass
class Shelf:
    """Everything that a backup holds."""

    rows: list[tuple[Person, Known]] = field(default_factory=list)
    current: dict[Day, Known] = field(default_factory=dict)

    def copy(self) -> Shelf:
        return Shelf(list(self.rows), dict(self.current))


class Pure(Server):
    """No framework, no database: `decide`, and a list."""

    def __init__(self) -> None:
        self.shelf = Shelf()
        self.backups: list[Shelf] = []

    def take(self, request: Request, *, at: datetime) -> list[Result] | None:
        if request.owner != request.bearer:
            return [Result(change.client_id, Verdict.WRONG_OWNER) for change in request.changes]
        return [self.judge(request.bearer, change, request.sent_at, at) for change in request.changes]

    def crash(self, request: Request, *, at: datetime) -> list[Result] | None:
        return None

    def judge(self, person: Person, change: Change, sent_at: datetime, at: datetime) -> Result:
        corrected_at = corrected_time(change.entered_at, skew=at - sent_at, received_at=at)
        standing = self.shelf.current.get((person, change.day))
        decision = decide(
            change,
            same_id=self.same_id((person, change.client_id)),
            current=standing,
            corrected_at=corrected_at,
        )
        known = Known(change.client_id, change, corrected_at)
        if decision.verdict in (Verdict.CREATED, Verdict.EDITED, Verdict.CONFLICT):
            self.shelf.rows.append((person, known))
            if self.becomes_current(decision.becomes_current):
                standing = self.shelf.current[person, change.day] = known
        is_conflict = decision.verdict == Verdict.CONFLICT
        return Result(change.client_id, decision.verdict, standing.client_id if is_conflict else None)

    def becomes_current(self, decided: bool) -> bool:
        return decided

    def same_id(self, key: Key) -> Known | None:
        return next(iter(self.found(key)), None)

    def found(self, key: Key) -> Iterable[Known]:
        return (known for person, known in self.shelf.rows if (person, known.client_id) == key)

    def rows(self) -> list[Row]:
        return [
            Row(person, known.client_id, known.payload.day, known.payload.pain)
            for person, known in self.shelf.rows
        ]

    def current(self) -> list[tuple[Day, UUID]]:
        return [(day, known.client_id) for day, known in self.shelf.current.items()]

    def back_up(self) -> None:
        self.backups.append(self.shelf.copy())

    def restore(self, number: int) -> None:
        self.shelf = self.backups[number].copy()
        del self.backups[number + 1 :]
        self.epoch += 1

    def close(self) -> None:
        return None
