"""The weekly list: what is on it, and what is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.unusual_access import Kind, Read, is_at_night, unusual

CHICAGO = ZoneInfo("America/Chicago")
NOON = datetime(2026, 3, 10, 12, tzinfo=CHICAGO).astimezone(UTC)


def read(patient_id: int = 1, *, minutes: float = 0, **changes: Any) -> Read:
    row = {
        "actor": "staff:7",
        "patient_id": patient_id,
        "at": NOON + timedelta(minutes=minutes),
        "shown": 1,
        "actor_family_name": "Reed",
        "patient_family_name": "Quill",
    }
    return Read(**(row | changes))


def at_local(day: int, hour: int, minute: int = 0, **changes: Any) -> Read:
    at = datetime(2026, 3, day, hour, minute, tzinfo=CHICAGO).astimezone(UTC)
    return read(**({"at": at} | changes))


def test_an_ordinary_day_is_no_finding():
    reads = [read(number, minutes=10 * number) for number in range(40)]
    assert unusual(reads, zone=CHICAGO) == []


@pytest.mark.parametrize(
    ("actor", "patient", "found"),
    [
        ("Quill", "Quill", True),
        ("QUILL", "quill ", True),
        ("Núñez", "Nunez", True),
        ("Reed-Quill", "Quill", True),
        ("Quill", "Quill-Reed", True),
        ("Quillman", "Quill", False),
        ("", "", False),
        ("-", "-", False),
    ],
)
def test_the_same_family_name(actor, patient, found):
    reads = [read(actor_family_name=actor, patient_family_name=patient)]
    assert [finding.kind for finding in unusual(reads, zone=CHICAGO)] == [Kind.SAME_NAME] * found


def test_a_namesake_is_one_finding_for_each_patient_and_counts_how_often():
    same = {"patient_family_name": "Reed"}
    reads = [read(1, **same), read(1, minutes=90, **same), read(2, minutes=5, **same)]
    first, second = unusual(reads, zone=CHICAGO)
    assert (first.patient_ids, first.words) == ((1,), "Same family name as the patient, 2 times.")
    assert (first.first_at, first.last_at) == (NOON, NOON + timedelta(minutes=90))
    assert (second.patient_ids, second.words) == ((2,), "Same family name as the patient, once.")


def test_a_list_is_no_look_at_somebody():
    reads = [read(number, shown=50, patient_family_name="Reed") for number in range(50)]
    assert unusual(reads, zone=CHICAGO) == []


@pytest.mark.parametrize(
    ("patients", "minutes_apart", "found"),
    [(30, 1, False), (31, 1, True), (31, 2, True), (31, 2.1, False), (200, 2.1, False)],
)
def test_more_patients_in_an_hour_than_anybody_sees(patients, minutes_apart, found):
    reads = [read(number, minutes=number * minutes_apart) for number in range(patients)]
    assert [finding.kind for finding in unusual(reads, zone=CHICAGO)] == [Kind.MANY_PATIENTS] * found


def test_the_same_patient_again_is_no_other_patient():
    reads = [read(number % 30, minutes=number / 10) for number in range(500)]
    assert unusual(reads, zone=CHICAGO) == []


def test_two_people_are_not_added_up():
    reads = [read(n, minutes=n, actor=f"staff:{n % 2}") for n in range(59)]
    assert unusual(reads, zone=CHICAGO) == []


def test_the_fullest_hour_is_named():
    slow = [read(number, minutes=number) for number in range(35)]
    fast = [read(100 + number, minutes=200 + number) for number in range(50)]
    (finding,) = unusual(slow + fast, zone=CHICAGO)
    assert finding.words == "50 different records within one hour."
    assert finding.patient_ids == tuple(range(100, 150))
    assert (finding.first_at, finding.last_at) == (fast[0].at, fast[-1].at)


def test_how_many_is_too_many_may_be_chosen():
    reads = [read(number, minutes=number) for number in range(6)]
    assert len(unusual(reads, zone=CHICAGO, most_in_an_hour=5)) == 1


@pytest.mark.parametrize(
    ("hour", "minute", "night"), [(21, 59, False), (22, 0, True), (0, 0, True), (4, 59, True), (5, 0, False)]
)
def test_night_is_by_the_clinics_clock(hour, minute, night):
    one = at_local(10, hour, minute)
    assert is_at_night(one.at, CHICAGO) is night
    assert [finding.kind for finding in unusual([one], zone=CHICAGO)] == [Kind.AT_NIGHT] * night


def test_night_is_by_the_clinics_clock_on_the_night_the_clocks_change():
    # On 8 March 2026 it is 01:59, then 03:00: 10:00 UTC is 05:00, and one hour before is still night.
    before, after = datetime(2026, 3, 8, 9, tzinfo=UTC), datetime(2026, 3, 8, 10, tzinfo=UTC)
    assert is_at_night(before, CHICAGO) and not is_at_night(after, CHICAGO)


def test_a_night_is_one_finding_across_midnight():
    reads = [at_local(10, 23, patient_id=1), at_local(11, 1, patient_id=2), at_local(11, 23, patient_id=1)]
    first, second = unusual(reads, zone=CHICAGO)
    assert (first.patient_ids, second.patient_ids) == ((1, 2), (1,))
    assert "2 times" in first.words and "once" in second.words


def test_who_works_at_night_is_not_asked_about_nights():
    reads = [at_local(10, 23), at_local(10, 23, actor="staff:8")]
    (finding,) = unusual(reads, zone=CHICAGO, night_workers={"staff:7"})
    assert finding.actor == "staff:8"


def test_the_oldest_comes_first_however_the_reads_were_ordered():
    night = at_local(12, 23)
    reads = [night, read(patient_family_name="Reed")]
    assert [finding.kind for finding in unusual(reads, zone=CHICAGO)] == [Kind.SAME_NAME, Kind.AT_NIGHT]
