"""The database's owner, who makes tables; the application itself may only read and write their rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection


@contextmanager
def as_owner() -> Iterator[None]:
    """Speak to the database as its owner (ONSET_OWNER_DATABASE_URL); without one, as before."""
    if not settings.OWNER_DATABASE:
        yield
        return
    usual = connection.settings_dict
    connection.close()
    connection.settings_dict = usual | settings.OWNER_DATABASE
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = usual


def rights_beyond_rows(connection: Any) -> list[str]:
    """What the role in use may do that an application must not; empty where it is narrow enough."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, EXISTS (SELECT 1 FROM pg_class c"
            " WHERE c.relname = 'tracker_patient' AND pg_has_role(current_user, c.relowner, 'MEMBER'))"
            " FROM pg_roles WHERE rolname = current_user"
        )
        is_superuser, bypasses, owns = cursor.fetchone()
    found = {
        "is a superuser": is_superuser,
        "bypasses row-level security": bypasses,
        "owns the tables": owns,
    }
    return [words for words, is_so in found.items() if is_so]
