import uuid
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from django.db import OperationalError, connection

from tests.cast import NOW, TODAY, ClinicCast, change, make_device, make_patient
from tests.scopes import inside
from tests.statements import SEALED
from tracker.access import NotAllowed
from tracker.actions import assessments, diary
from tracker.domain.roles import Role
from tracker.domain.sync import Verdict
from tracker.domain.track import Source, Timing, unpack
from tracker.models import Assessment, AuditEvent, DiaryDay, DiaryEntry, Track

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


def record(cast: ClinicCast, *changes, now: datetime = NOW, **more) -> list[Verdict]:
    outcomes = diary.record(by=cast.device, patient=cast.patient, changes=changes, now=now, **more)
    return [outcome.verdict for outcome in outcomes]


def day_of(cast: ClinicCast, on=TODAY) -> DiaryDay:
    return DiaryDay.objects.select_related("current", "scored_pain", "scored_soreness").get(
        patient=cast.patient, describes_on=on
    )


def marks(cast: ClinicCast):
    track = Track.objects.get(injection=cast.injection)
    return {mark.day: mark for mark in unpack(bytes(track.codes), bytes(track.provenance))}


def test_an_entry_is_stored_with_its_provenance_and_assessed_at_once(our):
    assert record(our, change(TODAY, 4, 1)) == [Verdict.CREATED]
    entry = DiaryEntry.objects.get()
    assert (entry.pain, entry.soreness, entry.timing, entry.source) == (4, 1, Timing.LIVE, Source.PATIENT)
    assert (entry.clinic_id, entry.device_id, entry.received_at) == (our.clinic.pk, our.device.pk, NOW)
    assert day_of(our).current == day_of(our).scored_pain == entry
    assert marks(our)[10].pain == 4
    assert Assessment.objects.get(injection=our.injection).last_pain == 4


def test_the_same_entry_sent_twice_is_stored_once(our):
    first = change(TODAY, 4)
    again = change(TODAY, 4, client_id=first.client_id, entered_at=first.entered_at + timedelta(seconds=2))
    assert record(our, first) == [Verdict.CREATED]
    assert record(our, first, again) == [Verdict.DUPLICATE, Verdict.DUPLICATE]
    assert DiaryEntry.objects.count() == 1


def test_the_same_entry_twice_in_one_batch_is_stored_once(our):
    first = change(TODAY, 4)
    assert record(our, first, first) == [Verdict.CREATED, Verdict.DUPLICATE]
    assert DiaryEntry.objects.count() == 1


@pytest.mark.row(3)
def test_an_id_that_returns_with_other_scores_is_refused_and_the_first_stays(our):
    first = change(TODAY, 4)
    record(our, first)
    assert record(our, change(TODAY, 7, client_id=first.client_id)) == [Verdict.ID_REUSED]
    assert day_of(our).current.pain == 4


@pytest.mark.row(3)
def test_another_patients_entry_with_the_same_id_is_no_duplicate(our, their):
    shared = uuid.uuid4()
    record(our, change(TODAY, 4, client_id=shared))
    neighbour = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    phone, _ = make_device(neighbour, our.clinician)
    same = [change(TODAY, 9, client_id=shared)]
    (outcome,) = diary.record(by=phone, patient=neighbour, changes=same, now=NOW)
    assert outcome.verdict is Verdict.CREATED
    with inside(their):
        assert record(their, *same) == [Verdict.CREATED]
    assert DiaryEntry.objects.count() == 2


def test_a_correction_keeps_the_old_revision_and_marks_the_day_edited(our):
    first = change(YESTERDAY, 8)
    record(our, first)
    assert record(our, change(YESTERDAY, 3, replaces=first.client_id, entered_at=NOW)) == [Verdict.EDITED]
    assert sorted(DiaryEntry.objects.values_list("pain", flat=True)) == [3, 8]
    assert (day_of(our, YESTERDAY).scored_pain.pain, day_of(our, YESTERDAY).is_edited) == (3, True)
    assert marks(our)[9].edited


