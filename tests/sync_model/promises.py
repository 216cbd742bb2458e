"""The promises, each a check that says which one was broken. They hold after every step of a history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.sync_model.ledger import SCORES, Ledger
from tests.sync_model.phone import Phone
from tests.sync_model.servers import Server
from tests.sync_model.wire import Key, Row
from tracker.domain.sync import Verdict


def lost(ledger: Ledger, phones: Iterable[Phone], rows: Iterable[Row], epoch: int) -> set[Key]:
    """What a phone called saved and is nowhere: not stored, not waiting, not shown as in need of attention.

    What a phone has sent counts as long as the phone is yet to hear that the server went back to a backup.
    """
    there = {(row.person, row.client_id) for row in rows}
    for phone in phones:
        for person, store in phone.stores.items():
            held = [change.client_id for change in store.outbox] + list(store.attention)
            if store.epoch not in (None, epoch):
                held += list(store.kept)
            there |= {(person, client_id) for client_id in held}
    return ledger.saved.keys() - there


def duplicated(server: Server, rows: Iterable[Row]) -> list[object]:
    """Entries that are stored more than once, and days with more than one entry that stands."""
    entries = Counter((row.person, row.client_id) for row in rows)
    days = Counter(day for day, _ in server.current())
    return [key for counts in (entries, days) for key, count in counts.items() if count > 1]


def strangers(ledger: Ledger, rows: Iterable[Row]) -> list[Row]:
    """Rows that this patient never saved so."""
    return [row for row in rows if not _is_as_saved(row, ledger)]


def _is_as_saved(row: Row, ledger: Ledger) -> bool:
    saved = ledger.saved.get((row.person, row.client_id))
    return saved is not None and (saved.change.day, saved.change.pain) == (row.day, row.pain)


def held_back(phones: Iterable[Phone]) -> list[Key]:
    """Entries in need of attention that have no fault of their own, and were sent by their owner."""
    return [
        (person, client_id)
        for phone in phones
        for person, store in phone.stores.items()
        for client_id, (change, verdict) in store.attention.items()
        if verdict != Verdict.WRONG_OWNER and change.pain in SCORES
    ]


def not_stored(ledger: Ledger, rows: Iterable[Row]) -> set[Key]:
    """What arrived and was right, but is not there."""
    return ledger.pages.lines.keys() - {(row.person, row.client_id) for row in rows}


def outdated(ledger: Ledger, server: Server) -> list[object]:
    """Days for which another entry stands than the one that won, arrival by arrival, or not the newest."""
    found = dict(server.current())
    wrong: list[object] = [day for day, _ in found.items() ^ ledger.pages.current.items()]
    for (person, day), client_id in found.items():
        newest_at = ledger.newest_at((person, day))
        if newest_at is not None and ledger.saved[person, client_id].at != newest_at:
            wrong.append((person, day))
    return wrong


def unsettled(ledger: Ledger, rows: Iterable[Row]) -> set[Key]:
    """After a full exchange: what was saved, is no fault of the patient's, and is not on the server."""
    right = {key for key, saved in ledger.saved.items() if saved.change.pain in SCORES}
    return right - {(row.person, row.client_id) for row in rows}


def disagreeing(ledger: Ledger, phone: Phone) -> list[object]:
    """After a full exchange: what a phone still holds, and days for which it shows another entry."""
    shown = {day: phone.standing(day) for day in ledger.days_of(phone.holder)}
    return phone.own.outbox + [day for day, _ in shown.items() ^ ledger.days_of(phone.holder).items()]
