"""Batches that no phone of ours would send: a bad change costs only itself, a bad body nothing later."""

from __future__ import annotations

import json
import uuid

import pytest

from tests.api.bodies import SYNC, entry, post, problem
from tests.api.test_sync import day, statuses, sync
from tests.cast import NOW, change, make_patient
from tracker.actions import diary
from tracker.models import DiaryEntry

pytestmark = pytest.mark.django_db

CANARY = "canary"


def send_raw(phone, middle: str, **more):
    """A batch of three whose second change is written by hand."""
    first, last = json.dumps(entry(day=day(1))), json.dumps(entry(day=day(2)))
    body = f'{{"changes": [{first}, {middle}, {last}]}}'
    return phone.post(SYNC, body, content_type="application/json", **more)


def raw(**fields: str) -> str:
    """A change as JSON text in which the fields stand as given."""
    whole = {name: json.dumps(value) for name, value in entry().items()} | fields
    return "{" + ", ".join(f'"{name}": {value}' for name, value in whole.items()) + "}"


LONG = CANARY + "x" * 10_000

ODD_CHANGES = {
    "a long note": {"note": LONG},
    "a note instead of a score": {"pain": LONG},
    "a long id of what it replaces": {"replaces": LONG},
    "a long moment": {"entered_at": LONG},
    "a name of 10,000 characters": {LONG: 1},
    "a thousand names": {f"{CANARY}{number}": number for number in range(1000)},
    "a list of 10,000 scores": {"pain": [4] * 10_000},
    "a score of 4,000 digits": {"pain": int("9" * 4000)},
    "a batch in a change": {"changes": [entry()]},
    "an owner in a change": {"owner": str(uuid.uuid4())},
}


@pytest.mark.parametrize("odd", ODD_CHANGES.values(), ids=ODD_CHANGES.keys())
def test_an_odd_change_is_invalid_and_the_others_are_stored(phone, odd):
    bad = entry(**odd)
    results = sync(phone, entry(day=day(1)), bad, entry(day=day(2)))
    assert statuses(results) == ["created", "invalid", "created"]
    assert results[1]["client_id"] == bad["client_id"]
    assert results[1]["errors"]
    assert DiaryEntry.objects.count() == 2


@pytest.mark.parametrize("odd", list(ODD_CHANGES.values())[:4], ids=list(ODD_CHANGES)[:4])
def test_what_an_odd_change_says_is_neither_sent_back_nor_logged(phone, odd, caplog):
    answer = post(phone, SYNC, {"changes": [entry(**odd)]})
    assert CANARY not in answer.content.decode()
    assert CANARY not in caplog.text


def test_of_many_odd_names_a_few_are_sent_back_and_of_a_long_one_its_beginning(phone):
    many, long = sync(phone, {f"n{number}": 1 for number in range(10_000)}, entry(**{LONG: 1}))
    unknown = [error["field"] for error in many["errors"] if error["message"] == "This field is not known."]
    assert unknown == ["n0", "n1", "n10", "n100", "n1000", "n1001", "n1002", "n1003", "n1004", "n1005"]
    assert [error["field"] for error in long["errors"]] == [LONG[:100]]


UNREADABLE = {
    "NaN": raw(pain="NaN"),
    "Infinity": raw(pain="Infinity"),
    "minus Infinity": raw(soreness="-Infinity"),
    "a score beyond floats": raw(pain="1e999"),
    "a name twice": raw()[:-1] + ', "pain": 9}',
    "the same id twice": raw()[:-1] + f', "client_id": "{uuid.uuid4()}"}}',
    "10,000 lists in each other": raw(pain="[" * 10_000 + "]" * 10_000),
    "10,000 objects in each other": raw(note='{"a":' * 10_000 + "1" + "}" * 10_000),
    "21 lists in each other": raw(pain="[" * 21 + "]" * 21),
}


@pytest.mark.parametrize("odd", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_batch_with_a_part_that_is_no_json_is_refused_whole_and_blocks_nothing_later(phone, odd):
    answer = send_raw(phone, odd)
    if answer.status_code == 200:
        assert statuses(answer.json()["results"]) == ["created", "invalid", "created"]
        return
    assert problem(answer)[0] == 400
    assert not DiaryEntry.objects.exists()
    assert statuses(sync(phone, entry())) == ["created"]


def test_a_megabyte_is_refused_whole_and_blocks_nothing_later(phone):
    assert problem(send_raw(phone, raw(note=json.dumps("x" * 1_000_000))))[:2] == (413, "too-large")
    assert not DiaryEntry.objects.exists()
    assert statuses(sync(phone, entry())) == ["created"]


def test_201_odd_changes_are_as_many_as_201_good_ones(phone):
    assert problem(post(phone, SYNC, {"changes": [None] * 201}))[:2] == (413, "too-large")
    assert set(statuses(sync(phone, *[None] * 200))) == {"invalid"}


def test_an_id_that_comes_again_with_other_news_leaves_the_first_where_it_was(phone):
    first = entry(pain=4)
    sync(phone, first)
    again = [first | {"pain": 9}, first | {"day": day(3)}, first | {"replaces": first["client_id"]}]
    results = sync(phone, entry(day=day(1)), *again, entry(day=day(2)))
    assert statuses(results) == ["created", *["id_reused"] * 3, "created"]
    assert {result["client_id"] for result in results[1:4]} == {first["client_id"]}
    kept = DiaryEntry.objects.get(client_id=first["client_id"])
    assert (kept.pain, kept.describes_on.isoformat(), kept.replaces) == (4, first["day"], None)


def test_an_id_of_another_patient_is_as_good_as_any(phone, our):
    theirs = make_patient(our.clinic, given="Bo", family="Twin", number="harbour-2")
    said = change(NOW.date(), 7)
    diary.record(by=our.clinician, patient=theirs, changes=[said], now=NOW)
    (result,) = sync(phone, entry(client_id=str(said.client_id), pain=2, replaces=str(said.client_id)))
    assert (result["status"], result["current"]) == ("created", None)
    assert sorted(DiaryEntry.objects.values_list("patient", "pain")) == sorted(
        [(our.patient.pk, 2), (theirs.pk, 7)]
    )


@pytest.mark.parametrize("odd", [None, 3, "x", {"client_id": 3}, entry(note=LONG), [[]]])
def test_another_persons_outbox_is_refused_change_by_change_however_odd(phone, odd):
    good = entry()
    results = sync(phone, good, odd, owner=str(uuid.uuid4()))
    assert statuses(results) == ["wrong_owner", "wrong_owner"]
    assert results[0]["client_id"] == good["client_id"]
    assert not DiaryEntry.objects.exists()
    assert statuses(sync(phone, good)) == ["created"]
