from __future__ import annotations

import pytest

from tracker.domain.study_days import BeforeInjection
from tracker.domain.timeline import PhaseKey, phase_on, phases


def test_the_phases_are_those_of_the_expected_course():
    assert [(phase.key.value, phase.first_day, phase.last_day, phase.last_hour) for phase in phases()] == [
        ("numbing", 0, 0, 8),
        ("sore_spot", 0, 2, None),
        ("onset", 2, 5, None),
        ("full_effect", 6, 14, None),
        ("lasting", 15, None, None),
    ]


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (0, PhaseKey.SORE_SPOT),
        (1, PhaseKey.SORE_SPOT),
        (2, PhaseKey.ONSET),
        (5, PhaseKey.ONSET),
        (6, PhaseKey.FULL_EFFECT),
        (14, PhaseKey.FULL_EFFECT),
        (15, PhaseKey.LASTING),
        (400, PhaseKey.LASTING),
    ],
)
def test_of_two_phases_the_later_one_is_the_main_one(day, key):
    assert phase_on(day).key == key


def test_the_first_eight_hours_are_numbing():
    assert phase_on(0, hours=8).key == PhaseKey.NUMBING
    assert phase_on(0, hours=8.1).key == PhaseKey.SORE_SPOT
    assert phase_on(1, hours=2).key == PhaseKey.SORE_SPOT


def test_before_the_injection_there_is_no_phase():
    with pytest.raises(BeforeInjection, match="no phase has begun"):
        phase_on(-1)
