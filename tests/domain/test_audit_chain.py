"""The seal of the audit trail: what it covers, and that it finds whatever was done to a chain."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.audit_chain import Break, Event, Sealed, first_break, mac_of

KEY = b"a key"
AT = datetime(2026, 5, 20, 19, 30, tzinfo=UTC)


def event(number: int = 1, **changes: Any) -> Event:
    fields = {
        "clinic_id": 1,
        "at": AT,
        "actor": "staff:7",
        "on_behalf_of": "",
        "action": "view",
        "patient_id": 12,
        "patients": "",
        "subject": "clinic:patient",
        "outcome": "done",
        "request_id": "00ff",
        "network": "192.0.2.0",
        "detail": {},
    }
    return Event(number=number, **(fields | changes))


def chain(*events: Event) -> list[Sealed]:
    sealed, mac = [], b""
    for one in events:
        mac = mac_of(one, previous=mac, key=KEY)
        sealed.append(Sealed(one.number, one.as_bytes(), mac))
    return sealed


FIVE = chain(*[event(number) for number in range(1, 6)])
HEAD = (5, FIVE[-1].mac)


@given(
    texts=st.lists(st.text(), min_size=7, max_size=7),
    patient=st.none() | st.integers(min_value=1),
    detail=st.dictionaries(st.text(), st.text() | st.integers() | st.lists(st.text())),
)
def test_an_event_is_spelled_as_the_json_library_does(texts, patient, detail):
    actor, on_behalf_of, action, patients, subject, request_id, network = texts
    one = event(
        actor=actor,
        on_behalf_of=on_behalf_of,
        action=action,
        patient_id=patient,
        patients=patients,
        subject=subject,
        request_id=request_id,
        network=network,
        detail=detail,
    )
    said = [1, 1, "2026-05-20T19:30:00+00:00", actor, on_behalf_of, action, patient, patients, subject]
    said += ["done", request_id, network, detail]
    assert one.as_bytes() == json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


def test_the_same_moment_in_another_zone_is_the_same_event():
    there = AT.astimezone(timezone(timedelta(hours=-6)))
    assert event(at=there).as_bytes() == event().as_bytes()


def test_the_seal_of_a_known_event_never_changes():
    assert (
        mac_of(event(), previous=b"", key=KEY).hex()
        == "2696e5011f693d83305ba1e238683dc19da0f493a22ed561a7aab7c60cd11871"
    )


def test_a_chain_that_nobody_touched_is_whole():
    assert first_break(FIVE, head=HEAD, key=KEY) is None
    assert first_break([], head=(0, b""), key=KEY) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("clinic_id", 2),
        ("at", AT + timedelta(microseconds=1)),
        ("actor", "staff:8"),
        ("on_behalf_of", "patient:1"),
        ("action", "look"),
        ("patient_id", None),
        ("patients", ",1,"),
        ("subject", ""),
        ("outcome", "refused"),
        ("request_id", ""),
        ("network", "192.0.2.1"),
        ("detail", {"fields": []}),
    ],
)
def test_every_part_of_an_event_is_under_its_seal(name, text):
    changed = Sealed(3, event(3, **{name: text}).as_bytes(), FIVE[2].mac)
    found = first_break([*FIVE[:2], changed, *FIVE[3:]], head=HEAD, key=KEY)
    assert found == Break(3, "changed, or written without the key")


def test_a_part_cannot_spill_into_its_neighbour():
    assert event(actor='a","b').as_bytes() != event(actor="a", on_behalf_of="b").as_bytes()


FOREIGN = Sealed(3, event(3, actor="staff:9").as_bytes(), mac_of(event(3), previous=b"", key=b"another"))


@pytest.mark.parametrize(
    ("events", "at", "problem"),
    [
        ([*FIVE[:2], *FIVE[3:]], 3, "missing"),
        (FIVE[1:], 1, "missing"),
        (FIVE[:4], 5, "the head counts 5 events, and 4 are there"),
        ([], 1, "the head counts 5 events, and 0 are there"),
        ([*FIVE[:3], FIVE[2], *FIVE[3:]], 4, "there twice"),
        ([*FIVE[:2], FOREIGN, *FIVE[3:]], 3, "changed, or written without the key"),
        ([FIVE[0], FIVE[2], FIVE[1], *FIVE[3:]], 2, "missing"),
    ],
)
def test_a_cut_a_repetition_and_a_replacement_are_found(events, at, problem):
    assert first_break(events, head=HEAD, key=KEY) == Break(at, problem)


def test_a_cut_tail_with_its_count_set_back_is_found_by_the_heads_seal():
    found = first_break(FIVE[:4], head=(4, HEAD[1]), key=KEY)
    assert found == Break(4, "not the event that the head names")


def test_whoever_has_not_the_key_cannot_write_a_chain():
    assert first_break(FIVE, head=HEAD, key=b"another key") == Break(1, "changed, or written without the key")
