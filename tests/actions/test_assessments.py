from datetime import timedelta

import pytest

from tests.cast import NOW, TODAY, change, injection_record, make_patient
from tests.scopes import inside, outside
from tracker.actions import assessments, diary, injections
from tracker.models import Assessment, Injection, Track

pytestmark = pytest.mark.django_db
RESPONDER = {-3: 7, -2: 7, -1: 7, 1: 6, 2: 5, 3: 4, 4: 3, 5: 3, 6: 3, 7: 3, 8: 3, 9: 3, 10: 3}


def assessment(injection: Injection) -> Assessment:
    return Assessment.objects.get(injection=injection)


def test_a_diary_becomes_a_label_with_its_inputs_and_rule_set(our):
    our.log(RESPONDER)
    found = assessment(our.injection)
    assert (found.label, found.as_of_day, found.last_pain, found.change) == ("on_track", 10, 3, -4)
    assert found.rule_set == "esi-rules 1.0"
    assert found.case["daily_average"]["5"] == 3
    assert found.result["baseline"] == 7.0


def test_incremental_tracks_equal_tracks_rebuilt_from_the_entries(our):
    our.log(RESPONDER, soreness={1: 3, 2: 1})
    our.log({10: 5})
    kept = Track.objects.values_list("codes", "provenance").get(injection=our.injection)
    assessments.rebuild(patient=our.patient, now=NOW)
    assert Track.objects.values_list("codes", "provenance").get(injection=our.injection) == kept


def test_a_new_day_is_rolled_once_and_only_when_it_has_come(our):
    our.log(RESPONDER)
    assert assessments.roll_due(now=NOW) == 0
    tomorrow = NOW + timedelta(days=1)
    assert assessments.roll_due(now=tomorrow) == 1
    assert assessments.roll_due(now=tomorrow) == 0
    assert assessment(our.injection).as_of_day == 11


def test_after_a_week_of_downtime_one_sweep_catches_up(our):
    our.log(RESPONDER)
    assert assessments.roll_due(now=NOW + timedelta(days=7)) == 1
    found = assessment(our.injection)
    assert (found.as_of_day, found.label) == (17, "insufficient_data:day14_window")


def test_each_patients_day_turns_in_their_own_time_zone(our):
    far = make_patient(our.clinic, given="Far", family="West", number="w1", zone="America/Los_Angeles")
    injections.add(by=our.clinician, patient=far, record=injection_record(), agents=[], now=NOW)
    midnight_utc = NOW.replace(hour=0, minute=5) + timedelta(days=1)
    assert assessments.roll_due(now=midnight_utc) == 1
    assert Assessment.objects.get(patient=far).as_of_day == 10
    assert assessments.roll_due(now=midnight_utc + timedelta(hours=8)) == 1
    assert Assessment.objects.get(patient=far).as_of_day == 11


def test_a_row_leased_by_a_dead_worker_is_found_again_when_its_lease_is_over(our):
    tomorrow = NOW + timedelta(days=1)
    Assessment.objects.update(leased_until=tomorrow + assessments.LEASE)
    assert assessments.roll_due(now=tomorrow) == 0
    assert assessments.roll_due(now=tomorrow + assessments.LEASE) == 1


def test_one_patient_who_fails_never_stops_the_others(our, their, monkeypatch, caplog):
    real = assessments.refresh

    def refresh(*, patient, **more):
        if patient.pk == our.patient.pk:
            raise ValueError("Quill")
        return real(patient=patient, **more)

    monkeypatch.setattr(assessments, "refresh", refresh)
    tomorrow = NOW + timedelta(days=1)
    with outside():
        assert assessments.roll_due(now=tomorrow) == 1
    with inside(their):
        assert assessment(their.injection).as_of_day == 11
    assert assessment(our.injection).as_of_day == 10
    monkeypatch.setattr(assessments, "refresh", real)
    with outside():
        assert assessments.roll_due(now=tomorrow + assessments.LEASE) == 1


def test_a_track_says_that_its_chart_looks_different(our):
    before = Track.objects.get(injection=our.injection).rev
    our.log({10: 4})
    assert Track.objects.get(injection=our.injection).rev > before


def test_a_second_injection_of_the_region_ends_the_first_episode_and_takes_its_days_as_baseline(our):
    our.log(RESPONDER)
    second = injections.add(
        by=our.clinician,
        patient=our.patient,
        record=injection_record(injected_on=TODAY - timedelta(days=1)),
        agents=[],
        now=NOW,
    )
    first = assessment(our.injection)
    assert (first.label, first.case["next_injection_day"]) == ("censored_by_injection", 9)
    # Its week before is days 2 to 8 of the first episode: 5 4 3 3 3 3 3.
    assert assessment(second).result["baseline"] == 3.4286
    our.patient.refresh_from_db()
    assert our.patient.current_injection == second


def test_an_injection_of_another_region_confounds_and_cuts_nothing(our):
    our.log(RESPONDER)
    record = injection_record(region="thoracic", injected_on=TODAY - timedelta(days=1))
    injections.add(by=our.clinician, patient=our.patient, record=record, agents=[], now=NOW)
    first = assessment(our.injection)
    assert first.is_confounded and first.label == "on_track"


def test_surgery_that_ended_the_episode_confounds_it(our):
    our.log(RESPONDER)
    record = injection_record(closed_on=TODAY - timedelta(days=1), closed_reason="surgery")
    injections.change(by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW)
    assert assessment(our.injection).is_confounded
    for ending in ({}, {"closed_on": TODAY - timedelta(days=1), "closed_reason": "withdrew"}):
        record = injection_record(**ending)
        injections.change(by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW)
        assert not assessment(our.injection).is_confounded


@pytest.mark.parametrize(("days", "label"), [(3, "scheduled"), (-1, "unconfirmed")])
def test_a_scheduled_injection_has_no_assessment_only_its_baseline(our, days, label):
    patient = make_patient(our.clinic, given="Next", family="Week", number="n1")
    record = injection_record(status="scheduled", injected_on=TODAY + timedelta(days=days))
    planned = injections.add(by=our.clinician, patient=patient, record=record, agents=[], now=NOW)
    diary.record(by=our.clinician, patient=patient, changes=[change(TODAY - timedelta(days=2), 6)], now=NOW)
    found = assessment(planned)
    assert (found.label, found.result, found.last_pain) == (label, None, 6)
