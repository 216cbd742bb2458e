"""System checks: what would go wrong later stops the start now, with a number and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

SAFE_SQLITE = (3, 51, 3)
"""From this version on, SQLite has no fault any more that can corrupt a database in WAL mode."""

LOCAL = {"localhost", "127.0.0.1", "[::1]", "testserver"}


@register(Tags.database)
def sqlite_is_sound(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    on_sqlite = "sqlite" in settings.DATABASES["default"]["ENGINE"]
    if not on_sqlite or sqlite3.sqlite_version_info >= SAFE_SQLITE:
        return []
    wanted = ".".join(map(str, SAFE_SQLITE))
    return [
        Warning(
            f"SQLite {sqlite3.sqlite_version} can corrupt a database in WAL mode; {wanted} and later cannot.",
            hint="Install the pinned pysqlite3 (make setup), or use PostgreSQL.",
            id="onset.W001",
        )
    ]


@register(Tags.security)
def nothing_is_open_to_the_world(
    app_configs: Sequence[AppConfig] | None, **options: Any
) -> list[CheckMessage]:
    if set(settings.ALLOWED_HOSTS) <= LOCAL:
        return []
    problems: list[CheckMessage] = []
    if settings.DEBUG:
        problems.append(
            Error(
                "ONSET_DEBUG is on while ONSET_HOSTS names a public address: errors would show health data.",
                hint="Unset ONSET_DEBUG.",
                id="onset.E002",
            )
        )
    if not settings.HTTPS:
        problems.append(
            Warning(
                "ONSET_HOSTS names a public address, but ONSET_HTTPS is off: cookies travel unencrypted.",
                hint="Put a proxy with TLS in front and set ONSET_HTTPS=true (docs/operations.md).",
                id="onset.W003",
            )
        )
    return problems
