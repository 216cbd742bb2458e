"""The days on offer and the days that are there."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.cast import (
    NOW,
    TODAY,
    change,
    holding,
    injection_record,
    make_caregiver,
    make_device,
    make_patient,
)
from tests.scopes import inside
from tracker.actions import diary, injections
from tracker.domain.procedure import Status
from tracker.domain.track import Source, Timing
from tracker.models import Patient
from tracker.queries import today as queries

YESTERDAY, BEFORE = TODAY - timedelta(days=1), TODAY - timedelta(days=2)


@pytest.fixture
def patient(our):
    our.patient.refresh_from_db()
    return our.patient


def at(hour: int, minute: int = 0) -> datetime:
    return NOW.replace(hour=hour, minute=minute)


def test_today_is_meant_and_the_missing_days_before_it_are_offered(our, patient):
    our.log({8: 5})
    found = queries.today(reader=holding(patient), now=NOW)
    assert [sheet.on for sheet in found.offered] == [TODAY, YESTERDAY, BEFORE]
    assert [sheet.on for sheet in found.missed] == [YESTERDAY]
    assert not found.is_night


@pytest.mark.parametrize(
    ("now", "first", "is_night"),
    [(at(0), YESTERDAY, True), (at(3, 59), YESTERDAY, True), (at(4), TODAY, False)],
)
def test_until_four_in_the_morning_yesterday_is_meant(patient, now, first, is_night):
    found = queries.today(reader=holding(patient), now=now)
    assert (found.sheet.on, found.is_night) == (first, is_night)


def test_the_day_is_that_of_the_enrolment_zone(our):
    patient = make_patient(our.clinic, given="Kiri", family="Far", number="z-1", zone="Pacific/Auckland")
    found = queries.today(reader=holding(patient), now=NOW)  # 07:30 on the 21st over there
    assert found.sheet.on == date(2026, 5, 21) == NOW.astimezone(ZoneInfo("Pacific/Auckland")).date()


@pytest.mark.parametrize(("days_ago", "asks"), [(10, True), (11, False), (0, True)])
def test_the_sore_spot_is_asked_from_the_day_of_the_injection_on(patient, days_ago, asks):
    on = TODAY - timedelta(days=days_ago)
    assert queries.sheet(reader=holding(patient), on=on, now=NOW).asks_soreness is asks


def test_without_an_injection_only_pain_is_asked(our):
    patient = make_patient(our.clinic, given="No", family="Injection", number="n-1")
    sheet = queries.sheet(reader=holding(patient), on=TODAY, now=NOW)
    assert sheet.day is None and not sheet.asks_soreness


def test_where_nobody_needled_yet_no_sore_spot_is_asked_about(our):
    injections.change(
        by=our.clinician,
        injection=our.injection,
        record=injection_record(status=Status.SCHEDULED, injected_on=TODAY - timedelta(days=1)),
        agents=[],
        now=NOW,
    )
    our.patient.refresh_from_db()
    assert not queries.sheet(reader=holding(our.patient), on=TODAY, now=NOW).asks_soreness


def test_a_day_that_has_soreness_is_asked_for_it_again_so_that_a_correction_keeps_it(our, patient):
    our.log({-1: 7}, soreness={-1: 2})
    on = our.injection.injected_on - timedelta(days=1)
    assert queries.sheet(reader=holding(patient), on=on, now=NOW).asks_soreness


@pytest.mark.parametrize(
    ("until", "schedule_day", "missed"),
    [(8, 50, [YESTERDAY]), (7, -7, [YESTERDAY]), (5, -5, [YESTERDAY, BEFORE]), (0, 0, [YESTERDAY, BEFORE])],
)
def test_a_week_before_the_next_injection_the_diary_asks_daily_again(our, until, schedule_day, missed):
    injections.change(
        by=our.clinician,
        injection=our.injection,
        record=injection_record(injected_on=TODAY - timedelta(days=50)),
        agents=[],
        now=NOW,
        move_anyway=True,
    )
    ahead = injection_record(status=Status.SCHEDULED, injected_on=TODAY + timedelta(days=until))
    injections.add(by=our.clinician, patient=our.patient, record=ahead, agents=[], now=NOW)
    our.patient.refresh_from_db()
    found = queries.today(reader=holding(our.patient), now=NOW)
    assert (found.sheet.schedule_day, found.sheet.day) == (schedule_day, 50)
    assert [sheet.on for sheet in found.missed] == missed  # yesterday was a Tuesday: asked anyway


@pytest.mark.parametrize(("days_ago", "timing"), [(0, Timing.LIVE), (2, Timing.LATE), (3, Timing.RECALLED)])
def test_a_sheet_says_what_an_entry_would_be_worth_now(patient, days_ago, timing):
    sheet = queries.sheet(reader=holding(patient), on=TODAY - timedelta(days=days_ago), now=NOW)
    assert sheet.timing is timing


def test_a_day_ahead_is_marked(patient):
    assert queries.sheet(reader=holding(patient), on=TODAY + timedelta(days=1), now=NOW).is_future


def test_a_sheet_shows_the_newest_revision(our, patient):
    first = change(YESTERDAY, 8)
    later = change(YESTERDAY, 3, entered_at=NOW, replaces=first.client_id)
    diary.record(by=our.device, patient=patient, changes=[first, later], now=NOW)
    entry = queries.sheet(reader=holding(patient), on=YESTERDAY, now=NOW).entry
    assert (entry.pain, entry.is_edited, entry.client_id) == (3, True, later.client_id)
    assert (entry.timing, entry.source) == (Timing.LATE, Source.PATIENT)


@pytest.mark.parametrize(("at", "counted"), [(NOW, 8), (NOW - timedelta(days=4), None)])
def test_a_revision_that_came_too_late_names_the_score_that_counts(our, patient, at, counted):
    on = TODAY - timedelta(days=4)
    first = change(on, 8)
    later = change(on, 3, entered_at=at, replaces=first.client_id)
    diary.record(by=our.device, patient=patient, changes=[first, later], now=NOW)
    entry = queries.sheet(reader=holding(patient), on=on, now=NOW).entry
    assert (entry.pain, entry.counted_pain, entry.counted_soreness) == (3, counted, None)


def test_a_day_that_was_just_saved_is_shown_even_where_it_is_not_on_offer(our, patient):
    our.log({2: 5})
    saved = queries.today(
        reader=holding(patient), now=NOW, saved=our.injection.injected_on + timedelta(days=2)
    ).saved
    assert saved.entry.pain == 5 and saved.day == 2


def test_the_history_is_newest_first_and_goes_on_where_the_page_ended(our, patient, monkeypatch):
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    our.log({1: 7, 2: 6, 3: 5})
    first = queries.history(reader=holding(patient), now=NOW)
    second = queries.history(reader=holding(patient), now=NOW, before=first.earlier_than)
    assert [[one.day for one in page.days] for page in (first, second)] == [[3, 2], [1]]
    assert second.earlier_than is None


def test_an_empty_history_is_a_page(patient):
    assert queries.history(reader=holding(patient), now=NOW).days == ()


@pytest.mark.parametrize("logged", [0, 9])
def test_the_number_of_statements_does_not_grow(our, patient, django_assert_num_queries, logged):
    our.log(dict.fromkeys(range(1, logged + 1), 5))
    with django_assert_num_queries(3):
        queries.today(reader=holding(patient), now=NOW, saved=TODAY)
    with django_assert_num_queries(2):
        queries.sheet(reader=holding(patient), on=TODAY, now=NOW)
    with django_assert_num_queries(2):
        queries.history(reader=holding(patient), now=NOW)


def test_another_patients_days_never_show(our, their, patient):
    with inside(their):
        their.log({10: 9})
    assert queries.today(reader=holding(patient), now=NOW).sheet.entry is None
    assert queries.history(reader=holding(patient), now=NOW).days == ()


# --- A caregiver who may only log -----------------------------------------------------------------


@pytest.fixture
def helper(our):
    """The phone of a caregiver who may log, and not read."""
    caregiver = make_caregiver(our.patient, may_read=False)
    return make_device(our.patient, our.clinician, caregiver=caregiver)[0]


def test_what_the_patient_said_is_replaced_unseen(our, helper):
    said = change(YESTERDAY, 8)
    diary.record(by=our.device, patient=our.patient, changes=[said], now=NOW)
    sheet = queries.sheet(reader=helper, on=YESTERDAY, now=NOW)
    assert (sheet.entry, sheet.unseen) == (None, said.client_id)
    assert YESTERDAY not in [one.on for one in queries.today(reader=helper, now=NOW).missed]


def test_what_the_caregiver_said_is_seen_without_what_else_stands_for_the_day(our, helper):
    diary.record(by=our.device, patient=our.patient, changes=[change(YESTERDAY, 8, 7)], now=NOW)
    diary.record(by=helper, patient=our.patient, changes=[change(YESTERDAY, 3, entered_at=NOW)], now=NOW)
    seen = queries.sheet(reader=helper, on=YESTERDAY, now=NOW)
    assert (seen.entry.pain, seen.entry.soreness, seen.unseen) == (3, None, None)
    own = queries.sheet(reader=our.device, on=YESTERDAY, now=NOW).entry
    assert (own.pain, own.soreness, own.source) == (3, 7, Source.PROXY)
    assert own.entered_by == "Wilma Quaint, neighbour"


# --- How far back ---------------------------------------------------------------------------------


def test_the_history_ends_two_weeks_before_the_current_injection(our):
    first = our.injection.injected_on - timedelta(days=14)
    days = [first - timedelta(days=1), first, TODAY]
    diary.record(by=our.device, patient=our.patient, changes=[change(on, 5) for on in days], now=NOW)
    found = queries.history(reader=our.device, now=NOW)
    assert [one.entry.on for one in found.days] == [TODAY, first] and found.goes_on
    before = queries.earlier(reader=our.device, now=NOW)
    assert [one.entry.on for one in before.days] == [first - timedelta(days=1)]
    assert queries.earlier(reader=our.device, now=NOW, before=TODAY) == before


def test_a_page_that_ends_within_reach_says_nothing_of_what_is_beyond(our, monkeypatch):
    monkeypatch.setattr(queries, "PAGE_SIZE", 2)
    our.log({-20: 5, 1: 7, 2: 6, 3: 5})
    first = queries.history(reader=our.device, now=NOW)
    second = queries.history(reader=our.device, now=NOW, before=first.earlier_than)
    assert (first.goes_on, second.goes_on) == (False, True)


def test_a_day_of_long_ago_is_not_confirmed_as_saved_without_a_step_up(our):
    our.log({-20: 5})
    on, later = our.injection.injected_on - timedelta(days=20), NOW + timedelta(hours=1)
    assert queries.today(reader=our.device, now=NOW, saved=on).saved.entry.pain == 5  # has just joined
    assert queries.today(reader=our.device, now=later, saved=on).saved is None


@pytest.mark.parametrize(("scores", "asked"), [({36: 3, 39: 5}, 28), ({36: 3, 39: 4}, 40)])
def test_after_a_jump_of_two_points_each_day_is_asked_again(our, scores, asked):
    record = injection_record(injected_on=TODAY - timedelta(days=40))
    injections.change(
        by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW, move_anyway=True
    )
    our.injection.refresh_from_db()
    our.log(scores)
    patient = Patient.objects.get(pk=our.patient.pk)
    assert queries.today(reader=holding(patient), now=NOW).sheet.schedule_day == asked


def test_in_the_week_before_a_visit_each_day_is_asked_again(our):
    record = injection_record(injected_on=TODAY - timedelta(days=40), visit_on=TODAY + timedelta(days=7))
    injections.change(
        by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW, move_anyway=True
    )
    patient = Patient.objects.get(pk=our.patient.pk)
    assert queries.today(reader=holding(patient), now=NOW).sheet.schedule_day == 28