def test_an_entry_about_soreness_alone_leaves_the_pain_where_it_was(our):
    record(our, change(TODAY, 7))
    record(our, change(TODAY, None, 2, entered_at=NOW))
    assert (marks(our)[10].pain, marks(our)[10].soreness) == (7, 2)
    assert day_of(our).standing == (7, 2)
    assert Assessment.objects.get(injection=our.injection).last_pain == 7


def test_an_entry_about_pain_alone_leaves_the_soreness_where_it_was(our):
    first = change(TODAY, 7, 4)
    record(our, first)
    record(our, change(TODAY, 5, None, replaces=first.client_id, entered_at=NOW))
    assert (marks(our)[10].pain, marks(our)[10].soreness) == (5, 4)


@pytest.mark.row(33)
def test_two_days_later_is_late_and_scored_three_days_later_is_recalled_and_not(our):
    record(
        our,
        change(TODAY - timedelta(days=2), 5, entered_at=NOW),
        change(TODAY - timedelta(days=3), 6, entered_at=NOW),
    )
    assert marks(our)[8].timing is Timing.LATE
    assert marks(our)[7].timing is Timing.RECALLED
    assert day_of(our, TODAY - timedelta(days=3)).scored_pain is None
    assert Assessment.objects.get(injection=our.injection).case["daily_average"] == {"8": 5}


def test_a_correction_that_comes_too_late_is_shown_but_the_first_score_keeps_counting(our):
    long_ago = TODAY - timedelta(days=6)
    first = change(long_ago, 8)
    record(our, first)
    record(our, change(long_ago, 2, replaces=first.client_id, entered_at=NOW))
    assert (day_of(our, long_ago).current.pain, day_of(our, long_ago).scored_pain.pain) == (2, 8)
    assert marks(our)[4].pain == 8


def test_a_phone_offline_for_days_is_judged_by_its_own_clock(our):
    assert record(our, change(TODAY - timedelta(days=5), 5)) == [Verdict.CREATED]
    assert marks(our)[5].timing is Timing.LIVE


def test_a_phone_whose_clock_is_off_by_years_is_uncertain_until_a_clinician_accepts_it(our):
    record(our, change(TODAY, 5), skew=timedelta(days=-900))
    assert marks(our)[10].timing is Timing.UNCERTAIN
    assert Assessment.objects.get(injection=our.injection).last_pain is None
    diary.accept(by=our.clinician, entry=DiaryEntry.objects.get(), now=NOW)
    assert marks(our)[10].is_scored
    assert Assessment.objects.get(injection=our.injection).last_pain == 5
    assert DiaryEntry.objects.get().timing == Timing.UNCERTAIN  # the entry itself is never rewritten


def test_an_accepted_entry_that_stands_for_its_day_takes_the_place_of_what_was_scored(our):
    record(our, change(TODAY, 3))
    stands = change(TODAY, 5, replaces=day_of(our).current.client_id)
    record(our, stands, skew=timedelta(days=-900))
    diary.accept(by=our.clinician, entry=DiaryEntry.objects.get(client_id=stands.client_id), now=NOW)
    assert marks(our)[10].pain == 5


def replaced(our) -> None:
    record(our, change(TODAY, 5), skew=timedelta(days=-900))
    record(our, change(TODAY, 3, replaces=DiaryEntry.objects.get().client_id, entered_at=NOW))


def recalled(our) -> None:
    record(our, change(TODAY - timedelta(days=5), 9, entered_at=NOW))


def accepted(our) -> None:
    record(our, change(TODAY, 5), skew=timedelta(days=-900))
    diary.accept(by=our.clinician, entry=DiaryEntry.objects.get(), now=NOW)


@pytest.mark.parametrize("was", [replaced, recalled, accepted])
def test_an_entry_that_is_replaced_or_recalled_or_accepted_already_is_not_accepted(our, was):
    was(our)
    before = list(DiaryDay.objects.values()), AuditEvent.objects.count()
    with pytest.raises(diary.NotAcceptable, match="another one stands"):
        diary.accept(by=our.clinician, entry=DiaryEntry.objects.earliest("id"), now=NOW)
    assert (list(DiaryDay.objects.values()), AuditEvent.objects.count()) == before


