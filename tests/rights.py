"""Tests reach the database as the application does: with its role, and with the walls standing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection

from tracker.tenancy import walls
from tracker.tenancy.owner import as_owner

ROLE = "onset_test_application"


@contextmanager
def as_application() -> Iterator[None]:
    """On PostgreSQL: whoever made the test database owns it, and the tests run as somebody who does not."""
    if connection.vendor != "postgresql":
        yield
        return
    usual = connection.settings_dict  # the same for every thread's connection
    options, settings.OWNER_DATABASE, settings.APPLICATION_ROLE = usual["OPTIONS"], dict(usual), ROLE
    _make_role()
    walls.install(connection)
    connection.close()
    usual["OPTIONS"] = options | {"options": f"{options.get('options', '')} -c role={ROLE}"}
    try:
        yield
    finally:
        connection.close()
        usual["OPTIONS"] = options


def _make_role() -> None:
    with connection.cursor() as cursor:  # several runs of tests may do this at once
        cursor.execute(
            f"DO $$ BEGIN CREATE ROLE {ROLE} NOLOGIN;"
            " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        )


@contextmanager
def as_owner_here() -> Iterator[None]:
    """The owner's rights within the transaction of a test; on SQLite nobody has others."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE NONE")
        yield
        cursor.execute(f"SET LOCAL ROLE {ROLE}")


def emptying(empty: Any) -> Any:
    """Wraps the emptying of tables after a test with real transactions, which the audit trail refuses."""

    def emptied(*args: Any, **kwargs: Any) -> None:
        with as_owner():
            for wall in walls.walls():
                if wall.is_append_only:
                    _open_trail(wall.table)
            empty(*args, **kwargs)  # its signal builds the walls again

    return emptied


def _open_trail(table: str) -> None:
    on_postgres = connection.vendor == "postgresql"
    find = "SELECT tgname FROM pg_trigger WHERE tgname LIKE %s"
    if not on_postgres:
        find = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(find, [f"wall_{table}_%"])
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if on_postgres else ""))


@contextmanager
def tampering() -> Iterator[Any]:
    """A cursor of somebody with the owner's rights, who has taken the trail's triggers away."""
    with as_owner():
        _open_trail("tracker_auditevent")
        with connection.cursor() as cursor:
            yield cursor
