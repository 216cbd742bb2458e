"""The simulated clinic as data: repeatable, possible, as varied as a demo needs.

What the rules make of it is in `test_simulation_rules.py`.
"""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.simulation.cast import CAST
from tracker.domain.simulation.clinic import simulate_clinic, simulate_cohort
from tracker.domain.simulation.course import SimulationParameters
from tracker.domain.simulation.people import CLINIC_TIME_ZONE
from tracker.domain.simulation.plan import Manner, right_now, scores
from tracker.domain.study_days import timing
from tracker.domain.track import Source, Timing

TODAY = date(2026, 11, 24)
CLINIC = simulate_clinic(seed=7, today=TODAY, patients=120)


def local_shape(clinic, today):
    """Everything about the patients but absolute dates: days before today, local wall-clock times."""
    return [
        (
            patient.given_name,
            (today - patient.born_on).days,
            [
                (i.status, (today - i.injected_on).days, i.level, i.agents, len(i.readings))
                for i in patient.injections
            ],
            [
                (
                    (today - entry.day).days,
                    entry.pain,
                    entry.soreness,
                    entry.replaces,
                    (entry.entered_at.astimezone(ZoneInfo(patient.time_zone)).date() - entry.day).days,
                )
                for entry in patient.entries
            ],
        )
        for patient in clinic
    ]


def timing_of(entry, patient):
    return timing(
        entry.day,
        entered_at=entry.entered_at,
        received_at=entry.received_at,
        zone=ZoneInfo(patient.time_zone),
        skew=entry.skew,
    )


def every_entry():
    return [(patient, entry) for patient in CLINIC for entry in patient.entries]


def test_the_same_seed_and_date_give_the_same_clinic():
    assert simulate_clinic(seed=3, today=TODAY) == simulate_clinic(seed=3, today=TODAY)


def test_another_seed_changes_the_random_patients_and_keeps_the_cast():
    one, other = simulate_clinic(seed=3, today=TODAY), simulate_clinic(seed=4, today=TODAY)
    assert one[-1].entries != other[-1].entries
    assert [p.shows for p in one] == [p.shows for p in other]


@pytest.mark.parametrize("days", [1, 97, 461])
def test_shifting_today_shifts_every_date_and_nothing_else(days):
    later = TODAY + timedelta(days=days)
    assert local_shape(simulate_clinic(seed=3, today=later), later) == local_shape(
        simulate_clinic(seed=3, today=TODAY), TODAY
    )


def test_one_more_patient_changes_nobody_else():
    assert simulate_clinic(seed=3, today=TODAY, patients=61)[:60] == simulate_clinic(
        seed=3, today=TODAY, patients=60
    )


def test_the_cast_always_comes_whole():
    assert len(simulate_clinic(seed=3, today=TODAY, patients=0)) == len(CAST)
    assert len(simulate_clinic(seed=3, today=TODAY)) == 48


def test_patients_can_be_told_apart():
    people = simulate_clinic(seed=3, today=TODAY, patients=400)
    assert len({(p.given_name, p.family_name) for p in people}) == 400
    assert len({p.record_number for p in people}) == 400
    assert all(p.record_number.startswith("DEMO-") for p in people)


def test_most_patients_live_in_the_zone_of_the_clinic_and_a_few_elsewhere():
    zones = Counter(patient.time_zone for patient in CLINIC)
    assert zones[CLINIC_TIME_ZONE] > 0.8 * len(CLINIC)
    assert len(zones) >= 3


def test_the_scenes_are_spread_over_the_days_of_an_episode():
    days = {(TODAY - injection.injected_on).days for patient in CLINIC for injection in patient.injections}
    assert days >= {-3, 0, 1, 3, 5, 8, 14, 16, 28, 60, 95, 180}


@pytest.mark.parametrize("today", [TODAY, date(2026, 3, 9), date(2026, 11, 2), date(2028, 3, 1)])
def test_nothing_but_readings_of_this_morning_lies_after_midnight_even_around_a_clock_change(today):
    midnight = datetime.combine(today, time.min, tzinfo=ZoneInfo(CLINIC_TIME_ZONE))
    for patient in simulate_clinic(seed=7, today=today, patients=120):
        assert all(entry.received_at < midnight for entry in patient.entries), patient.shows
        readings = [reading for injection in patient.injections for reading in injection.readings]
        assert all(r.minutes is None for r in readings if r.taken_at >= midnight), patient.shows


def test_every_instant_is_utc():
    for patient, entry in every_entry():
        assert (patient.enrolled_at.tzinfo, entry.entered_at.tzinfo, entry.received_at.tzinfo) == (
            UTC,
            UTC,
            UTC,
        )


def test_an_entry_arrives_after_it_was_made_by_the_clock_of_the_server():
    for _, entry in every_entry():
        assert entry.received_at > entry.entered_at + entry.skew


def test_every_entry_says_something_on_the_scale():
    for _, entry in every_entry():
        given = [score for score in (entry.pain, entry.soreness) if score is not None]
        assert given and all(0 <= score <= 10 for score in given)


