import json
import uuid
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from tests.api.bodies import ENTRIES, SYNC, entry, post, problem
from tests.cast import TODAY
from tests.statements import SCOPED, SEALED
from tracker.models import DiaryDay, DiaryEntry

pytestmark = pytest.mark.django_db


def sync(phone, *changes, **more) -> list[dict]:
    answer = post(phone, SYNC, {"changes": list(changes)} | more)
    assert answer.status_code == 200, answer.content
    results = answer.json()["results"]
    assert [result["index"] for result in results] == list(range(len(changes)))
    return results


def statuses(results: list[dict]) -> list[str]:
    return [result["status"] for result in results]


def day(back: int) -> str:
    return (TODAY - timedelta(days=back)).isoformat()


@pytest.mark.row(5)
def test_each_change_has_its_own_answer_in_order(phone):
    kept, reused, first = entry(day=day(2)), entry(day=day(3)), entry(day=day(1))
    post(phone, ENTRIES, kept)
    post(phone, ENTRIES, reused)
    results = sync(
        phone,
        first,
        entry(day=day(1), replaces=first["client_id"], pain=5),
        kept,
        entry(day=day(2), pain=9, entered_at="2026-05-20T19:10:00Z"),
        entry(pain=11),
        reused | {"pain": 0},
    )
    assert statuses(results) == ["created", "edited", "duplicate", "conflict", "invalid", "id_reused"]
    assert [bool(result["current"]) for result in results] == [False, False, False, True, False, False]
    assert DiaryEntry.objects.count() == 5


@pytest.mark.row(5)
def test_a_conflict_is_answered_with_the_entry_that_stands(phone):
    post(phone, ENTRIES, entry(pain=6))
    (lost,) = sync(phone, entry(pain=2, entered_at="2026-05-20T12:00:00Z"))
    assert (lost["status"], lost["current"]["pain"]) == ("conflict", 6)
    (won,) = sync(phone, entry(pain=3, entered_at="2026-05-20T19:20:00Z"))
    assert (won["status"], won["current"]["pain"]) == ("conflict", 3)


@pytest.mark.row(2)
def test_what_is_sent_again_is_answered_with_the_entry_that_stands_where_that_is_another(phone):
    first = entry(pain=6)
    sync(phone, first)
    (same,) = sync(phone, first)
    assert (same["status"], same["current"]) == ("duplicate", None)
    second = entry(pain=2, replaces=first["client_id"])
    sync(phone, second)
    again, standing = sync(phone, first, second)
    assert statuses([again, standing]) == ["duplicate", "duplicate"]
    assert again["current"]["client_id"] == second["client_id"] and again["current"]["pain"] == 2
    assert standing["current"] is None


def test_within_one_batch_too(phone):
    first = entry(pain=6)
    second = entry(pain=2, replaces=first["client_id"])
    results = sync(phone, first, second, first)
    assert statuses(results) == ["created", "edited", "duplicate"]
    assert results[2]["current"]["client_id"] == second["client_id"]


@pytest.mark.row(6)
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (entry(pain=11), "pain"),
        (entry(pain=None, soreness=None), "pain"),
        (entry(day="2026-05-21"), "day"),
        (entry(day="2026-01-01"), "day"),
        (entry(day="x"), "day"),
        (entry(entered_at="2026-05-20T19:00:00"), "entered_at"),
        (entry(mood=1), "mood"),
        (entry(sent_at="2026-05-20T19:00:00Z"), "sent_at"),  # it stands beside the changes, not in them
        (entry(patient=1), "patient"),
    ],
)
def test_a_change_that_is_wrong_is_named_and_never_blocks_the_others(phone, wrong, field):
    results = sync(phone, entry(day=day(1)), wrong, entry(day=day(2)))
    assert statuses(results) == ["created", "invalid", "created"]
    assert results[1]["client_id"] == wrong["client_id"]
    assert [error["field"] for error in results[1]["errors"]] == [field]
    assert all(error["message"] for error in results[1]["errors"])
    assert DiaryEntry.objects.count() == 2


