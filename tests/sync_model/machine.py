"""Histories: what patients, phones, the network and the server may do to each other, in any order."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.cast import NOW
from tests.sync_model import promises
from tests.sync_model.ledger import Ledger, Saved
from tests.sync_model.phone import KEPT, Phone
from tests.sync_model.servers import Pure, Server
from tests.sync_model.tally import Tally
from tests.sync_model.wire import Person, Request, Result
from tracker.domain.sync import Change

OWNERS: tuple[Person, ...] = (0, 0, 1)
"""Who has which phone at first."""

LONGEST = timedelta(days=40)
"""When time no longer leaps. A phone's key lives 90 days without use; signing in again is another model."""

phones = st.sampled_from(range(len(OWNERS)))
people = st.sampled_from(sorted(set(OWNERS)))
offs = st.lists(st.integers(-30, 30), min_size=len(OWNERS), max_size=len(OWNERS))
scores = st.sampled_from([0, 3, 3, 10, 11])
"""Few, so that different people say the same; 11 is none."""

A_MONTH = timedelta(days=31)
"""Longer than a phone keeps what it has sent."""

pauses = st.sampled_from([0, 0, 1, 60])
"""Seconds between two entries: none is what two phones at once, or a stopped clock, look like."""

fates = st.sampled_from(
    ["fine", "fine", "request lost", "answer lost", "answer late", "twice", "again later", "held", "crash"]
)
spans = st.sampled_from(
    [timedelta(seconds=1), timedelta(minutes=10), timedelta(hours=9), timedelta(days=2), A_MONTH]
)