def test_the_average_of_day_0_is_never_there():
    for patient in CLINIC:
        injected = {i.injected_on for i in patient.injections if i.status == "performed"}
        assert not [entry for entry in patient.entries if entry.day in injected and entry.pain is not None], (
            patient.shows
        )


def test_a_correction_follows_the_entry_that_it_replaces():
    corrections = [(p, e) for p, e in every_entry() if e.replaces is not None]
    assert corrections
    for patient, entry in corrections:
        replaced = patient.entries[entry.replaces]
        assert (replaced.day, replaced.replaces) == (entry.day, None)
        assert replaced.received_at < entry.received_at
        assert replaced.pain != entry.pain


def test_a_day_without_correction_has_one_entry():
    for patient in CLINIC:
        days = Counter(entry.day for entry in patient.entries if entry.replaces is None)
        assert set(days.values()) <= {1}, patient.shows


def test_entries_of_every_timing_and_source_occur():
    assert {timing_of(entry, patient) for patient, entry in every_entry()} == set(Timing)
    assert {entry.source for _, entry in every_entry()} == set(Source)


def test_an_entry_made_after_midnight_is_live_for_the_evening_before():
    found = [
        timing_of(entry, patient)
        for patient, entry in every_entry()
        if entry.entered_at.astimezone(ZoneInfo(patient.time_zone)).hour < 4 and not entry.skew
    ]
    assert found and set(found) == {Timing.LIVE}


def test_a_phone_offline_for_days_is_on_time():
    found = [
        timing_of(entry, patient)
        for patient, entry in every_entry()
        if entry.received_at - entry.entered_at > timedelta(days=3) and not entry.skew
    ]
    assert found and set(found) == {Timing.LIVE}


def test_what_is_on_paper_is_never_scored():
    found = [timing_of(e, p) for p, e in every_entry() if e.source is Source.PAPER]
    assert found and set(found) == {Timing.RECALLED}


def test_one_correction_comes_too_late_to_be_scored():
    corrected = [timing_of(e, p) for p, e in every_entry() if e.replaces is not None]
    assert {Timing.LATE, Timing.RECALLED} <= set(corrected)


def test_injections_of_every_status_region_and_intent_occur():
    injections = [i for patient in CLINIC for i in patient.injections]
    assert {i.status for i in injections} == {"scheduled", "performed", "cancelled"}
    assert {i.region for i in injections} == {"cervical", "thoracic"}
    assert {i.intent for i in injections} == {"therapeutic", "diagnostic"}
    assert {i.guidance for i in injections} == {"fluoroscopy", "ct"}
    assert {i.contrast for i in injections} == {True, False}
    assert {i.closed_reason for i in injections} == {None, "surgery"}
    assert "" in {i.anaesthetic for i in injections}


def test_a_passed_date_may_still_wait_to_be_confirmed():
    waiting = [i.injected_on < TODAY for p in CLINIC for i in p.injections if i.status == "scheduled"]
    assert set(waiting) == {True, False}


def test_levels_and_codes_fit_the_region():
    for injection in (i for patient in CLINIC for i in patient.injections):
        cervical = injection.region == "cervical"
        assert injection.level.startswith("C" if cervical else "T")
        assert (injection.indication in {"M54.12", "M50.121", "M50.122", "M50.123", "M48.02"}) is cervical


def test_a_block_holds_no_steroid_and_a_treatment_no_particulate_one_beside_a_nerve_root():
    for injection in (i for patient in CLINIC for i in patient.injections):
        assert bool(injection.agents) is (injection.intent == "therapeutic")
        assert injection.approach == (
            "transforaminal" if injection.intent == "diagnostic" else "interlaminar"
        )


def test_injections_are_in_order_of_their_date():
    for patient in CLINIC:
        dates = [i.injected_on for i in patient.injections]
        assert dates == sorted(dates)


def test_parameters_reach_the_random_patients():
    nobody_forgets = SimulationParameters(adherence_at_start=1, adherence_at_day_28=1, adherence_floor=1)
    (patient,) = simulate_cohort(seed=1, today=TODAY, day=29, patients=1, parameters=nobody_forgets)
    assert len({entry.day for entry in patient.entries if entry.pain is not None}) == 7 + 28


def test_every_special_manner_of_the_cast_has_an_entry_to_act_on():
    for plan in CAST:
        assert plan.manners.keys() <= plan.pain.keys() | plan.soreness.keys(), plan.shows
    assert {manner for plan in CAST for manner in plan.manners.values()} == set(Manner)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("", {}),
        ("77.|", {-3: 7, -2: 7}),
        ("|.5X", {1: 5, 2: 10}),
        ("6|.0", {-1: 6, 1: 0}),
    ],
)
def test_a_line_of_scores_is_read_from_day_0_outwards(line, expected):
    assert scores(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [("", ()), ("8", ((None, 8),)), ("8 30=2 240=5", ((None, 8), (30, 2), (240, 5))), (". 30=2", ((30, 2),))],
)
def test_a_line_of_readings_is_read(line, expected):
    assert right_now(line) == expected
