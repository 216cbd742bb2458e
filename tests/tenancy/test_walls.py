"""What both databases refuse by themselves: raw SQL that mixes clinics, moves a row, or touches the trail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.db import DatabaseError, connection, models, transaction
from django.test.utils import isolate_apps

from tests.rights import as_owner_here
from tests.rows import everything
from tests.scopes import inside
from tests.tenancy.samples import clinical_models, insert, kin, update, values_of
from tracker.models import AuditEvent, Clinic, ClinicText, Patient, ProtocolVersion
from tracker.queries import audit_chain
from tracker.tenancy import TenantModel, postgres_walls, sqlite_walls, walls

pytestmark = pytest.mark.django_db

MODELS = clinical_models()
POINTERS = [
    pytest.param(wall, pointer, id=f"{wall.table}.{pointer.column}")
    for wall in walls.walls()
    for pointer in wall.pointers
]
TABLES = [pytest.param(wall, id=wall.table) for wall in walls.walls()]
ON_POSTGRES = connection.vendor == "postgresql"


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@contextmanager
def refused(*, by: str) -> Iterator[None]:
    """The database says no, and names the wall; nothing stays of what was tried."""
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        yield
        connection.check_constraints()
    assert by in str(error.value)


def named(table: str, column: str) -> str:
    return f"wall_{table}_{column}" if ON_POSTGRES else f"wall: {table} {column}"


def related(wall: walls.Wall, column: str) -> type[models.Model]:
    fields = MODELS[wall.table]._meta.concrete_fields
    return next(field.related_model for field in fields if field.column == column)


@pytest.mark.parametrize(("wall", "pointer"), POINTERS)
def test_a_new_row_points_to_its_own_clinic_only(our, their, wall, pointer):
    model, to = MODELS[wall.table], related(wall, pointer.column)
    with inside(their):
        theirs = kin(to, their.clinic)
    ours = kin(to, our.clinic)
    insert(model, values_of(model, our.clinic, **{pointer.column: ours}))
    mixed = values_of(model, our.clinic, **{pointer.column: theirs})
    with refused(by=named(wall.table, pointer.column)):
        insert(model, mixed)


@pytest.mark.parametrize(("wall", "pointer"), POINTERS)
def test_a_pointer_is_never_turned_to_another_clinic(our, their, wall, pointer):
    model, to = MODELS[wall.table], related(wall, pointer.column)
    with inside(their):
        theirs = kin(to, their.clinic)
    ours, row = kin(to, our.clinic), insert(model, values_of(model, our.clinic))
    if wall.is_append_only:
        for key in (theirs, ours):
            with refused(by="permission denied" if ON_POSTGRES else "append-only"):
                update(model, row, {pointer.column: key})
        return
    with refused(by=named(wall.table, pointer.column)):
        update(model, row, {pointer.column: theirs})
    update(model, row, {pointer.column: ours})
    connection.check_constraints()


@pytest.mark.parametrize("wall", TABLES)
def test_a_row_never_moves_to_another_clinic(our, their, wall):
    model = MODELS[wall.table]
    if not model.objects.exists():
        insert(model, values_of(model, our.clinic))
    before = everything()
    for by_whom in (nullcontext, as_owner_here):
        with by_whom(), pytest.raises(DatabaseError), transaction.atomic():
            run(f'UPDATE "{wall.table}" SET clinic_id = %s', their.clinic.pk)
    assert everything() == before


KEYS = [
    pytest.param(wall, columns, id=f"{wall.table}.{columns[-1]}")
    for wall in walls.walls()
    for columns in wall.keys
    if "clinic_id" not in columns
]


def pointers_of(wall: walls.Wall, columns: tuple[str, ...]) -> list[str]:
    return [pointer.column for pointer in wall.pointers if pointer.column in columns]


@pytest.mark.skipif(ON_POSTGRES, reason="PostgreSQL has no OR REPLACE")
@pytest.mark.parametrize(("wall", "columns"), KEYS)
def test_no_row_takes_the_place_of_another_clinics(our, their, wall, columns):
    model = MODELS[wall.table]
    with inside(their):
        aims = {column: kin(related(wall, column), their.clinic) for column in pointers_of(wall, columns)}
        values = values_of(model, their.clinic, **aims)
        values |= {model._meta.pk.column: insert(model, values)}
    taken = {column: values[column] for column in columns}
    ours = insert(model, values_of(model, our.clinic))
    mixed = values_of(model, our.clinic, **taken)
    before = everything()
    with pytest.raises(DatabaseError), transaction.atomic():
        insert(model, mixed, verb="INSERT OR REPLACE")
    with pytest.raises(DatabaseError), transaction.atomic():
        update(model, ours, taken, verb="UPDATE OR REPLACE")
    assert everything() == before


# --- The trail ------------------------------------------------------------------------------------

APPEND_ONLY = [wall.table for wall in walls.walls() if wall.is_append_only]
BY_WHOM = pytest.mark.parametrize("by_whom", [nullcontext, as_owner_here], ids=["application", "owner"])
UPSERT = "ON CONFLICT (id) DO UPDATE SET action = excluded.action"
TOUCHES = {
    "update": "UPDATE {table} SET action = 'x'",
    "update of nothing": "UPDATE {table} SET action = action",
    "delete": "DELETE FROM {table}",
    "replace": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "replace by number": "INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}",
    "upsert": "INSERT INTO {table} (id, {columns}) SELECT id, {columns} FROM {table} WHERE true " + UPSERT,
    "truncate": "TRUNCATE {table}",
}
ELSEWHERE = {"replace", "replace by number"} if ON_POSTGRES else {"truncate"}


def test_the_trail_is_append_only():
    kept = (AuditEvent, ClinicText, ProtocolVersion)
    assert sorted(model._meta.db_table for model in kept) == APPEND_ONLY


@BY_WHOM
@pytest.mark.parametrize("touch", sorted(TOUCHES.keys() - ELSEWHERE))
def test_what_is_in_the_trail_stays_as_it_is(our, by_whom, touch):
    columns = ", ".join(field.column for field in AuditEvent._meta.concrete_fields if field.name != "id")
    before = everything()["AuditEvent"]
    with by_whom(), pytest.raises(DatabaseError), transaction.atomic():
        run(TOUCHES[touch].format(table=AuditEvent._meta.db_table, columns=columns))
    assert everything()["AuditEvent"] == before
    assert audit_chain.verify().found is None


# --- Missing walls ---------------------------------------------------------------------------------


def standing(wall: walls.Wall) -> dict[str, str]:
    """The walls of a table, and how somebody would take each away."""
    if not ON_POSTGRES:
        return {name: f'DROP TRIGGER "{name}"' for name, _ in sqlite_walls.triggers([wall])}
    on = f'"{wall.table}"'
    return (
        {name: f'DROP TRIGGER "{name}" ON {on}' for name, _ in postgres_walls._triggers(wall)}
        | {
            name: f'ALTER TABLE {on} DROP CONSTRAINT "{name}"'
            for name in (postgres_walls._name(wall, pointer) for pointer in wall.pointers)
        }
        | {f"wall_rows_{wall.table}": f"ALTER TABLE {on} NO FORCE ROW LEVEL SECURITY"}
    )


class Undone(Exception):
    """Takes back what a test did to the database's shape."""


