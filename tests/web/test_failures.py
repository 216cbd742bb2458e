"""A database that cannot answer is a 503; one that rejects our statement is a fault of ours, for ever."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError, connection
from django.test import Client
from psycopg import errors

from tests.cast import TODAY
from tracker.web.failures import is_passing

pytestmark = pytest.mark.django_db


def wrapped(cause: Exception, kind: type[Exception] = OperationalError) -> Exception:
    """As Django raises what a driver raised."""
    error = kind("a name that somebody typed")
    error.__cause__ = cause
    return error


def by_sqlite(work: Callable[[sqlite3.Connection], object], place: str = ":memory:") -> Exception:
    with pytest.raises(sqlite3.Error) as caught:
        work(sqlite3.connect(place, timeout=0))
    return caught.value


def locked(folder: Path) -> Exception:
    held = sqlite3.connect(folder / "held")
    held.execute("BEGIN EXCLUSIVE")
    error = by_sqlite(lambda db: db.execute("CREATE TABLE t (x)"), str(folder / "held"))
    held.close()
    return error


def read_only(folder: Path) -> Exception:
    def write(db: sqlite3.Connection) -> None:
        db.execute("PRAGMA query_only = 1")
        db.execute("CREATE TABLE t (x)")

    return by_sqlite(write)


def full(folder: Path) -> Exception:
    def fill(db: sqlite3.Connection) -> None:
        db.execute("PRAGMA max_page_count = 1")
        db.execute("CREATE TABLE t (x)")

    return by_sqlite(fill)


def unopened(folder: Path) -> Exception:
    return by_sqlite(lambda db: db.execute("SELECT 1"), str(folder / "missing" / "file"))


@pytest.mark.parametrize(
    ("fail", "code"),
    [(locked, "SQLITE_BUSY"), (read_only, "SQLITE_READONLY"), (full, "SQLITE_FULL"), (unopened, "CANTOPEN")],
)
def test_a_file_that_cannot_be_used_just_now_passes(
    fail: Callable[[Path], Exception], code: str, tmp_path: Path, caplog
) -> None:
    assert is_passing(wrapped(fail(tmp_path)))
    assert code in caplog.text
    assert "typed" not in caplog.text and "attempt to write" not in caplog.text


@pytest.mark.parametrize("sql", ["SELECT nothing FROM sqlite_master", "SELECT * FROM nowhere", "SELEC 1"])
def test_a_statement_that_sqlite_rejects_does_not_pass(sql: str, caplog) -> None:
    assert not is_passing(wrapped(by_sqlite(lambda db: db.execute(sql))))
    assert caplog.text == ""


@pytest.mark.parametrize(
    ("cause", "code"),
    [
        (errors.OperationalError(), "no code"),
        (errors.ConnectionFailure(), "08006"),
        (errors.DeadlockDetected(), "40P01"),
        (errors.DiskFull(), "53100"),
        (errors.LockNotAvailable(), "55P03"),
        (errors.AdminShutdown(), "57P01"),
        (errors.QueryCanceled(), "57014"),
    ],
)
def test_a_server_that_is_away_or_busy_passes(cause: Exception, code: str, caplog) -> None:
    assert is_passing(wrapped(cause))
    assert code in caplog.text


def test_a_statement_that_postgresql_rejects_does_not_pass() -> None:
    assert not is_passing(wrapped(errors.UndefinedColumn()))
    assert not is_passing(wrapped(errors.UndefinedColumn(), ProgrammingError))


def test_a_closed_connection_passes_and_another_exception_does_not() -> None:
    assert is_passing(InterfaceError("connection already closed"))
    assert not is_passing(ValueError())


def rejected(**_: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM tracker_patient")


def away(**_: object) -> None:
    raise OperationalError("Quill is locked")


FORM = {"client_id": str(uuid4()), "pain": "3", "soreness": "1"}
WAYS = {
    "a clinic's page": ("tracker.web.clinic.worklist.worklist", lambda desk, phone: desk.get("/clinic/")),
    "a patient's form": (
        "tracker.actions.diary.record",
        lambda desk, phone: phone.post(f"/diary/{TODAY}/", FORM),
    ),
    "the API": (
        "tracker.api.worklist.worklist",
        lambda desk, phone: desk.get("/api/v1/worklist/"),
    ),
}


@pytest.mark.parametrize(("target", "ask"), WAYS.values(), ids=WAYS)
def test_every_way_in_tells_the_two_apart(
    target: str, ask: Callable[..., object], desk: Client, phone: Client, monkeypatch, caplog
) -> None:
    desk.raise_request_exception = phone.raise_request_exception = False
    monkeypatch.setattr(target, away)
    answer = ask(desk, phone)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Quill" not in caplog.text
    monkeypatch.setattr(target, rejected)
    assert ask(desk, phone).status_code == 500


def test_the_page_has_words_for_what_was_looked_at_and_for_what_was_typed(desk: Client, monkeypatch) -> None:
    monkeypatch.setattr("tracker.web.clinic.worklist.worklist", away)
    page = desk.get("/clinic/").text
    assert "This cannot be shown or saved just now" in page
    assert "If you had typed something, go back first" in page
