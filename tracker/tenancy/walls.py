"""The same walls inside the database: what the ORM forgets, or raw SQL tries, the database refuses.

For every clinical table, on both databases: a row points to rows of its own clinic only, and never changes
its clinic. The audit trail is append-only. On PostgreSQL row-level security hides other clinics' rows.
`install` runs after every migration, because SQLite loses its triggers when a migration remakes a table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from . import postgres_walls, sqlite_walls
from .models import TenantModel


@dataclass(frozen=True, slots=True)
class Pointer:
    """A column that has to lead to a row of the same clinic."""

    column: str
    to_table: str
    to_column: str


@dataclass(frozen=True, slots=True)
class Wall:
    """What the database has to hold for one clinical table."""

    table: str
    pointers: tuple[Pointer, ...]
    is_append_only: bool
    keys: tuple[tuple[str, ...], ...]
    """Columns of which two rows never hold the same."""


def walls() -> tuple[Wall, ...]:
    """One for every clinical table, by name."""
    found = [_wall(model) for model in apps.get_app_config("tracker").get_models() if _is_clinical(model)]
    return tuple(sorted(found, key=lambda wall: wall.table))


def install(connection: Any) -> None:
    """Build every wall; what stands already is built anew."""
    _dialect(connection).install(connection, walls())


def make_way(connection: Any) -> None:
    """Before a migration. SQLite cannot remake a table that a trigger of another one looks into."""
    if connection.vendor == "sqlite":
        sqlite_walls.remove(connection)


def missing(connection: Any) -> list[str]:
    """Names of the walls that do not stand."""
    return _dialect(connection).missing(connection, walls())


def _dialect(connection: Any) -> Any:
    return postgres_walls if connection.vendor == "postgresql" else sqlite_walls


def _is_clinical(model: type[models.Model]) -> bool:
    return issubclass(model, TenantModel)


def _wall(model: Any) -> Wall:
    meta = model._meta
    return Wall(
        table=meta.db_table,
        pointers=tuple(_pointers(meta.concrete_fields)),
        is_append_only=getattr(model, "is_append_only", False),
        keys=tuple(_keys(meta)),
    )


def _keys(meta: Any) -> Iterable[tuple[str, ...]]:
    for field in meta.concrete_fields:
        if field.unique:
            yield (field.column,)
    for constraint in meta.total_unique_constraints:
        yield tuple(meta.get_field(name).column for name in constraint.fields)


def _pointers(fields: Iterable[Any]) -> Iterable[Pointer]:
    """Foreign keys to whatever has a clinic of its own."""
    for field in fields:
        to = field.related_model
        if field.is_relation and any(other.name == "clinic" for other in to._meta.concrete_fields):
            yield Pointer(field.column, to._meta.db_table, field.target_field.column)
