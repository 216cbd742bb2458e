"""System checks: what would go wrong later stops the start now, with a number and what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection

from tracker.management.compiling import catalogues, is_compiled

SAFE_SQLITE = (3, 51, 3)
"""From this version on, SQLite has no fault any more that can corrupt a database in WAL mode."""

LOCAL = {"localhost", "127.0.0.1", "[::1]", "testserver"}

SHORTEST_KEY, FEWEST_LETTERS = 50, 5
"""A secret key below these can be guessed; the ones that are made have 64 characters."""

QUIET_POSTGRESQL = {
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
}
"""With these a server's own log quotes neither rows that broke a rule nor statements with what they hold."""

Apps = Sequence[AppConfig] | None
Databases = Sequence[str] | None


def is_public() -> bool:
    """Whether the product answers to a name that others than this machine can use."""
    return settings.HTTPS or not set(settings.ALLOWED_HOSTS) <= LOCAL


def refuse_unsafe_settings() -> None:
    """Stop a server that would start past an error. No database is asked: it may still be coming up.

    Raises ImproperlyConfigured.
    """
    found = run_checks(tags=[Tags.security])
    wrong = [str(message) for message in found if message.is_serious() and not message.is_silenced()]
    if wrong:
        raise ImproperlyConfigured("\n".join(wrong))


@register(Tags.database)
def sqlite_is_sound(app_configs: Apps, **options: Any) -> list[CheckMessage]:
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
def debug_pages_are_off(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    if not (settings.DEBUG and is_public()):
        return []
    return [
        Error(
            "ONSET_DEBUG is on while ONSET_HOSTS names a public address: errors would show health data.",
            hint="Unset ONSET_DEBUG.",
            id="onset.E002",
        )
    ]


@register(Tags.security)
def cookies_travel_encrypted(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    if settings.HTTPS or not is_public():
        return []
    said = (
        "ONSET_HOSTS names a public address, but ONSET_HTTPS is off: cookies and scores travel unencrypted."
    )
    hint = "Put a proxy with TLS in front and set ONSET_HTTPS=true (docs/operations.md)."
    if settings.PLAIN_HTTP:
        return [Warning(said, hint=hint, id="onset.W003")]
    return [Error(said, hint=f"{hint} For a trial with invented people: ONSET_PLAIN_HTTP.", id="onset.E003")]


@register(Tags.security)
def secret_key_cannot_be_guessed(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    key = settings.SECRET_KEY
    is_long = len(key) >= SHORTEST_KEY and len(set(key)) >= FEWEST_LETTERS
    if not is_public() or (is_long and not key.startswith("django-insecure")):
        return []
    return [
        Error(
            f"ONSET_SECRET_KEY can be guessed: under {SHORTEST_KEY} characters, or too few different ones.",
            hint="Unset it to have one made, or use the output of: openssl rand -base64 48",
            id="onset.E004",
        )
    ]


@register(Tags.security)
def secrets_are_out_of_reach(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    kind = Error if is_public() else Warning
    return [
        kind(
            f"{path} can be read by every account of this machine.",
            hint=f"chmod o= {path}",
            id="onset.E005" if kind is Error else "onset.W005",
        )
        for path in (settings.DATA_DIR, *settings.SECRET_FILES)
        if _others_can_read(path)
    ]


def _others_can_read(path: Path) -> bool:
    return path.exists() and bool(path.stat().st_mode & 0o007)


@register(Tags.security)
def hosts_are_named(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    if "*" not in settings.ALLOWED_HOSTS:
        return []
    return [
        Error(
            "ONSET_HOSTS is *: anybody can have links made that lead to a site of their own.",
            hint="Name the addresses under which people reach the product.",
            id="onset.E006",
        )
    ]


@register(Tags.database, Tags.security)
def demo_stays_private(app_configs: Apps, databases: Databases = None, **options: Any) -> list[CheckMessage]:
    if not databases or not settings.HTTPS or not _has_demo():
        return []
    return [
        Error(
            "The demo clinic is in this database, and its passwords are published.",
            hint="Use another ONSET_DATA_DIR or ONSET_DATABASE_URL for real patients, or unset ONSET_HTTPS.",
            id="onset.E007",
        )
    ]


def _has_demo() -> bool:
    from tracker.models import Clinic  # after the apps are loaded

    try:
        return Clinic.objects.filter(is_demo=True).exists()
    except DatabaseError:  # before the first migration; whoever needs the table will say so
        return False


@register(Tags.database)
def postgresql_keeps_quiet(
    app_configs: Apps, databases: Databases = None, **options: Any
) -> list[CheckMessage]:
    if not databases or connection.vendor != "postgresql":
        return []
    return [
        Warning(
            f"PostgreSQL's {name} is {said}: its log quotes what people typed where a statement fails.",
            hint=f"As a superuser: ALTER DATABASE … SET {name} = '{wanted}'; (docs/operations.md)",
            id="onset.W008",
        )
        for name, wanted in QUIET_POSTGRESQL.items()
        if (said := _shown(name)) != wanted
    ]


def _shown(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return str(cursor.fetchone()[0])


@register(Tags.translation)
def translations_are_compiled(app_configs: Apps, **options: Any) -> list[CheckMessage]:
    return [
        Warning(
            f"The translation for {language} is not compiled, or older than its source: pages are English.",
            hint="python manage.py compile_texts",
            id="onset.W009",
        )
        for language, path in catalogues().items()
        if not is_compiled(path)
    ]