@pytest.mark.parametrize("wall", TABLES)
def test_a_wall_that_is_missing_is_found_whichever_it_is(db, wall):
    assert walls.missing(connection) == []
    for name, sql in standing(wall).items():
        with suppress(Undone), as_owner_here(), transaction.atomic():
            run(sql)
            assert walls.missing(connection) == [name]
            raise Undone
    assert walls.missing(connection) == []


@pytest.mark.skipif(not ON_POSTGRES, reason="SQLite has no policies")
@pytest.mark.parametrize(
    "sql",
    [
        "ALTER POLICY wall ON tracker_patient USING (true)",
        "ALTER POLICY wall ON tracker_patient WITH CHECK (true)",
        "CREATE POLICY everybody ON tracker_patient USING (true)",
        "ALTER TABLE tracker_patient DISABLE ROW LEVEL SECURITY",
    ],
)
def test_a_policy_that_lets_others_in_is_a_wall_that_is_missing(db, sql):
    with as_owner_here(), transaction.atomic():
        run(sql)
        assert walls.missing(connection) == ["wall_rows_tracker_patient"]


def test_a_missing_wall_stops_the_start_and_is_built_again(db):
    name, sql = next(iter(standing(walls.walls()[0]).items()))
    with as_owner_here():
        run(sql)
        (problem,) = [found for found in run_checks(databases=["default"]) if found.id == "onset.E010"]
        assert name in problem.msg
        walls.install(connection)
    assert walls.missing(connection) == []


# --- A new table ------------------------------------------------------------------------------------


@pytest.fixture
def letters(our, their, monkeypatch) -> Iterator[type[TenantModel]]:
    """A table that somebody added tomorrow, with nothing done for its walls."""
    with isolate_apps("tracker"):

        class Letter(TenantModel):
            clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")
            patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="+")

            class Meta:
                app_label = "tracker"

    known = [*apps.get_app_config("tracker").get_models(), Letter]
    monkeypatch.setattr(apps.get_app_config("tracker"), "get_models", lambda: known)
    kind = "bigserial" if ON_POSTGRES else "integer"
    with as_owner_here():
        connection.check_constraints()  # a table with checks left to do cannot be altered
        run(f"CREATE TABLE tracker_letter (id {kind} PRIMARY KEY, clinic_id bigint, patient_id bigint)")
        walls.install(connection)
        connection.check_constraints()
    return Letter


def test_a_new_table_has_its_walls_by_itself(our, their, letters):
    ours = letters.objects.create(clinic=our.clinic, patient=our.patient)
    with refused(by=named("tracker_letter", "patient_id")):
        letters.objects.create(clinic=our.clinic, patient=their.patient)
    with inside(their):
        assert not letters.objects.exists()
        assert not letters.objects.filter(pk=ours.pk).exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        run("UPDATE tracker_letter SET clinic_id = %s", their.clinic.pk)
    assert walls.missing(connection) == []


def test_every_clinical_table_has_walls():
    assert {wall.table for wall in walls.walls()} == set(MODELS)
