"""The kept statements give and store what the ORM does."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.db.models.sql.compiler import SQLCompiler

from tests.cast import NOW, TODAY, ClinicCast, change, injection_record
from tests.scopes import inside, outside
from tracker.actions import devices, diary, injections
from tracker.models import Assessment, AuditEvent, DiaryDay, DiaryEntry, Track, statements
from tracker.models.statements import DAYS, DEVICES, ENTRIES, INJECTIONS, Prepared
from tracker.tenancy import NoClinic, OtherClinic

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)


def contents(row: models.Model | None) -> Any:
    """Everything that a row holds in memory, with the rows that came with it."""
    if row is None:
        return None
    own = {name: plain(value) for name, value in vars(row).items() if name != "_state"}
    return own | {name: contents(other) for name, other in forward(row)}


def forward(row: models.Model):
    """Rows that came along, without the way back."""
    back = {type(row).__name__.lower()}
    return [
        (name, other) for name, other in row._state.fields_cache.items() if not back & {name, "injection"}
    ]


def plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


@pytest.fixture
def asked(our: ClinicCast) -> dict[str, tuple[Prepared, dict[str, Any]]]:
    """Each statement with lookups that find something: a day corrected too late, a second injection."""
    first, second = change(TODAY, 4), change(YESTERDAY - timedelta(days=5), 5, 1)
    late = change(second.day, 2, replaces=second.client_id, entered_at=NOW)
    diary.record(by=our.device, patient=our.patient, changes=[first, second], now=NOW)
    diary.record(by=our.clinician, patient=our.patient, changes=[late], now=NOW, skew=timedelta(seconds=3))
    planned = injection_record(status="scheduled", injected_on=TODAY + timedelta(days=9))
    injections.add(by=our.clinician, patient=our.patient, record=planned, agents=[], now=NOW)
    mine = {"patient_id": our.patient.pk}
    return {
        "device": (DEVICES, {"token_hash": devices.read_key(our.device_token).secret_hash}),
        "entries": (ENTRIES, mine | {"client_id__in": [first.client_id, late.client_id]}),
        "days": (DAYS, mine | {"describes_on__in": [TODAY, YESTERDAY, second.day]}),
        "injections": (INJECTIONS, mine),
    }


@pytest.mark.parametrize(("name", "count"), [("device", 1), ("entries", 2), ("days", 2), ("injections", 2)])
def test_a_kept_statement_reads_what_the_orm_reads(asked, name, count):
    prepared, lookups = asked[name]
    for _ in range(2):
        rows = prepared.rows(**lookups)
        assert len(rows) == count
        assert [contents(row) for row in rows] == [
            contents(row) for row in prepared.queryset.filter(**lookups)
        ]


def test_the_sql_is_written_once_and_asked_with_other_values(our, their, monkeypatch):
    prepared = Prepared(models.QuerySet(statements.Injection))
    assert prepared.rows(patient_id=our.patient.pk) == [our.injection]
    monkeypatch.setattr(SQLCompiler, "as_sql", None)
    with inside(their):
        assert prepared.rows(patient_id=their.patient.pk) == [their.injection]


def test_a_longer_list_is_another_statement(our):
    entries = [change(TODAY - timedelta(days=back), 4) for back in range(3)]
    diary.record(by=our.device, patient=our.patient, changes=entries, now=NOW)
    for count in (1, 3, 2):
        ids = [entry.client_id for entry in entries[:count]]
        assert {row.client_id for row in ENTRIES.rows(patient_id=our.patient.pk, client_id__in=ids)} == set(
            ids
        )


def test_an_empty_list_finds_nothing_and_asks_nothing(our, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ENTRIES.rows(patient_id=our.patient.pk, client_id__in=[]) == []


def test_rows_that_came_along_cost_no_further_statement(asked, django_assert_num_queries):
    prepared, lookups = asked["days"]
    with django_assert_num_queries(1):
        late, today = prepared.rows(**lookups)
        assert {today.current.pain, late.current.pain, late.scored_pain.pain} == {4, 2, 5}


def test_an_injection_that_was_never_assessed_has_neither_track_nor_assessment(our):
    Assessment.objects.all().delete()
    Track.objects.all().delete()
    (injection,) = INJECTIONS.rows(patient_id=our.patient.pk)
    assert not hasattr(injection, "track") and not hasattr(injection, "assessment")


@pytest.mark.parametrize("model", [DiaryEntry, DiaryDay, Track, Assessment])
def test_a_stored_row_is_the_one_that_the_orm_would_save(asked, model):
    wanted = list(model.objects.order_by("pk").values())
    rows = list(model.objects.order_by("pk"))
    over = {Track: ("injection",), Assessment: ("injection",), DiaryDay: ("patient", "describes_on")}
    if model is DiaryEntry:
        DiaryDay.objects.all().delete()
    if model not in over:
        model.objects.all().delete()
    statements.store(rows, over=over.get(model, ()))
    stored = model.objects.order_by("pk").values()
    own_ids = [row.pk for row in rows]
    key = model._meta.pk.attname
    assert [plain_row(row) for row in stored] == [
        plain_row(row | {key: pk}) for row, pk in zip(wanted, own_ids, strict=True)
    ]


def plain_row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in row.items()}


def test_what_is_stored_over_a_row_replaces_it(our):
    track = Track.objects.get(injection=our.injection)
    track.codes, track.rev = b"\x07", 41
    statements.store([track], over=("injection",))
    kept = Track.objects.get(injection=our.injection)
    assert (bytes(kept.codes), kept.rev) == (b"\x07", 41)


def test_ids_come_back_in_the_order_of_the_rows(our, monkeypatch):
    monkeypatch.setattr(statements, "ROWS_AT_A_TIME", 2)
    events = [event(our, number, actor="system", action=f"a{number}") for number in range(101, 106)]
    statements.store(events)
    assert [AuditEvent.objects.get(pk=row.pk).number for row in events] == [101, 102, 103, 104, 105]


def event(cast: ClinicCast, number: int, **said: Any) -> AuditEvent:
    return AuditEvent(clinic=cast.clinic, number=number, at=NOW, mac=b"", **said)


def test_storing_nothing_asks_nothing(our, django_assert_num_queries):
    with django_assert_num_queries(0):
        statements.store([])


def test_a_quote_in_a_text_stays_a_text(our):
    said = '\'; DROP TABLE "tracker_device"; -- %s'
    statements.store([event(our, 101, actor=said, action="a", detail={"of": said})])
    assert AuditEvent.objects.get(actor=said).detail == {"of": said}
    assert DEVICES.rows(token_hash=said.encode()) == []


def test_the_lock_is_taken_where_the_database_has_one(our, django_assert_num_queries):
    with django_assert_num_queries(int(connection.features.has_select_for_update)) as asked:
        statements.lock(patient_id=our.patient.pk)
    assert all(query["sql"].endswith("FOR UPDATE") for query in asked.captured_queries)


def test_a_strangers_id_finds_nothing(our):
    assert ENTRIES.rows(patient_id=our.patient.pk, client_id__in=[uuid.uuid4()]) == []


KEPT = [name for name, kept in vars(statements).items() if isinstance(kept, Prepared)]


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_statement_finds_nothing_of_another_clinic(our, their, name):
    prepared = getattr(statements, name)
    with inside(their):
        their.log({10: 4})
        found = prepared.rows()
        assert found
    key = prepared.queryset.model._meta.pk.name
    assert prepared.rows(**{key: found[0].pk}) == []
    assert prepared.rows(clinic_id=their.clinic.pk) == []


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_statement_cannot_be_asked_without_a_clinic(our, name):
    prepared = getattr(statements, name)
    with outside(), pytest.raises(NoClinic):
        prepared.rows()


def test_nothing_is_stored_without_a_clinic_or_for_another_one(our, their):
    with outside(), pytest.raises(NoClinic):
        statements.store([event(our, 101)])
    with pytest.raises(OtherClinic):
        statements.store([event(our, 101), event(their, 101)])
    assert not AuditEvent.objects.filter(number=101).exists()
