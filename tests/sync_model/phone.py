"""A phone by its protocol: an outbox, what it sent within a month, and what needs the patient's attention."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from tests.sync_model.wire import Person, Request, Result
from tracker.domain.sync import Change, Verdict

BATCH = 3
"""Changes in one request. A real phone sends 200; here the seam between two requests has to be met often."""

KEPT = timedelta(days=30)
"""How long a phone keeps what it has sent, in case the server goes back to a backup."""

ATTENTION = (Verdict.INVALID, Verdict.ID_REUSED, Verdict.WRONG_OWNER)


@dataclass
class Store:
    """What a phone holds for one person. It is locked while the phone is another's."""

    outbox: list[Change] = field(default_factory=list)
    kept: dict[UUID, tuple[Change, datetime]] = field(default_factory=dict)
    attention: dict[UUID, tuple[Change, Verdict]] = field(default_factory=dict)
    seen: dict[date, UUID] = field(default_factory=dict)
    epoch: int | None = None

    @property
    def is_empty(self) -> bool:
        return not (self.outbox or self.kept or self.attention)


class Phone:
    def __init__(self, number: int, holder: Person, *, clock_off_by: timedelta) -> None:
        self.number, self.holder, self.clock_off_by = number, holder, clock_off_by
        self.stores: dict[Person, Store] = {holder: Store()}

    @property
    def own(self) -> Store:
        return self.stores[self.holder]

    def clock(self, now: datetime) -> datetime:
        return now + self.clock_off_by

    def pass_to(self, person: Person) -> None:
        """Another person joins; the first one's entries stay, locked."""
        self.holder = person
        self.stores.setdefault(person, Store())

    def copy_from(self, other: Phone) -> None:
        """Become the image of another phone that the same person used."""
        self.pass_to(other.holder)
        self.stores[self.holder] = deepcopy(other.own)

    def standing(self, day: date) -> UUID | None:
        """The entry that the phone shows for a day: its own unsent one, or the server's."""
        unsent = [change.client_id for change in self.own.outbox if change.day == day]
        return unsent[-1] if unsent else self.own.seen.get(day)

    def save(self, change: Change) -> None:
        """Into the outbox; only then the screen says "saved"."""
        self.own.outbox.append(change)

    def request(self, now: datetime, *, owner: Person | None = None) -> Request:
        """The oldest of the outbox; `owner` is another than the holder where an old page is still open."""
        whose = self.holder if owner is None else owner
        store = self.stores[whose]
        changes = tuple(store.outbox[:BATCH])
        return Request(self.number, self.holder, whose, changes, self.clock(now), store.epoch)

    def hear(self, results: Iterable[Result] | None, *, to: Request, now: datetime) -> None:
        """The answer to a request. Without one everything stays, and is sent again.

        So it does where the phone has heard of a restore since it asked: the answer may be about what the
        backup does not hold.
        """
        store = self.stores[to.owner]
        if not self.believes(store, to):
            return
        for result in results or ():
            change = next((one for one in store.outbox if one.client_id == result.client_id), None)
            if change is None:
                continue
            store.outbox.remove(change)
            if result.verdict in ATTENTION:
                store.attention[change.client_id] = (change, result.verdict)
            else:
                self.keep(store, change, now)
                self.show(store, change, result)

    def show(self, store: Store, change: Change, result: Result) -> None:
        """After a conflict, the other's entry; where this phone may not read that day any more, none."""
        store.seen[change.day] = change.client_id
        if result.verdict == Verdict.CONFLICT:
            store.seen.pop(change.day)
            if result.current is not None:
                store.seen[change.day] = result.current

    def believes(self, store: Store, to: Request) -> bool:
        return store.epoch == to.epoch

    def keep(self, store: Store, change: Change, now: datetime) -> None:
        store.kept[change.client_id] = (change, self.clock(now))

    def meet(self, epoch: int, days: Mapping[date, UUID], *, now: datetime) -> None:
        """The session's answer: where the epoch is another, what was sent is sent again.

        So is what was refused while somebody else had the phone. What is older than a month is forgotten only
        where the epoch is the same: a phone that lay in a drawer for a month after a restore still sends what
        the backup did not hold.
        """
        store = self.own
        again = self.others_refused(store)
        if store.epoch not in (None, epoch):
            again += [change for change, _ in store.kept.values()]
            store.kept = {}
        store.outbox = sorted(again + store.outbox, key=lambda change: change.entered_at)
        self.forget(store, self.clock(now) - KEPT)
        store.epoch, store.seen = epoch, dict(days)

    def others_refused(self, store: Store) -> list[Change]:
        """What was sent by somebody else's key, and waited for its owner to come back."""
        refused = [change for change, verdict in store.attention.values() if verdict == Verdict.WRONG_OWNER]
        for change in refused:
            del store.attention[change.client_id]
        return refused

    def forget(self, store: Store, oldest: datetime) -> None:
        store.kept = {key: kept for key, kept in store.kept.items() if kept[1] >= oldest}
