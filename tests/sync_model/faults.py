"""Servers and phones with one fault each, which the model has to find: otherwise it proves nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from tests.sync_model.phone import KEPT, Phone, Store
from tests.sync_model.servers import Pure
from tests.sync_model.wire import Key, Person, Request, Result
from tracker.domain.sync import Change, Known


class StoresRepeats(Pure):
    """No idempotency: what comes again is stored again."""

    def same_id(self, key: Key) -> Known | None:
        return None


class OneIdForAll(Pure):
    """An id is looked up without the patient."""

    def found(self, key: Key) -> Iterable[Known]:
        return (known for _, known in self.shelf.rows if known.client_id == key[1])


class LastArrivalWins(Pure):
    """Whatever comes last stands for its day."""

    def becomes_current(self, decided: bool) -> bool:
        return True


class AnswersBeforeCommit(Pure):
    """The answer leaves, and then the server dies."""

    def crash(self, request: Request, *, at: datetime) -> list[Result] | None:
        before = self.shelf.copy()
        answer = self.take(request, at=at)
        self.shelf = before
        return answer


class IgnoresTheOwner(Pure):
    """Whoever brings an outbox is taken for the one who filled it."""

    def take(self, request: Request, *, at: datetime) -> list[Result] | None:
        return [self.judge(request.bearer, change, request.sent_at, at) for change in request.changes]


class ForgetsWhatItSent(Phone):
    """Nothing is kept to be sent again after a restore."""

    def keep(self, store: Store, change: Change, now: datetime) -> None:
        return None


class OneEpochForAll(Phone):
    """The epoch is kept once on the phone: whoever holds it hears of a restore, the others never do."""

    def pass_to(self, person: Person) -> None:
        known = self.own.epoch
        super().pass_to(person)
        self.own.epoch = known


class DropsWhatIsRefused(Phone):
    """A change that needs attention is thrown away."""

    def hear(self, results: Iterable[Result] | None, *, to: Request, now: datetime) -> None:
        super().hear(results, to=to, now=now)
        self.stores[to.owner].attention.clear()


class BelievesLateAnswers(Phone):
    """An answer from before a restore is believed after it."""

    def believes(self, store: Store, to: Request) -> bool:
        return True


class ForgetsByTheClock(Phone):
    """What it sent is forgotten after a month, also where it has not heard yet of a restore."""

    def meet(self, epoch: int, days: Mapping[date, UUID], *, now: datetime) -> None:
        self.forget(self.own, self.clock(now) - KEPT)
        super().meet(epoch, days, now=now)


class ForgetsItsOwnersReturn(Phone):
    """What was refused while another person had the phone stays so after they gave it back."""

    def others_refused(self, store: Store) -> list[Change]:
        return []
