"""Typed readers of the environment: a value that cannot be read stops the start and says why."""

import os
import secrets
from collections.abc import Sequence
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SECRET_FILES: list[Path] = []
"""Where the secrets of this start were read from: a check looks whether anybody else can read them."""

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    raw = os.environ.get(name, str(default)).strip().lower()
    if raw not in TRUE | FALSE:
        raise ImproperlyConfigured(f"{name} is {raw!r}. Write true or false.")
    return raw in TRUE


def one_of(name: str, default: str, choices: Sequence[str]) -> str:
    value = os.environ.get(name, default).strip().upper()
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}. Write one of {', '.join(choices)}.")
    return value


def database(name: str, default: str) -> dict[str, Any]:
    """A database by its URL, with a connection that is kept for good."""
    try:
        found = dj_database_url.parse(
            os.environ.get(name, default), conn_max_age=None, conn_health_checks=True
        )
    except ValueError as error:
        # Not the URL itself: it holds a password.
        raise ImproperlyConfigured(
            f"{name} is no database URL. Write postgres://user:password@host:5432/name."
        ) from error
    return dict(found)


MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
MAIL_TIMEOUT = 10  # seconds


def mail_server(name: str) -> dict[str, Any] | None:
    """What Django's way of sending needs to know of a mail server, from its URL; None where none is set."""
    raw = os.environ.get(name, "")
    if not raw:
        return None
    try:
        url = urlsplit(raw)
        port = url.port or MAIL_PORTS[url.scheme]
    except (ValueError, KeyError):
        url, port = urlsplit(""), 0
    if not url.hostname:
        # Not the URL itself: it holds a password.
        raise ImproperlyConfigured(f"{name} is no mail URL. Write smtp+tls://user:password@host:587.")
    if url.password and url.scheme == "smtp":
        raise ImproperlyConfigured(f"{name} would send a password in clear. Write smtp+tls:// or smtps://.")
    return {
        "backend": "django.core.mail.backends.smtp.EmailBackend",
        "host": url.hostname,
        "port": port,
        "username": unquote(url.username or ""),
        "password": unquote(url.password or ""),
        "use_tls": url.scheme == "smtp+tls",
        "use_ssl": url.scheme == "smtps",
        "timeout": MAIL_TIMEOUT,
    }


def mail_address(name: str, *, is_needed: bool) -> str:
    """A sender, such as Clinic <clinic@example.org>."""
    raw = os.environ.get(name, "").strip()
    local, _, domain = parseaddr(raw)[1].partition("@")
    if (raw or is_needed) and not (local and domain):
        raise ImproperlyConfigured(f"{name} is {raw!r}. Write the address that mail comes from.")
    return raw


def owner(name: str) -> dict[str, Any]:
    """Who the owner of the same database is, and where; empty where nobody said."""
    return database(name, "") if os.environ.get(name) else {}


def words(name: str, default: str) -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """A folder that is there afterwards, readable by its owner only."""
    path = Path(os.environ.get(name, default))
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: cannot make the folder {path} ({error.strerror}).") from error
    return path


def secret(name: str, *, kept_in: Path) -> str:
    """The secret in variable NAME, else in the file NAME_FILE names, else one made once and kept."""
    if name in os.environ:
        return os.environ[name]
    file = Path(os.environ.get(f"{name}_FILE", kept_in))
    SECRET_FILES.append(file)
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        return _make_secret(file)
    except OSError as error:
        raise ImproperlyConfigured(f"{name}: cannot read {file} ({error.strerror}).") from error


def _make_secret(file: Path) -> str:
    value = secrets.token_urlsafe(48)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process of the same start was faster
        return file.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"Cannot write the secret to {file} ({error.strerror}).") from error
    with os.fdopen(descriptor, "w") as handle:
        handle.write(value)
    return value
