"""Two phones of one patient that send at the same moment, over connections of their own."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from tests.cast import NOW, TODAY, change
from tracker.actions import diary
from tracker.domain.sync import Verdict
from tracker.domain.track import unpack
from tracker.models import DiaryDay, DiaryEntry, Track

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 12

AtOnce = Callable[..., list[Any]]


@pytest.fixture
def at_once(our, tmp_path: Path) -> AtOnce:
    """Runs functions at the same moment, each in a thread with its own connection.

    SQLite's tests live in memory, where threads do not lock as they do on a file: so here they get a file.
    """
    file = tmp_path / "shared.sqlite3" if connections["default"].vendor == "sqlite" else None
    if file:
        with connections["default"].cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])

    def in_its_thread(start: Barrier, work: Callable[[], Any]) -> Any:
        own = connections.create_connection("default")
        own.settings_dict = own.settings_dict | ({"NAME": str(file)} if file else {})
        connections["default"] = own
        try:
            own.ensure_connection()
            start.wait(timeout=20)
            return work()
        finally:
            own.close()

    def run(*works: Callable[[], Any]) -> list[Any]:
        start = Barrier(len(works))
        with ThreadPoolExecutor(len(works)) as pool:
            return [done.result(60) for done in [pool.submit(in_its_thread, start, work) for work in works]]

    return run


def sending(our, one) -> Callable[[], Verdict]:
    def send() -> Verdict:
        (outcome,) = diary.record(by=our.device, patient=our.patient, changes=[one], now=NOW)
        return outcome.verdict

    return send


def test_the_same_entry_from_two_phones_at_once_is_stored_once(our, at_once):
    for back in range(ROUNDS):
        one = change(TODAY - timedelta(days=back), 4)
        verdicts = at_once(sending(our, one), sending(our, one))
        assert Counter(verdicts) == {Verdict.CREATED: 1, Verdict.DUPLICATE: 1}
    (counted,) = at_once(lambda: (DiaryEntry.objects.count(), DiaryDay.objects.count()))
    assert counted == (ROUNDS, ROUNDS)


def test_two_entries_for_a_day_at_once_have_one_winner_and_both_are_kept(our, at_once):
    for back in range(ROUNDS):
        day = TODAY - timedelta(days=back)
        early = change(day, 8, entered_at=NOW - timedelta(days=back, hours=1))
        late = change(day, 3, entered_at=NOW - timedelta(days=back))
        verdicts = at_once(sending(our, early), sending(our, late))
        assert Counter(verdicts) == {Verdict.CREATED: 1, Verdict.CONFLICT: 1}
    (stored,) = at_once(lambda: (DiaryEntry.objects.count(), winners(), track(our)))
    assert stored == (2 * ROUNDS, [3] * ROUNDS, [3] * ROUNDS)


def winners() -> list[int | None]:
    days = DiaryDay.objects.select_related("current", "scored_pain", "scored_soreness").order_by(
        "describes_on"
    )
    assert all(day.current == day.scored_pain for day in days)
    return [day.current.pain for day in days]


def track(our) -> list[int | None]:
    kept = Track.objects.get(injection=our.injection)
    return [mark.pain for mark in unpack(bytes(kept.codes), bytes(kept.provenance))]


def test_an_id_that_two_phones_use_at_once_for_different_scores_is_refused_to_one(our, at_once):
    shared = uuid.uuid4()
    verdicts = at_once(
        sending(our, change(TODAY, 4, client_id=shared)), sending(our, change(TODAY, 5, client_id=shared))
    )
    assert Counter(verdicts) == {Verdict.CREATED: 1, Verdict.ID_REUSED: 1}
