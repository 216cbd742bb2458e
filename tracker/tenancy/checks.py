"""System checks of the walls: they stand, and the application does not stand above them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from . import owner, walls

NAMED = 3
"""How many missing walls a message names."""


@register(Tags.database)
def walls_stand(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """Every trigger, key and policy between clinics is there (asked for by `check --database default`)."""
    missing = [name for alias in _migrated(databases) for name in walls.missing(connections[alias])]
    if not missing:
        return []
    more = f" and {len(missing) - NAMED} more" if len(missing) > NAMED else ""
    return [
        Error(
            f"Walls between clinics are missing in the database: {', '.join(missing[:NAMED])}{more}.",
            hint="Run `manage.py migrate`: it builds every wall anew.",
            id="onset.E010",
        )
    ]


@register(Tags.database)
def application_is_no_owner(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **options: Any
) -> list[CheckMessage]:
    """On PostgreSQL, row-level security binds the role that serves requests."""
    rights = [
        right
        for alias in _migrated(databases)
        if connections[alias].vendor == "postgresql"
        for right in owner.rights_beyond_rows(connections[alias])
    ]
    if not rights:
        return []
    return [
        Error(
            f"The role of ONSET_DATABASE_URL {' and '.join(rights)}: it could see every clinic's rows.",
            hint="Give the application a role of its own, and the owner ONSET_OWNER_DATABASE_URL "
            "(docs/operations.md, PostgreSQL).",
            id="onset.E011",
        )
    ]


def _migrated(databases: Sequence[str] | None) -> list[str]:
    """Those of the databases that have our tables already."""
    return [
        alias
        for alias in databases or ()
        if "tracker_clinic" in connections[alias].introspection.table_names()
    ]
