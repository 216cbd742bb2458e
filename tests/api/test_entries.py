import uuid
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from tests.api.bodies import ENTRIES, entry, post, problem
from tests.cast import NOW, TODAY, change
from tests.scopes import inside
from tests.statements import EVERY_REQUEST, SCOPED, SEALED
from tracker.actions import diary
from tracker.domain.roles import Role
from tracker.domain.track import Source, Timing
from tracker.models import AuditEvent, DiaryDay, DiaryEntry

pytestmark = pytest.mark.django_db


def test_a_new_entry_is_answered_with_what_was_stored(phone, our):
    body = entry(sent_at="2026-05-20T19:29:00Z")
    answer = post(phone, ENTRIES, body)
    assert answer.status_code == 201
    said = answer.json()
    assert said["status"] == "created"
    assert said["entry"] == said["current"]
    assert said["entry"] == {
        "client_id": body["client_id"],
        "day": "2026-05-20",
        "pain": 4,
        "soreness": 1,
        "entered_at": "2026-05-20T19:00:00Z",
        "received_at": "2026-05-20T19:30:00Z",
        "timing": "live",
        "source": "patient",
        "replaces": None,
    }
    row = DiaryEntry.objects.get()
    assert (row.patient_id, row.clinic_id, row.device_id) == (our.patient.pk, our.clinic.pk, our.device.pk)
    assert row.skew_seconds == 60
    assert AuditEvent.objects.filter(action="diary.record", actor=f"device:{our.device.pk}").count() == 1


@pytest.mark.parametrize("wrong", [11, -1, 3.5, 4.0, "x", "4", "", True, False, [4], {"pain": 4}, 10**400])
@pytest.mark.parametrize("field", ["pain", "soreness"])
def test_what_is_no_score_is_refused_by_the_name_of_its_field(phone, field, wrong):
    assert problem(post(phone, ENTRIES, entry(**{field: wrong}))) == (400, "invalid", [field])
    assert not DiaryEntry.objects.exists()


@pytest.mark.parametrize("score", range(11))
def test_every_score_from_0_to_10_is_stored(phone, score):
    assert post(phone, ENTRIES, entry(pain=score)).status_code == 201
    assert DiaryEntry.objects.get().pain == score


@pytest.mark.parametrize(("pain", "soreness"), [(4, None), (None, 1), (4, ...), (..., 1)])
def test_one_score_of_the_two_is_enough(phone, pain, soreness):
    assert post(phone, ENTRIES, entry(pain=pain, soreness=soreness)).status_code == 201


@pytest.mark.parametrize(("pain", "soreness"), [(None, None), (..., ...), (None, ...)])
def test_no_score_at_all_is_refused(phone, pain, soreness):
    assert problem(post(phone, ENTRIES, entry(pain=pain, soreness=soreness))) == (400, "invalid", ["pain"])


@pytest.mark.parametrize(
    ("fields", "at_fault"),
    [
        ({"client_id": ...}, "client_id"),
        ({"client_id": None}, "client_id"),
        ({"client_id": 7}, "client_id"),
        ({"client_id": True}, "client_id"),
        ({"client_id": "7"}, "client_id"),
        ({"client_id": uuid.uuid4().hex}, "client_id"),
        ({"client_id": uuid.uuid4().urn}, "client_id"),
        ({"client_id": "￾" * 36}, "client_id"),
        ({"day": ...}, "day"),
        ({"day": None}, "day"),
        ({"day": 20260520}, "day"),
        ({"day": "20260520"}, "day"),
        ({"day": "2026-W21-3"}, "day"),
        ({"day": "2026-5-20"}, "day"),
        ({"day": "2026-02-30"}, "day"),
        ({"day": "2026-05-20T00:00:00Z"}, "day"),
        ({"day": "2026-05-21"}, "day"),  # tomorrow
        ({"day": "9999-12-31"}, "day"),
        ({"day": "2026-04-01"}, "day"),  # long before enrolment on 30 April
        ({"day": "0001-01-01"}, "day"),
        ({"entered_at": ...}, "entered_at"),
        ({"entered_at": None}, "entered_at"),
        ({"entered_at": 1779303600}, "entered_at"),
        ({"entered_at": "2026-05-20"}, "entered_at"),
        ({"entered_at": "2026-05-20T19:00:00"}, "entered_at"),  # naive
        ({"entered_at": "0001-01-01T00:00:00Z"}, "entered_at"),
        ({"entered_at": "9999-12-31T23:59:59-12:00"}, "entered_at"),
        ({"sent_at": "2026-05-20T19:00:00"}, "sent_at"),
        ({"sent_at": "9999-12-31T23:59:59Z"}, "sent_at"),
        ({"replaces": "none"}, "replaces"),
        ({"replaces": 0}, "replaces"),
        ({"patient": 1}, "patient"),
        ({"clinic": 1}, "clinic"),
        ({"source": "staff"}, "source"),
        ({"received_at": "2026-05-20T19:00:00Z"}, "received_at"),
        ({"": 1}, ""),
    ],
)
def test_a_field_that_is_wrong_or_unknown_is_refused_by_its_name(phone, fields, at_fault):
    assert problem(post(phone, ENTRIES, entry(**fields))) == (400, "invalid", [at_fault])
    assert not DiaryEntry.objects.exists()


