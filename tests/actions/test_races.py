"""Two phones of one patient that send at the same moment, over connections of their own."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import NOW, TODAY, change
from tracker.actions import diary
from tracker.domain.sync import Verdict
from tracker.domain.track import unpack
from tracker.models import DiaryDay, DiaryEntry, Track

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 12


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


@pytest.mark.row(4)
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


@pytest.mark.row(3)
def test_an_id_that_two_phones_use_at_once_for_different_scores_is_refused_to_one(our, at_once):
    shared = uuid.uuid4()
    verdicts = at_once(
        sending(our, change(TODAY, 4, client_id=shared)), sending(our, change(TODAY, 5, client_id=shared))
    )
    assert Counter(verdicts) == {Verdict.CREATED: 1, Verdict.ID_REUSED: 1}
