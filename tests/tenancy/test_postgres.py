"""Row-level security: by whatever SQL, the application's role sees and changes nothing of other clinics."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError, ProgrammingError, connection, transaction

from tests.rights import ROLE, as_owner_here
from tests.scopes import inside, outside
from tests.tenancy.samples import clinical_models, insert, values_of
from tracker.models import Patient
from tracker.tenancy.owner import rights_beyond_rows

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no row-level security"),
]

MODELS = clinical_models()
every_table = pytest.mark.parametrize("table", MODELS)
OWNER = "onset_test_owner"


def ask(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


def count(table: str) -> int:
    return ask(f'SELECT count(*) FROM "{table}"')[0][0]


@pytest.fixture
def filled(our, their) -> None:
    """A row of each clinic in every clinical table."""
    for cast in (our, their):
        with inside(cast):
            for model in MODELS.values():
                if not model.objects.exists():
                    insert(model, values_of(model, cast.clinic))
            connection.check_constraints()


def test_the_application_is_neither_owner_nor_superuser_nor_above_the_policies(our):
    assert ask("SELECT current_user") == [(ROLE,)]
    assert rights_beyond_rows(connection) == []
    assert "onset.E011" not in {found.id for found in run_checks(databases=["default"])}
    with as_owner_here():
        assert rights_beyond_rows(connection)
        assert "onset.E011" in {found.id for found in run_checks(databases=["default"])}


@every_table
def test_every_clinical_table_is_secured_even_against_its_owner(our, table):
    assert ask("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s", table) == [
        (True, True)
    ]


@every_table
def test_without_a_clinic_raw_sql_finds_no_row(filled, table):
    assert count(table)
    with outside():
        ask("SELECT set_config('app.clinic', '', true)")
        assert count(table) == 0


@every_table
def test_in_a_clinic_raw_sql_finds_its_own_rows_only(our, filled, table):
    assert ask(f'SELECT DISTINCT clinic_id FROM "{table}"') == [(our.clinic.pk,)]


@every_table
def test_in_a_clinic_raw_sql_changes_no_row_of_another(our, their, filled, table):
    for verb in (f'DELETE FROM "{table}"', f'UPDATE "{table}" SET clinic_id = clinic_id'):
        with suppress(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            # Of the trail the role may only read and add: that is a ProgrammingError.
            cursor.execute(f"{verb} WHERE clinic_id = %s", [their.clinic.pk])
            assert cursor.rowcount == 0
    with inside(their):
        assert count(table)


@every_table
def test_in_a_clinic_no_row_of_another_can_be_added(our, their, filled, table):
    model = MODELS[table]
    with inside(their):
        values = values_of(model, their.clinic)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        insert(model, values)


def test_a_setting_that_is_no_number_is_an_error_and_shows_nothing(our):
    with outside(), pytest.raises(DatabaseError), transaction.atomic():
        ask("SELECT set_config('app.clinic', '1 OR true', true)")
        ask("SELECT * FROM tracker_patient")


def test_the_owner_of_the_tables_is_bound_as_well(our, their):
    connection.check_constraints()
    with as_owner_here():
        if not ask("SELECT 1 FROM pg_roles WHERE rolname = %s", OWNER):
            ask(f"CREATE ROLE {OWNER} NOLOGIN")  # taken back with the test's transaction
        ask(f"GRANT ALL ON SCHEMA public TO {OWNER}")
        ask(f"ALTER TABLE tracker_patient OWNER TO {OWNER}")
        ask(f"SET LOCAL ROLE {OWNER}")
        assert ask("SELECT id FROM tracker_patient") == [(our.patient.pk,)]
        ask("SELECT set_config('app.clinic', '', true)")
        assert ask("SELECT id FROM tracker_patient") == []


@pytest.mark.parametrize(
    "deed",
    [
        "ALTER TABLE tracker_patient DISABLE ROW LEVEL SECURITY",
        "DROP POLICY wall ON tracker_patient",
        "ALTER TABLE tracker_auditevent DISABLE TRIGGER ALL",
        "DROP TRIGGER wall_tracker_auditevent_changed ON tracker_auditevent",
        "TRUNCATE tracker_auditevent",
        "CREATE TABLE mine (id int)",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_cannot_take_a_wall_away(our, deed):
    with pytest.raises(DatabaseError), transaction.atomic():
        ask(deed)
    assert Patient.objects.count() == 1
