"""A patient's record: which injection it shows, what it says of each entry, and whom it shows to."""

from __future__ import annotations

import uuid
from datetime import timedelta
from fractions import Fraction

import pytest

from tests.cast import NOW, TODAY, ClinicCast, change, injection_record
from tracker.access import Actor
from tracker.actions import devices, diary, injections, invitations
from tracker.domain.ruleset import ESI_RULES
from tracker.domain.track import Timing
from tracker.models import Assessment, Injection
from tracker.queries.charts import NoChart
from tracker.queries.figures import against, spelled
from tracker.queries.injection_sheet import case_of
from tracker.queries.patient_record import NoRecord, PatientRecord, current_entry, patient_record


def record(our: ClinicCast, *, by: Actor | None = None, **wanted: object) -> PatientRecord:
    asked = wanted or {"patient": our.patient.public_id}
    return patient_record(actor=by or our.clinician, now=NOW, **asked)


def add(our: ClinicCast, **changes: object) -> Injection:
    return injections.add(
        by=our.clinician, patient=our.patient, record=injection_record(**changes), agents=[], now=NOW
    )


def test_the_current_injection_is_shown_and_the_others_are_links(our: ClinicCast) -> None:
    older = add(our, injected_on=TODAY - timedelta(days=90), region="thoracic", level="T6-T7")
    found = record(our)
    assert found.sheet.public_id == our.injection.public_id
    assert [(one.public_id, one.is_shown) for one in found.injections] == [
        (our.injection.public_id, True),
        (older.public_id, False),
    ]


def test_one_injection_may_be_asked_for(our: ClinicCast) -> None:
    older = add(our, injected_on=TODAY - timedelta(days=90))
    found = record(our, injection=older.public_id)
    assert (found.sheet.public_id, found.sheet.day) == (older.public_id, 90)
    assert found.public_id == our.patient.public_id


def test_a_cancelled_injection_is_shown_where_there_is_no_other(our: ClinicCast) -> None:
    cancelled = injection_record(status="cancelled")
    injections.change(by=our.clinician, injection=our.injection, record=cancelled, agents=[], now=NOW)
    found = record(our)
    assert (found.sheet.verdict, found.sheet.description) == (None, None)


@pytest.mark.parametrize("kind", ["patient", "injection"])
def test_what_is_not_there_raises(our: ClinicCast, their: ClinicCast, kind: str) -> None:
    for public_id in (uuid.uuid4(), getattr(their, kind).public_id):
        with pytest.raises(NoRecord):
            record(our, **{kind: public_id})


def test_an_entry_that_came_too_late_stands_and_the_earlier_one_is_scored(our: ClinicCast) -> None:
    day = TODAY - timedelta(days=6)
    first = change(day, 8)
    late = change(day, 2, replaces=first.client_id, entered_at=NOW)
    for one in (first, late):
        diary.record(by=our.device, patient=our.patient, changes=[one], now=NOW)
    [line] = record(our).diary
    assert (line.day, line.current.pain, line.current.timing) == (4, 2, Timing.RECALLED)
    assert not line.current.is_scored
    [earlier] = line.earlier
    assert (earlier.pain, earlier.is_scored) == (8, True)


def test_only_an_uncertain_entry_that_is_not_scored_may_be_accepted(our: ClinicCast) -> None:
    our.log({9: 4})
    diary.record(
        by=our.device,
        patient=our.patient,
        changes=[change(TODAY, 4, entered_at=NOW)],
        now=NOW,
        skew=timedelta(days=3),
    )
    newest, before = record(our).diary
    assert (newest.current.may_be_accepted, before.current.may_be_accepted) == (True, False)


def test_days_outside_the_episodes_reach_are_left_out(our: ClinicCast) -> None:
    type(our.patient).objects.update(enrolled_at=NOW - timedelta(days=60))
    days = [-18, -17, 9]
    changes = [change(our.injection.injected_on + timedelta(days=day), 5) for day in days]
    diary.record(by=our.device, patient=our.patient, changes=changes, now=NOW)
    assert [line.day for line in record(our).diary] == [9]


def test_phones_and_open_invitations_are_told(our: ClinicCast) -> None:
    assert (record(our).phones, record(our).is_invited) == (1, False)
    invitations.issue(by=our.clinician, patient=our.patient, now=NOW)
    assert record(our).is_invited
    devices.end(by=our.device, device=our.device, now=NOW)
    assert record(our).phones == 0


