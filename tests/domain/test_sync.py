"""One change against what the server holds: the table of verdicts, and a winner that no order changes."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.cases import VECTORS
from tracker.domain.sync import Change, Decision, Known, Verdict, corrected_time, decide

ROWS = json.loads((VECTORS / "sync_verdicts.json").read_text())
NINETEEN = datetime(2026, 3, 5, 19, tzinfo=UTC)


def _uuid(letter: str | None) -> UUID | None:
    return None if letter is None else UUID(letter * 32)


def _clock(text: str) -> datetime:
    hour, minute = text.split(":")
    return NINETEEN.replace(hour=int(hour), minute=int(minute))


def _change(row: dict) -> Change:
    return Change(
        client_id=_uuid(row["client_id"]),
        day=date.fromisoformat(row.get("day", "2026-03-05")),
        pain=row["pain"],
        soreness=row.get("soreness"),
        entered_at=_clock(row.get("entered_at", "19:00")),
        replaces=_uuid(row.get("replaces")),
    )


def _known(row: dict | None) -> Known | None:
    if row is None:
        return None
    change = _change(row)
    return Known(change.client_id, change, _clock(row.get("corrected_at", "19:00")))


@pytest.mark.row(5)
@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_the_table_of_verdicts(row):
    found = decide(
        _change(row["change"]),
        same_id=_known(row["same_id"]),
        current=_known(row["current"]),
        corrected_at=_clock(row["change"].get("corrected_at", "19:00")),
    )
    assert found == Decision(Verdict(row["verdict"]), row["becomes_current"])


def test_every_verdict_that_is_decided_here_is_in_the_table():
    assert {row["verdict"] for row in ROWS} == set(Verdict) - {Verdict.WRONG_OWNER}


def test_without_a_corrected_time_the_device_time_counts():
    current = _known({"client_id": "b", "pain": 3, "corrected_at": "19:30"})
    later = _change({"client_id": "a", "pain": 5, "entered_at": "19:31"})
    assert decide(later, same_id=None, current=current).becomes_current


@pytest.mark.parametrize(
    ("skew", "expected"),
    [
        (timedelta(minutes=5), "19:05"),
        (timedelta(minutes=-5), "18:55"),
        (None, "19:00"),
        (timedelta(hours=3), "20:00"),
    ],
)
def test_the_corrected_time_follows_the_skew_and_never_passes_receipt(skew, expected):
    found = corrected_time(NINETEEN, skew=skew, received_at=_clock("20:00"))
    assert found == _clock(expected)


def _last_standing(arrivals: list[Known]) -> UUID:
    """What is current after these arrived one by one."""
    current: Known | None = None
    for known in arrivals:
        decision = decide(known.payload, same_id=None, current=current, corrected_at=known.corrected_at)
        if decision.becomes_current:
            current = known
    assert current is not None
    return current.client_id


@st.composite
def histories(draw) -> list[Known]:
    """Up to four entries of one day by several phones; some edit an earlier one, which is then older."""
    known: list[Known] = []
    for number in range(draw(st.integers(2, 4))):
        target = draw(st.none() | st.sampled_from(known)) if known else None
        earliest = 0 if target is None else (target.corrected_at - NINETEEN).seconds // 60 + 1
        at = NINETEEN + timedelta(minutes=draw(st.integers(earliest, earliest + 3)))
        client_id = UUID(int=draw(st.integers(0, 3)) * 10 + number)
        replaces = None if target is None else target.client_id
        change = Change(client_id, date(2026, 3, 5), number, None, at, replaces)
        known.append(Known(client_id, change, at))
    return known


def _in_causal_order(arrivals: tuple[Known, ...]) -> bool:
    seen: set[UUID] = set()
    for known in arrivals:
        if known.payload.replaces is not None and known.payload.replaces not in seen:
            return False
        seen.add(known.client_id)
    return True


@pytest.mark.row(4)
@settings(deadline=None, max_examples=80)
@given(histories())
def test_the_winner_is_the_same_in_every_order_of_arrival(history):
    orders = [order for order in permutations(history) if _in_causal_order(order)]
    assert len({_last_standing(list(order)) for order in orders}) == 1
