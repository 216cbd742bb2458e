"""The walls as triggers. SQLite has no row-level security, nor composite keys that Django could keep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .walls import Pointer, Wall

PREFIX = "wall_"


def install(connection: Any, walls: Iterable[Wall]) -> None:
    remove(connection)
    with connection.cursor() as cursor:
        for _, sql in triggers(walls):
            cursor.execute(sql)


def remove(connection: Any) -> None:
    with connection.cursor() as cursor:
        for name in _standing(cursor):
            cursor.execute(f'DROP TRIGGER "{name}"')


def missing(connection: Any, walls: Iterable[Wall]) -> list[str]:
    with connection.cursor() as cursor:
        standing = _standing(cursor)
    return [name for name, sql in triggers(walls) if standing.get(name) != sql]


def _standing(cursor: Any) -> dict[str, str]:
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'wall\\_%' ESCAPE '\\'"
    )
    return dict(cursor.fetchall())


def triggers(walls: Iterable[Wall]) -> Iterator[tuple[str, str]]:
    """Name and statement of each."""
    for wall in walls:
        yield _trigger(
            wall, "moved", "UPDATE OF clinic_id", "NEW.clinic_id IS NOT OLD.clinic_id", "clinic_id"
        )
        for pointer in wall.pointers:
            column = pointer.column
            yield _trigger(wall, f"{column}_new", "INSERT", _leads_elsewhere(pointer), column)
            changed = f"NEW.{column} IS NOT OLD.{column} AND {_leads_elsewhere(pointer)}"
            yield _trigger(wall, f"{column}_changed", f"UPDATE OF {column}", changed, column)
        if wall.is_append_only:
            for verb in ("UPDATE", "DELETE"):
                yield _trigger(wall, verb.lower(), verb, "1", "append-only")
        yield from _replacing(wall)


def _replacing(wall: Wall) -> Iterator[tuple[str, str]]:
    """OR REPLACE deletes the row that is in its way, and asks no trigger about that one."""
    own_clinic = {"clinic_id", *(pointer.column for pointer in wall.pointers)}
    for columns in wall.keys:
        name = columns[-1]
        if wall.is_append_only:
            yield _trigger(wall, f"{name}_replaced", "INSERT", _taken(wall, columns), "append-only")
        elif not own_clinic & set(columns):
            elsewhere = _taken(wall, columns, "AND clinic_id <> NEW.clinic_id")
            yield _trigger(wall, f"{name}_replaced", "INSERT", elsewhere, name)
            yield _trigger(wall, f"{name}_overwritten", f"UPDATE OF {', '.join(columns)}", elsewhere, name)


def _taken(wall: Wall, columns: tuple[str, ...], whose: str = "") -> str:
    same = " AND ".join(f"{column} = NEW.{column}" for column in columns)
    return f'EXISTS (SELECT 1 FROM "{wall.table}" WHERE {same} {whose})'  # noqa: S608  names of our own


def _leads_elsewhere(pointer: Pointer) -> str:
    column, table, key = pointer.column, pointer.to_table, pointer.to_column
    own = f'SELECT 1 FROM "{table}" WHERE {key} = NEW.{column} AND clinic_id = NEW.clinic_id'  # noqa: S608
    return f"NEW.{column} IS NOT NULL AND NOT EXISTS ({own})"


def _trigger(wall: Wall, name: str, event: str, when: str, what: str) -> tuple[str, str]:
    full = f"{PREFIX}{wall.table}_{name}"
    return full, (
        f'CREATE TRIGGER "{full}" BEFORE {event} ON "{wall.table}" WHEN {when} '
        f"BEGIN SELECT RAISE(ABORT, 'wall: {wall.table} {what}'); END"
    )
