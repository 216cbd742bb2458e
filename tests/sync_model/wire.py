"""What goes over the wire between a phone and the server, and who is meant by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tracker.domain.sync import Change, Verdict

Person = int
Key = tuple[Person, UUID]
"""An entry: ids are unique for one patient only, and in this model most are another's as well."""

Day = tuple[Person, date]


@dataclass(frozen=True, slots=True)
class Request:
    """A part of an outbox on its way. `bearer` is whose key the phone holds, `owner` who logged it."""

    phone: int
    bearer: Person
    owner: Person
    changes: tuple[Change, ...]
    sent_at: datetime
    """By the phone's clock."""

    epoch: int | None
    """The one that the phone knew; it keeps this for itself."""


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one change; `current` stands for the day after a conflict, if it may be read."""

    client_id: UUID
    verdict: Verdict
    current: UUID | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as the server holds it."""

    person: Person
    client_id: UUID
    day: date
    pain: int | None
