"""The walls on PostgreSQL: composite foreign keys, triggers, and row-level security, for the owner too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from .walls import Pointer, Wall

OWN_CLINIC = "clinic_id = nullif(current_setting('app.clinic', true), '')::bigint"
"""Without the setting there is no clinic, and no row."""

FUNCTION = """
CREATE OR REPLACE FUNCTION wall_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'wall: % %', TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END $$
"""

STANDING = """
SELECT conname FROM pg_constraint WHERE conname LIKE 'wall_%' AND convalidated
UNION SELECT tgname FROM pg_trigger WHERE tgname LIKE 'wall_%' AND tgenabled = 'O'
UNION SELECT 'wall_rows_' || c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid
  WHERE c.relrowsecurity AND c.relforcerowsecurity GROUP BY c.oid, c.relname
  HAVING count(*) = 1 AND bool_and(p.polname = 'wall'
    AND pg_get_expr(p.polqual, c.oid) LIKE '(clinic_id = %app.clinic%'
    AND pg_get_expr(p.polwithcheck, c.oid) LIKE '(clinic_id = %app.clinic%')
"""
"""A second policy beside ours would let in what ours keeps out."""


def install(connection: Any, walls: Iterable[Wall]) -> None:
    walls = list(walls)
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        for table, key in sorted({(p.to_table, p.to_column) for wall in walls for p in wall.pointers}):
            _add(cursor, table, _anchor(table), f"UNIQUE (clinic_id, {key})")
        for wall in walls:
            for pointer in wall.pointers:
                _add(cursor, wall.table, _name(wall, pointer), _foreign_key(pointer))
            for name, event in _triggers(wall):
                cursor.execute(f'CREATE OR REPLACE TRIGGER "{name}" {event}')
            _secure_rows(cursor, wall)
        if settings.OWNER_DATABASE:
            _grant(cursor, walls)


def missing(connection: Any, walls: Iterable[Wall]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        standing = {name for (name,) in cursor.fetchall()}
    return [name for wall in walls for name in _names(wall) if name not in standing]


def _names(wall: Wall) -> Iterator[str]:
    yield from (_name(wall, pointer) for pointer in wall.pointers)
    yield from (name for name, _ in _triggers(wall))
    yield f"wall_rows_{wall.table}"


def _add(cursor: Any, table: str, name: str, constraint: str) -> None:
    cursor.execute("SELECT 1 FROM pg_constraint WHERE conname = %s", [name])
    if not cursor.fetchone():
        cursor.execute(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {constraint}')


def _anchor(table: str) -> str:
    return f"wall_{table}_clinic"


def _name(wall: Wall, pointer: Pointer) -> str:
    return f"wall_{wall.table}_{pointer.column}"


def _foreign_key(pointer: Pointer) -> str:
    # Deferred like Django's own: a patient is deleted together with what hangs on it, in whatever order.
    parent = f'"{pointer.to_table}" (clinic_id, {pointer.to_column})'
    return f"FOREIGN KEY (clinic_id, {pointer.column}) REFERENCES {parent} DEFERRABLE INITIALLY DEFERRED"


def _triggers(wall: Wall) -> Iterator[tuple[str, str]]:
    """Name and the rest of each statement."""
    on, table = f'ON "{wall.table}"', wall.table
    yield (
        f"wall_{table}_moved",
        f"BEFORE UPDATE OF clinic_id {on} FOR EACH ROW WHEN (NEW.clinic_id IS DISTINCT FROM OLD.clinic_id) "
        "EXECUTE FUNCTION wall_refuse('clinic_id')",
    )
    if wall.is_append_only:
        refuse = "EXECUTE FUNCTION wall_refuse('append-only')"
        yield f"wall_{table}_changed", f"BEFORE UPDATE OR DELETE {on} FOR EACH ROW {refuse}"
        yield f"wall_{table}_emptied", f"BEFORE TRUNCATE {on} FOR EACH STATEMENT {refuse}"


def _secure_rows(cursor: Any, wall: Wall) -> None:
    table = f'"{wall.table}"'
    cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    cursor.execute(f"DROP POLICY IF EXISTS wall ON {table}")
    cursor.execute(f"CREATE POLICY wall ON {table} USING ({OWN_CLINIC}) WITH CHECK ({OWN_CLINIC})")


def _grant(cursor: Any, walls: Iterable[Wall]) -> None:
    """The application's role: everything with rows, nothing with tables; and the trail only grows."""
    role = f'"{settings.APPLICATION_ROLE}"'
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
    cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
    for wall in walls:
        if wall.is_append_only:
            cursor.execute(f'REVOKE UPDATE, DELETE, TRUNCATE ON "{wall.table}" FROM {role}')