def test_figures_are_computed_again_from_the_stored_inputs(our: ClinicCast) -> None:
    our.log({-3: 7, -2: 7, -1: 6, 1: 5, 2: 2, 3: 2})
    figures = {one.name: (one.text, one.note) for one in record(our).sheet.verdict.figures}
    assert figures["Baseline"] == ("6.7", "good, 3 readings")
    assert figures["Onset"] == ("Day 2", "30 % and 1 point, confirmed")
    assert figures["Relief of 50 % or more"] == ("2 days, ongoing", "day 2 to day 3")
    assert figures["Silence"][0] == "No scored entry for 3 days or more"


def test_inputs_that_cannot_be_read_leave_the_stored_label(our: ClinicCast) -> None:
    Assessment.objects.update(case={"id": "x", "nonsense": 1})
    verdict = record(our).sheet.verdict
    assert (verdict.title, verdict.figures, verdict.reasons) == (
        "Not enough data: no baseline",
        (),
        (),
    )


def test_the_case_is_there_for_the_clinics_own_staff_only(our: ClinicCast, their: ClinicCast) -> None:
    public_id = our.injection.public_id
    assert case_of(actor=our.clinician, injection=public_id)["id"] == str(public_id)
    with pytest.raises(NoChart):
        case_of(actor=their.clinician, injection=public_id)


def test_the_entry_that_stands_for_a_day_is_found_for_its_own_clinic(
    our: ClinicCast, their: ClinicCast
) -> None:
    our.log({10: 4})
    ours = {"patient": our.patient.public_id, "on": TODAY}
    assert current_entry(actor=our.clinician, **ours) is not None
    assert current_entry(actor=their.clinician, **ours) is None


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("flare(d1-3)", "Flare (d1-3)"),
        ("longer_than_usual(to d6)", "Longer than usual (to d6)"),
        ("rising_check_infection", "Rising: check for infection"),
        ("met_baseline_limited", "Met, on a limited baseline"),
        ("anaesthetic_phase_only", "Anaesthetic phase only"),
    ],
)
def test_stored_words_are_spelled_out(word: str, text: str) -> None:
    assert spelled(word) == text


@pytest.mark.parametrize(
    ("baseline", "mean", "text"),
    [
        (Fraction(7), Fraction(14, 5), "4.2 points, 60.0 %"),
        (Fraction(6), Fraction(8), "2.0 points worse, 33.3 %"),
        (Fraction(29, 10), Fraction(1), "1.9 points"),
        (Fraction(0), Fraction(2), "2.0 points worse"),
        (Fraction(5), Fraction(5), "0.0 points, 0.0 %"),
    ],
)
def test_relief_against_a_baseline(baseline: Fraction, mean: Fraction, text: str) -> None:
    assert against(baseline, mean, rules=ESI_RULES) == text


@pytest.mark.parametrize(
    ("status", "ahead", "scores", "figure"),
    [
        ("scheduled", 3, {-5: 7, -4: 8}, ("Baseline so far", "7.5", "limited, 2 readings")),
        ("scheduled", 3, {}, ("Baseline so far", "None", "no score before the injection")),
        ("scheduled", -2, {-3: 6, -2: 6, -1: 6}, ("Baseline so far", "6.0", "good, 3 readings")),
    ],
)
def test_before_the_rules_begin_the_baseline_so_far_is_told(
    our: ClinicCast, status: str, ahead: int, scores: dict[int, int], figure: tuple[str, str, str]
) -> None:
    planned = injection_record(status=status, injected_on=TODAY + timedelta(days=ahead))
    injections.change(
        by=our.clinician, injection=our.injection, record=planned, agents=[], now=NOW, move_anyway=True
    )
    our.log(scores)
    sheet = record(our).sheet
    assert [(one.name, one.text, one.note) for one in sheet.verdict.figures] == [figure]
    assert ("No baseline" in sheet.description.long) == (not scores)


def test_the_read_out_and_its_relief_are_told_apart(our: ClinicCast) -> None:
    moved = injection_record(injected_on=TODAY - timedelta(days=17))
    injections.change(by=our.clinician, injection=our.injection, record=moved, agents=[], now=NOW)
    our.log({-3: 7, -2: 7, -1: 7, 12: 3, 13: 4, 14: 4})
    figures = {one.name: (one.text, one.note) for one in record(our).sheet.verdict.figures}
    assert figures["Day-14 read-out"] == ("3.7", "firm, 3 scored days in days 12–16")
    assert figures["Relief at day 14"] == ("3.3 points, 47.6 %", "borderline, against its own baseline")