def test_every_field_at_fault_is_named_at_once(phone):
    status, _, fields = problem(post(phone, ENTRIES, entry(pain=11, day="x", mood="low")))
    assert (status, sorted(fields)) == (400, ["day", "mood", "pain"])


def test_the_same_entry_sent_twice_is_one_row(phone):
    body = entry()
    first, second = post(phone, ENTRIES, body), post(phone, ENTRIES, body)
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json()["status"] == "duplicate"
    assert second.json()["entry"] == first.json()["entry"]
    assert DiaryEntry.objects.count() == DiaryDay.objects.count() == 1


def test_an_id_that_comes_back_with_another_score_is_refused_and_the_first_stays(phone):
    body = entry()
    post(phone, ENTRIES, body)
    assert problem(post(phone, ENTRIES, body | {"pain": 9})) == (409, "id-reused", ["client_id"])
    assert DiaryEntry.objects.get().pain == 4


def test_an_id_of_another_patient_says_nothing_of_theirs(phone, their):
    theirs = change(TODAY, 9)
    with inside(their):
        diary.record(by=their.device, patient=their.patient, changes=[theirs], now=NOW)
    answer = post(phone, ENTRIES, entry(client_id=str(theirs.client_id)))
    assert (answer.status_code, answer.json()["status"]) == (201, "created")
    assert answer.json()["current"]["pain"] == 4


def test_an_edit_names_what_it_replaces(phone):
    first = entry()
    post(phone, ENTRIES, first)
    answer = post(phone, ENTRIES, entry(pain=6, replaces=first["client_id"]))
    assert (answer.status_code, answer.json()["status"]) == (201, "edited")
    assert answer.json()["entry"] == answer.json()["current"]


def test_a_lost_conflict_is_kept_and_answered_with_the_entry_that_stands(phone):
    post(phone, ENTRIES, entry(pain=6))
    answer = post(phone, ENTRIES, entry(pain=2, entered_at="2026-05-20T12:00:00Z"))
    assert (answer.status_code, answer.json()["status"]) == (201, "conflict")
    assert (answer.json()["entry"]["pain"], answer.json()["current"]["pain"]) == (2, 6)


@pytest.mark.parametrize("words", ["database is locked", "database or disk is full"])
def test_a_storage_that_cannot_store_says_so_and_acknowledges_nothing(phone, monkeypatch, words):
    def fail(**_: object) -> None:
        raise OperationalError(words)

    monkeypatch.setattr("tracker.api.diary.record", fail)
    answer = post(phone, ENTRIES, entry())
    assert problem(answer) == (503, "unavailable", [])
    assert int(answer["Retry-After"]) > 0
    assert words not in answer.content.decode()


