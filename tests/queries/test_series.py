"""Injections of one region, each against its own baseline and the first one's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import NOW, TODAY, ClinicCast, change, injection_record
from tests.scopes import inside
from tracker.actions import diary, injections
from tracker.models import Patient
from tracker.queries.series import NoSeries, Relief, injection_series

pytestmark = pytest.mark.django_db

FIRST = TODAY - timedelta(days=60)
SECOND = TODAY - timedelta(days=20)


@pytest.fixture
def two(our: ClinicCast) -> ClinicCast:
    """From 8 to 4 after the first; from 6 to 3 after the second."""
    Patient.objects.update(enrolled_at=NOW - timedelta(days=90))
    our.patient.refresh_from_db()
    change_record(our, injected_on=SECOND)
    earlier = injection_record(injected_on=FIRST, level="C6-C7")
    injections.add(by=our.clinician, patient=our.patient, record=earlier, agents=[], now=NOW)
    scores = dict.fromkeys(range(-3, 0), 8) | dict.fromkeys(range(1, 17), 4)
    days = [change(FIRST + timedelta(days=day), score) for day, score in scores.items()]
    scores = dict.fromkeys(range(-3, 0), 6) | dict.fromkeys(range(1, 17), 3) | {18: 5}
    days += [change(SECOND + timedelta(days=day), score) for day, score in scores.items()]
    diary.record(by=our.device, patient=our.patient, changes=days, now=NOW)
    return our


def change_record(our: ClinicCast, **changes: object) -> None:
    injections.change(
        by=our.clinician,
        injection=our.injection,
        record=injection_record(**changes),
        agents=[],
        now=NOW,
        move_anyway=True,
    )


def test_relief_stands_against_the_own_and_the_first_baseline(two: ClinicCast) -> None:
    first, second = injection_series(actor=two.clinician, injection=two.injection.public_id).lines
    assert (first.letter, first.injected_on, first.level, first.baseline) == ("A", FIRST, "C6-C7", "8.0")
    assert first.readout == Relief("4.0", "4.0 points, 50.0 %", "4.0 points, 50.0 %")
    assert (second.letter, second.baseline, second.baseline_note) == ("B", "6.0", "good, 3 scores")
    assert (first.readout_days, second.readout_days) == ("days 12–16",) * 2
    assert second.readout == Relief("3.0", "3.0 points, 50.0 %", "5.0 points, 62.5 %")
    assert (second.last_day, second.last) == (18, Relief("5.0", "1.0 points, 16.7 %", "3.0 points, 37.5 %"))


def test_an_episode_ends_where_the_next_begins(two: ClinicCast) -> None:
    overlay = injection_series(actor=two.clinician, injection=two.injection.public_id).overlay
    first, second = overlay.episodes
    # The second one's baseline is days 37 to 39 of the first, which are its own as well; its day 1 is not.
    assert first.marks[-1].day == 39
    assert (second.marks[0].day, second.marks[-1].day) == (-3, 18)


def test_other_regions_blocks_and_what_was_not_done_stay_out(two: ClinicCast) -> None:
    for different in (
        {"region": "thoracic"},
        {"intent": "diagnostic", "injected_on": TODAY - timedelta(days=70)},
        {"status": "cancelled"},
        {"status": "scheduled", "injected_on": TODAY + timedelta(days=3)},
    ):
        record = injection_record(**different)
        injections.add(by=two.clinician, patient=two.patient, record=record, agents=[], now=NOW)
    lines = injection_series(actor=two.clinician, injection=two.injection.public_id).lines
    assert [line.injected_on for line in lines] == [FIRST, SECOND]


def test_without_scores_nothing_is_made_up(our: ClinicCast) -> None:
    [line] = injection_series(actor=our.clinician, injection=our.injection.public_id).lines
    assert (line.baseline, line.readout, line.last_day, line.last) == ("none", Relief(""), None, Relief(""))


def test_nobody_sees_another_clinics(our: ClinicCast, their: ClinicCast) -> None:
    with inside(their), pytest.raises(NoSeries):
        injection_series(actor=their.clinician, injection=our.injection.public_id)


def test_two_statements(two: ClinicCast, django_assert_num_queries) -> None:
    with django_assert_num_queries(2):
        injection_series(actor=two.clinician, injection=two.injection.public_id)