def test_only_a_clinician_accepts_an_uncertain_entry(our):
    record(our, change(TODAY, 5), skew=timedelta(days=-900))
    with pytest.raises(NotAllowed):
        diary.accept(by=our.staff[Role.NURSE], entry=DiaryEntry.objects.get(), now=NOW)


@pytest.mark.row(33)
@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (change(TODAY + timedelta(days=1), 4), "day"),
        (change(TODAY - timedelta(days=300), 4), "day"),
        (change(TODAY, None), "pain"),
    ],
)
def test_a_change_that_can_never_be_right_names_its_field_and_holds_back_no_other(our, bad, field):
    outcomes = diary.record(by=our.device, patient=our.patient, changes=[bad, change(TODAY, 4)], now=NOW)
    assert [outcome.verdict for outcome in outcomes] == [Verdict.INVALID, Verdict.CREATED]
    assert outcomes[0].field == field and outcomes[0].problem
    assert DiaryEntry.objects.count() == 1


@pytest.mark.row(4)
def test_two_phones_agree_on_the_winner_in_any_order(our):
    entries = [change(TODAY, pain, entered_at=NOW - timedelta(minutes=pain)) for pain in (3, 5, 7)]
    winners = set()
    for order in permutations(entries):
        record(our, *order)
        winners.add(day_of(our).current.pain)
        DiaryDay.objects.all().delete()
        DiaryEntry.objects.all().delete()
    assert winners == {3}  # the latest of them


@pytest.mark.row(4)
def test_both_values_of_a_conflict_are_kept(our):
    record(our, change(TODAY, 3))
    assert record(our, change(TODAY, 6, entered_at=NOW)) == [Verdict.CONFLICT]
    assert DiaryEntry.objects.count() == 2
    assert day_of(our).current.pain == 6


def test_a_batch_of_201_is_refused_whole(our):
    with pytest.raises(diary.BatchTooLong, match="at most 200"):
        record(our, *[change(TODAY, 4) for _ in range(201)])
    assert not DiaryEntry.objects.exists()


def test_a_nurse_may_enter_what_a_patient_tells_by_phone_and_an_auditor_may_not(our):
    day = [change(TODAY, 4)]
    diary.record(by=our.staff[Role.NURSE], patient=our.patient, changes=day, now=NOW, source=Source.STAFF)
    assert DiaryEntry.objects.get().membership == our.staff[Role.NURSE]
    with pytest.raises(NotAllowed):
        diary.record(by=our.staff[Role.AUDITOR], patient=our.patient, changes=day, now=NOW)


def test_recording_writes_one_audit_event_without_health_data(our):
    before = AuditEvent.objects.count()
    record(our, change(TODAY, 4), change(YESTERDAY, 9))
    (event,) = AuditEvent.objects.order_by("id")[before:]
    assert (event.actor, event.action, event.patient_id) == (
        f"device:{our.device.pk}",
        "diary.record",
        our.patient.pk,
    )
    assert event.detail == {"entries": 2, "verdicts": ["created"]}


def test_nothing_is_half_saved_when_the_assessment_fails(our, monkeypatch):
    def full(**_):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(assessments, "refresh", full)
    with pytest.raises(OperationalError):
        record(our, change(TODAY, 4))
    assert not DiaryEntry.objects.exists()
    assert not DiaryDay.objects.exists()


def test_a_batch_costs_no_more_statements_than_one_entry(our, django_assert_num_queries):
    days = [change(TODAY - timedelta(days=back), 4) for back in range(10)]
    assert our.device.patient  # as a phone comes in by its door
    with django_assert_num_queries(10 + SEALED + connection.features.has_select_for_update) as one:
        record(our, days[0])
    with django_assert_num_queries(len(one)):
        record(our, *days[1:])


def test_a_lost_conflict_names_the_entry_that_stands_for_the_day(our):
    late, early = change(TODAY, 4), change(TODAY, 6, entered_at=NOW - timedelta(hours=5))
    record(our, late)
    (outcome,) = diary.record(by=our.device, patient=our.patient, changes=[early], now=NOW)
    assert (outcome.entry.client_id, outcome.current.client_id) == (early.client_id, late.client_id)