@pytest.mark.parametrize(
    "wrong", [None, 3, True, "x", [], [[]], {}, {"client_id": 3}, {"client_id": "x"}, entry(client_id=...)]
)
def test_a_change_without_a_readable_id_is_answered_by_its_index(phone, wrong):
    results = sync(phone, entry(day=day(1)), wrong, entry(day=day(2)))
    assert statuses(results) == ["created", "invalid", "created"]
    assert (results[1]["index"], results[1]["client_id"]) == (1, None)
    assert results[1]["errors"]


def test_the_same_id_twice_in_one_batch_is_one_row(phone):
    body = entry()
    assert statuses(sync(phone, body, body, body | {"pain": 7})) == ["created", "duplicate", "id_reused"]
    assert DiaryEntry.objects.get().pain == 4


@pytest.mark.row(2)
def test_a_batch_sent_again_after_a_lost_answer_changes_nothing(phone):
    batch = [entry(day=day(back)) for back in range(10)]
    assert set(statuses(sync(phone, *batch))) == {"created"}
    assert set(statuses(sync(phone, *batch))) == {"duplicate"}
    assert DiaryEntry.objects.count() == DiaryDay.objects.count() == 10


def test_an_empty_outbox_is_answered_with_nothing(phone):
    assert sync(phone) == []


def test_the_clock_at_sending_corrects_the_time_of_every_change(phone):
    sync(phone, entry(entered_at="2026-05-20T18:00:00Z"), sent_at="2026-05-20T18:30:00Z")
    row = DiaryEntry.objects.get()
    assert row.skew_seconds == 3600
    assert row.corrected_at - row.entered_at == timedelta(hours=1)


def test_200_changes_are_stored_and_201_are_refused_whole(phone, our):
    type(our.patient).objects.update(enrolled_at=our.patient.enrolled_at - timedelta(days=365))
    batch = [entry(day=day(back)) for back in range(200)]
    answer = post(phone, SYNC, {"changes": [*batch, entry()]})
    assert problem(answer)[:2] == (413, "too-large")
    assert "200" in answer.json()["detail"]
    assert not DiaryEntry.objects.exists()
    assert set(statuses(sync(phone, *batch))) == {"created"}


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, ["changes"]),
        ({"changes": None}, ["changes"]),
        ({"changes": {}}, ["changes"]),
        ({"changes": "x"}, ["changes"]),
        ({"changes": [], "clinic": 1}, ["clinic"]),
        ({"changes": [], "sent_at": "now"}, ["sent_at"]),
        ({"changes": [], "sent_at": "2026-05-20T19:00:00"}, ["sent_at"]),
        ([], [""]),
    ],
)
def test_an_envelope_that_is_wrong_is_refused_whole(phone, body, fields):
    assert problem(post(phone, SYNC, body)) == (400, "invalid", fields)


def test_a_storage_that_cannot_store_acknowledges_nothing(phone, monkeypatch):
    def fail(**_: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("tracker.api.diary.record", fail)
    answer = post(phone, SYNC, {"changes": [entry()]})
    assert problem(answer) == (503, "unavailable", [])
    assert "results" not in answer.json()


def test_the_number_of_statements_does_not_grow_with_the_batch(phone, django_assert_num_queries):
    for days in (range(1), range(1, 31)):
        with django_assert_num_queries(11 + SEALED + SCOPED + connection.features.has_select_for_update):
            assert set(statuses(sync(phone, *[entry(day=day(back)) for back in days]))) == {"created"}


def test_what_is_sent_back_can_be_read_by_any_client(phone):
    """No name or value of a stranger comes back in a form that breaks a reader."""
    (result,) = sync(phone, entry(**{"<script>": 1, "\u2028": 2}))
    assert json.loads(json.dumps(result)) == result
    assert uuid.UUID(result["client_id"])