def test_a_fault_of_ours_is_not_dressed_up_as_an_answer(phone, monkeypatch):
    monkeypatch.setattr("tracker.api.diary.record", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        post(phone, ENTRIES, entry())


def test_an_entry_costs_the_same_statements_however_long_the_diary(phone, our, django_assert_num_queries):
    with django_assert_num_queries(ONE_ENTRY):
        assert post(phone, ENTRIES, entry()).status_code == 201
    our.log(dict.fromkeys(range(-7, 10), 5))
    with django_assert_num_queries(ONE_ENTRY):
        assert post(phone, ENTRIES, entry(pain=3)).status_code == 201


ONE_ENTRY = 11 + SEALED + SCOPED + connection.features.has_select_for_update
"""Device, entries, day, injections; entry, day, track, assessment, audit; savepoint and release; the lock."""


# --- Reading -------------------------------------------------------------------------------------


def test_the_list_is_newest_first_and_says_which_revision_stands(phone, our):
    our.log({8: 6, 9: 5})
    first = entry(pain=4)
    post(phone, ENTRIES, first)
    post(phone, ENTRIES, entry(pain=3, replaces=first["client_id"]))
    lines = phone.get(ENTRIES).json()["entries"]
    assert [(line["entry"]["day"], line["entry"]["pain"]) for line in lines] == [
        ("2026-05-20", 3),
        ("2026-05-20", 4),
        ("2026-05-19", 5),
        ("2026-05-18", 6),
    ]
    assert [(line["is_current"], line["is_scored"]) for line in lines] == [
        (True, True),
        (False, False),
        (True, True),
        (True, True),
    ]


def test_an_entry_made_long_after_its_day_stands_but_is_not_scored(phone):
    post(phone, ENTRIES, entry(day="2026-05-10"))
    (line,) = phone.get(ENTRIES).json()["entries"]
    assert (line["entry"]["timing"], line["is_current"], line["is_scored"]) == ("recalled", True, False)


def test_pages_follow_each_other_without_a_gap_or_a_repeat(phone, our):
    our.log(dict.fromkeys(range(-6, 10), 5))
    our.log({3: 4, 4: 4})
    whole = [line["entry"]["client_id"] for line in phone.get(ENTRIES).json()["entries"]]
    read, cursor = [], ""
    while cursor is not None:
        page = phone.get(ENTRIES, {"size": 5} | ({"cursor": cursor} if cursor else {})).json()
        read += [line["entry"]["client_id"] for line in page["entries"]]
        cursor = page["next_cursor"]
    assert read == whole
    assert len(set(read)) == 18


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"cursor": "x"}, "cursor"),
        ({"cursor": "2026-05-20."}, "cursor"),
        ({"cursor": "2026-05-20.1e9"}, "cursor"),
        ({"cursor": "\0"}, "cursor"),
        ({"size": 0}, "size"),
        ({"size": 201}, "size"),
        ({"size": "x"}, "size"),
        ({"page": 2}, "page"),
    ],
)
def test_a_wrong_question_is_refused_by_the_name_of_its_field(phone, query, field):
    assert problem(phone.get(ENTRIES, query)) == (400, "invalid", [field])


def test_a_page_of_any_length_is_read_in_one_statement(phone, our, django_assert_num_queries):
    our.log(dict.fromkeys(range(-7, 10), 5))
    # The device, the entries; beyond two weeks the injection, which says how far the phone reaches.
    for size, needed in ((1, 2), (50, 3)):
        with django_assert_num_queries(needed + EVERY_REQUEST):
            assert phone.get(ENTRIES, {"size": size}).status_code == 200


# --- By staff ------------------------------------------------------------------------------------


@pytest.fixture
def url(our) -> str:
    return f"/api/v1/patients/{our.patient.public_id}/entries/"


@pytest.mark.parametrize(
    ("said", "source"),
    [
        ({}, Source.STAFF),
        ({"source": "staff"}, Source.STAFF),
        ({"source": "paper"}, Source.PAPER),
        ({"source": "telephone"}, Source.TELEPHONE),
    ],
)
def test_staff_save_an_entry_under_their_own_name(desk, our, url, said, source):
    answer = post(desk, url, entry(**said))
    assert answer.status_code == 201
    assert answer.json()["entry"]["source"] == source.name.lower()
    row = DiaryEntry.objects.get()
    assert (row.patient_id, row.source, row.membership_id) == (our.patient.pk, source, our.clinician.pk)
    assert row.device_id is None


@pytest.mark.parametrize("source", ["patient", "proxy", "", None, 2])
def test_staff_cannot_speak_as_somebody_else(desk, url, source):
    assert problem(post(desk, url, entry(source=source))) == (400, "invalid", ["source"])


def test_staff_read_the_patients_diary(desk, our, url):
    our.log({9: 5})
    (line,) = desk.get(url).json()["entries"]
    assert (line["entry"]["pain"], line["entry"]["source"]) == (5, "patient")


def test_an_auditor_may_read_but_not_write(our, url, still_clock, client_of):
    auditor = client_of(our.staff[Role.AUDITOR])
    assert auditor.get(url).status_code == 200
    assert problem(post(auditor, url, entry())) == (403, "not-allowed", [])
    assert not DiaryEntry.objects.exists()


def test_a_staff_entry_made_on_time_by_a_wrong_clock_is_marked_uncertain(desk, url):
    answer = post(desk, url, entry(sent_at="2026-05-23T19:00:00Z", entered_at="2026-05-23T19:00:00Z"))
    assert answer.json()["entry"]["timing"] == Timing.UNCERTAIN.name.lower()


def test_the_patients_own_zone_decides_what_has_not_come_yet(phone, our):
    type(our.patient).objects.filter(pk=our.patient.pk).update(time_zone="Pacific/Auckland")
    tomorrow = (TODAY + timedelta(days=1)).isoformat()
    assert post(phone, ENTRIES, entry(day=tomorrow)).status_code == 201
