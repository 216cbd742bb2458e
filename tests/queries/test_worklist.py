"""The worklist's lines, their order, its pages, and what it never reads."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, TODAY, ClinicCast, change, injection_record, make_patient
from tracker.actions import diary, injections
from tracker.content.staff import LEVELS, REASONS, STATES, reason_of, title_of
from tracker.domain.attention import Level
from tracker.domain.diagnostic import BlockResult
from tracker.domain.labels import Label
from tracker.domain.track import Source
from tracker.models import Assessment, Patient
from tracker.queries.worklist import SORTS, BadCursor, worklist


def lines(our: ClinicCast, **asked: object):
    return worklist(actor=our.clinician, now=NOW, **asked).lines


def names(our: ClinicCast, **asked: object) -> list[str]:
    return [line.name for line in lines(our, **asked)]


@pytest.fixture
def busy(our: ClinicCast) -> ClinicCast:
    """Our clinic with patients of every kind beside Ada Quill, whose injection was ten days ago."""
    ahead = make_patient(our.clinic, given="Bea", family="Ahead", number="b-2")
    fresh = make_patient(our.clinic, given="Carl", family="Fresh", number="c-3")
    make_patient(our.clinic, given="Dora", family="Blank", number="d-4")
    for patient, record in (
        (ahead, injection_record(status="scheduled", injected_on=TODAY + timedelta(days=3))),
        (fresh, injection_record(injected_on=TODAY - timedelta(days=1))),
    ):
        injections.add(by=our.clinician, patient=patient, record=record, agents=[], now=NOW)
    diary.record(by=our.clinician, patient=fresh, changes=[change(TODAY - timedelta(days=3), 8)], now=NOW)
    our.log({-3: 7, -2: 7, -1: 7, 1: 6, 6: 3})
    return our


def test_a_line_says_where_a_patient_stands(our: ClinicCast) -> None:
    our.log({-3: 7, -2: 7, -1: 7, 1: 6, 6: 3})
    [line] = lines(our)
    assert (line.public_id, line.name, line.record_number) == (
        our.patient.public_id,
        "Quill, Ada",
        "harbour-1",
    )
    assert (line.day, line.last_day, line.last_pain, line.silent_days) == (10, 6, 3, 4)
    assert line.change == Decimal("-4.00")
    assert (line.label, line.title) == ("no_recent_data", "No recent entries")
    assert (line.attention, line.reasons) == (Level.GREY, (reason_of("no_onset"), reason_of("silent")))
    assert line.spark.count("M") == 3  # three baseline days joined, day 1, day 6: a gap starts anew


@pytest.mark.parametrize("source", [Source.STAFF, Source.PAPER, Source.TELEPHONE])
def test_a_line_says_who_entered_the_last_score(our: ClinicCast, source: Source) -> None:
    our.log({1: 6})
    assert lines(our)[0].last_source == Source.PATIENT
    diary.record(by=our.clinician, patient=our.patient, changes=[change(TODAY, 4)], now=NOW, source=source)
    assert (lines(our)[0].last_pain, lines(our)[0].last_source) == (4, source)


def test_a_patient_before_the_injection_has_negative_days(busy: ClinicCast) -> None:
    [line] = lines(busy, search="Ahead")
    assert (line.day, line.title, line.last_pain, line.silent_days) == (-3, "Scheduled", None, None)


def test_a_patient_without_an_injection_has_a_line(busy: ClinicCast) -> None:
    [line] = lines(busy, search="Blank")
    assert (line.day, line.label, line.title, line.spark) == (None, "no_injection", "No injection yet", "")


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("quill", ["Quill, Ada"]),
        ("ADA", ["Quill, Ada"]),
        ("ada qu", ["Quill, Ada"]),
        ("qu fresh", []),
        ("C-3", ["Fresh, Carl"]),
        ("100%", []),
        ("_", []),
        ("qui\0ll", ["Quill, Ada"]),
        ("", ["Ahead, Bea", "Blank, Dora", "Fresh, Carl", "Quill, Ada"]),
    ],
)
def test_every_word_has_to_be_found_in_name_or_number(
    busy: ClinicCast, search: str, found: list[str]
) -> None:
    assert names(busy, search=search, sort="name") == found


def test_labels_are_counted_over_the_whole_search(busy: ClinicCast) -> None:
    found = worklist(actor=busy.clinician, now=NOW, label="scheduled", size=1)
    assert {count.label: count.patients for count in found.labels} == {
        "awaiting_first_entry": 1,
        "no_injection": 1,
        "no_recent_data": 1,
        "scheduled": 1,
    }
    assert (found.patients(), found.patients("scheduled"), found.patients("responder")) == (4, 1, 0)


@pytest.mark.parametrize(
    ("label", "found"), [("scheduled", ["Ahead, Bea"]), ("no_injection", ["Blank, Dora"])]
)
def test_one_label_shows_its_patients_only(busy: ClinicCast, label: str, found: list[str]) -> None:
    assert names(busy, label=label) == found


@pytest.mark.parametrize(
    ("sort", "first"),
    [("attention", "Quill, Ada"), ("name", "Ahead, Bea"), ("day", "Ahead, Bea"), ("score", "Fresh, Carl")],
)
def test_each_order_brings_its_first_line_up(busy: ClinicCast, sort: str, first: str) -> None:
    assert names(busy, sort=sort)[0] == first


@pytest.mark.parametrize("sort", SORTS)
def test_pages_of_one_show_everybody_once_in_every_order(busy: ClinicCast, sort: str) -> None:
    whole, paged, cursor = names(busy, sort=sort), [], ""
    for _ in range(10):
        page = worklist(actor=busy.clinician, now=NOW, sort=sort, size=1, cursor=cursor)
        paged += [line.name for line in page.lines]
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    assert paged == whole
    assert len(paged) == 4


def test_silence_without_any_score_begins_with_the_injection_and_nobody_is_silent_without_one(
    busy: ClinicCast,
) -> None:
    mute = make_patient(busy.clinic, given="Eve", family="Mute", number="e-5")
    record = injection_record(injected_on=TODAY - timedelta(days=5))
    injections.add(by=busy.clinician, patient=mute, record=record, agents=[], now=NOW)
    found = [name.split(",")[0] for name in names(busy, sort="silence")]
    assert found == ["Mute", "Quill", "Fresh", "Ahead", "Blank"]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    "cursor",
    ["nonsense", "ü", "\0", "\ud800", "1e400", '["Quill", 1]', "7d5bd9f4-4f2c-4c36-8d0f-0c1f9f0a4d11"],
)
def test_a_cursor_that_is_none_says_so(our: ClinicCast, sort: str, cursor: str) -> None:
    with pytest.raises(BadCursor):
        worklist(actor=our.clinician, now=NOW, sort=sort, cursor=cursor)


def test_a_cursor_of_another_clinics_patient_is_none(our: ClinicCast, their: ClinicCast) -> None:
    with pytest.raises(BadCursor):
        worklist(actor=our.clinician, now=NOW, cursor=str(their.patient.public_id))


def test_a_cursor_names_a_patient_by_nothing_but_the_public_id(busy: ClinicCast) -> None:
    page = worklist(actor=busy.clinician, now=NOW, sort="name", size=1)
    assert page.next_cursor == str(page.lines[0].public_id)


def test_a_cursor_still_leads_on_when_its_patient_has_left_the_filter(busy: ClinicCast) -> None:
    """Between two pages a patient may get another label: the next page starts where they stand now."""
    cursor = str(busy.patient.public_id)
    assert names(busy, sort="name", label="scheduled", cursor=cursor) == []
    assert names(busy, sort="day", label="no_injection", cursor=cursor) == ["Blank, Dora"]


def test_another_clinics_patients_are_not_there(our: ClinicCast, their: ClinicCast) -> None:
    assert names(our) == ["Quill, Ada"]
    assert names(our, search="Zanzibar") == []


@pytest.mark.parametrize("search", ["özil", "ÖZIL", "Özil", "mcöz", "ÉLODIE özil", "ß-7"])
@pytest.mark.parametrize("family", ["Özil", "McÖzil"])
def test_a_search_knows_capitals_beyond_ascii(our: ClinicCast, family: str, search: str) -> None:
    make_patient(our.clinic, given="Élodie", family=family, number="ß-7")
    make_patient(our.clinic, given="Odie", family="Ozil", number="ss-7")
    found = [] if search == "mcöz" and family == "Özil" else [f"{family}, Élodie"]
    assert names(our, search=search) == found


def test_a_search_is_words_and_no_pattern(our: ClinicCast) -> None:
    assert names(our, search=".*") == names(our, search="(") == names(our, search="a|q") == []
    make_patient(our.clinic, given="Bo (Bob)", family="O'Reed-Hale", number="r.1+")
    for search in ("(bob)", "o'reed-", "r.1+"):
        assert names(our, search=search) == ["O'Reed-Hale, Bo (Bob)"]


@pytest.mark.parametrize("patients", [1, 60])
def test_two_statements_whatever_the_number_of_patients(
    our: ClinicCast, patients: int, django_assert_num_queries
) -> None:
    for number in range(1, patients):
        patient = make_patient(our.clinic, given="P", family=f"F{number:03}", number=str(number))
        injections.add(by=our.clinician, patient=patient, record=injection_record(), agents=[], now=NOW)
    with django_assert_num_queries(2):
        assert len(lines(our, size=500)) == patients
    with django_assert_num_queries(3):
        lines(our, cursor=str(our.patient.public_id))


def test_no_diary_is_read(busy: ClinicCast) -> None:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        lines(busy)
    statements = " ".join(query["sql"] for query in captured)
    assert "tracker_diary" not in statements
    assert "tracker_reading" not in statements


def test_every_label_and_state_has_a_title() -> None:
    for label in Label:
        assert title_of(label)
    for result in BlockResult:
        assert f"diagnostic:{result}" in STATES


def test_every_reason_and_level_has_words() -> None:
    from tracker.domain import attention

    source = set(attention._AT_READOUT.values()) | {
        "soreness_rising",
        "pain_up",
        "relief_lost",
        "no_onset",
        "silent",
    }
    assert source | {"unconfirmed"} == set(REASONS)
    assert set(LEVELS) == set(Level)


def test_an_assessment_that_was_never_made_still_has_a_line(our: ClinicCast) -> None:
    Assessment.objects.all().delete()
    Patient.objects.update(record_number="")
    [line] = lines(our)
    assert (line.day, line.label, line.attention) == (10, "no_injection", Level.NONE)