class Histories(RuleBasedStateMachine):
    """One history. Subclasses name the server, the phone and where to count."""

    server: ClassVar[Callable[[], Server]] = Pure
    phone: ClassVar[type[Phone]] = Phone
    tally: ClassVar[Tally] = Tally("unnamed")

    def __init__(self) -> None:
        super().__init__()
        self.at = type(self).server()
        self.now = NOW
        self.ledger = Ledger()
        self.phones: list[Phone] = []
        self.on_the_way: list[tuple[Request, datetime]] = []
        self.late_answers: list[tuple[Request, list[Result] | None]] = []
        self.told_wrong: list[Result] = []

    @initialize(off=offs)
    def switch_on(self, off: list[int]) -> None:
        for number, (owner, minutes) in enumerate(zip(OWNERS, off, strict=True)):
            self.phones.append(type(self).phone(number, owner, clock_off_by=timedelta(minutes=minutes)))
            self._meet(self.phones[-1])
        self.back_up()

    # --- patients ---

    @rule(
        which=phones,
        pains=st.lists(scores, min_size=1, max_size=4),
        back=st.integers(0, 1),
        pause=pauses,
        fate=fates,
    )
    def save(self, which: int, pains: list[int], back: int, pause: int, fate: str) -> None:
        for pain in pains:
            self.now += timedelta(seconds=pause)
            self._save(self.phones[which], (self.now - timedelta(days=back)).date(), pain)
            back = 1 - back
        self._send(self.phones[which], fate)

    def _save(self, phone: Phone, day: date, pain: int) -> None:
        change = Change(
            client_id=self.ledger.next_id(phone.holder),
            day=day,
            pain=pain,
            soreness=None,
            entered_at=phone.clock(self.now),
            replaces=phone.standing(day),
        )
        phone.save(change)
        self.ledger.saved[phone.holder, change.client_id] = Saved(change, self.now)
        self.tally.entries += 1

    @rule(which=phones, person=people, page_stays_open=st.booleans())
    def pass_on(self, which: int, person: Person, page_stays_open: bool) -> None:
        phone = self.phones[which]
        before = phone.holder
        phone.pass_to(person)
        self._meet(phone)
        if page_stays_open:
            request = phone.request(self.now, owner=before)
            phone.hear(self._arrive(request, self.now), to=request, now=self.now)

    @rule(which=phones, onto=phones)
    def set_up_from_an_image(self, which: int, onto: int) -> None:
        there = self.phones[onto].stores.get(self.phones[which].holder)
        if which != onto and (there is None or there.is_empty):
            self.phones[onto].copy_from(self.phones[which])

    # --- the network ---

    @rule(which=phones, fate=fates)
    def send(self, which: int, fate: str) -> None:
        self._send(self.phones[which], fate)

    def _send(self, phone: Phone, fate: str) -> None:
        request = phone.request(self.now)
        if not request.changes or fate == "request lost":
            return
        answer = self.at.crash(request, at=self.now) if fate == "crash" else None
        if fate in ("held", "again later"):
            self.on_the_way.append((request, self.now))
        if fate in ("fine", "answer late", "answer lost", "twice", "again later"):
            answer = self._arrive(request, self.now)
        if fate == "twice":
            answer = self._arrive(request, self.now)
        if fate == "answer late":
            self._expect(request, answer)
        phone.hear(None if fate.startswith("answer") else answer, to=request, now=self.now)

    def _expect(self, request: Request, answer: list[Result] | None) -> None:
        """An answer after the phone gave up waiting, or of a copy: it is heard some time, or never."""
        self.late_answers.append((request, answer))

    @rule(which=phones)
    def meet(self, which: int) -> None:
        self._meet(self.phones[which])

    @precondition(lambda self: self.on_the_way)
    @rule(which=st.integers(0, 9))
    def arrive_late(self, which: int) -> None:
        request, left_at = self.on_the_way.pop(which % len(self.on_the_way))
        self._expect(request, self._arrive(request, left_at))

    @precondition(lambda self: self.late_answers)
    @rule(which=st.integers(0, 9))
    def hear_late(self, which: int) -> None:
        request, answer = self.late_answers.pop(which % len(self.late_answers))
        self.phones[request.phone].hear(answer, to=request, now=self.now)

    @precondition(lambda self: self.now < NOW + LONGEST)
    @rule(span=spans)
    def wait(self, span: timedelta) -> None:
        self.now += span

    # --- the server ---

    @rule()
    def back_up(self) -> None:
        self.at.back_up()
        self.ledger.back_up(self.now)

    @precondition(lambda self: self._backups())
    @rule(which=st.integers(0, 9), heard_of=st.sampled_from(["at once", "later", "after a month"]))
    def restore(self, which: int, heard_of: str) -> None:
        number = self._backups()[which % len(self._backups())]
        self.at.restore(number)
        self.ledger.restore(number)
        self.tally.restores += 1
        if heard_of == "after a month" and self.now < NOW + LONGEST:
            self.now += A_MONTH
        for phone in self.phones if heard_of == "at once" else ():
            self._meet(phone)

    # --- what has to be so ---

    @invariant()
    def promises_are_kept(self) -> None:
        if not self.phones:
            return
        self.tally.steps += 1
        rows = self.at.rows()
        lost = promises.lost(self.ledger, self.phones, rows, self.at.epoch)
        duplicated = promises.duplicated(self.at, rows)
        self.tally.lost += len(lost)
        self.tally.duplicated += len(duplicated)
        assert not lost, f"lost: {lost}"
        assert not duplicated, f"duplicated: {duplicated}"
        assert not (found := promises.strangers(self.ledger, rows)), f"another's: {found}"
        assert not (found := promises.held_back(self.phones)), f"held back: {found}"
        assert not (found := promises.not_stored(self.ledger, rows)), f"not stored: {found}"
        assert not (found := promises.outdated(self.ledger, self.at)), f"not the newest: {found}"
        assert not self.told_wrong, f"not the newest: {self.told_wrong}"

    def teardown(self) -> None:
        try:
            if sys.exc_info()[0] is None:
                self._settle()
                self.tally.histories += 1
        finally:
            self.at.close()

    def _settle(self) -> None:
        """A full exchange: everything arrives, everybody sends all they have, and then looks again."""
        while self.on_the_way:
            self.arrive_late(0)
        self._visit_all()
        disagreeing = self._visit_all()
        self.promises_are_kept()
        unsettled = promises.unsettled(self.ledger, self.at.rows())
        assert not unsettled, f"unsettled: {unsettled}"
        assert not disagreeing, f"disagreeing: {disagreeing}"

    def _visit_all(self) -> list[object]:
        """Each phone with each of its people; what they show then and the server does not."""
        found: list[object] = []
        for phone in self.phones:
            for person in list(phone.stores):
                phone.pass_to(person)
                self._meet(phone)
                self._flush(phone)
                found += promises.disagreeing(self.ledger, phone)
        return found

    def _flush(self, phone: Phone) -> None:
        while phone.own.outbox:
            request = phone.request(self.now)
            phone.hear(self._arrive(request, self.now), to=request, now=self.now)

    def _meet(self, phone: Phone) -> None:
        days = {day: found for (person, day), found in self.at.current() if person == phone.holder}
        phone.meet(self.at.epoch, days, now=self.now)

    def _arrive(self, request: Request, left_at: datetime) -> list[Result] | None:
        self.tally.requests += 1
        answer = self.at.take(request, at=self.now)
        stands = self.ledger.commit(request, at=self.now, left_at=left_at)
        told = [result for result in answer or () if result.current is not None]
        self.told_wrong += [result for result in told if result.current != stands.get(result.client_id)]
        return answer

    def _backups(self) -> list[int]:
        """Backups that phones can make up for: no older than what they keep."""
        return [
            number for number, (made_at, _) in enumerate(self.ledger.backups) if made_at >= self.now - KEPT
        ]
