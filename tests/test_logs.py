"""A line of the log says what went wrong, and nothing that anybody typed."""

from __future__ import annotations

import logging
import sqlite3

import pytest
from celery.app.trace import build_tracer
from django.core.exceptions import ImproperlyConfigured
from django.db import DataError, IntegrityError, connection
from psycopg import errors

from config.celery import app
from config.logs import Line

TYPED = "Quill-canary"
QUOTED = f"duplicate key value\nDETAIL:  Key (family_name)=({TYPED}\nof two lines) already exists."


def line(message: object, *args: object, error: BaseException | None = None) -> str:
    """What would be written, for an error that was caught here."""
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("tracker", logging.ERROR, "", 0, message, args, info)
    record.exc_text = f"as another handler wrote it: {TYPED}" if error else None
    return Line("%(name)s %(message)s").format(record)


def raised(error: BaseException, *, cause: BaseException | None = None, inside: BaseException | None = None):
    """The error as `except` gets it: raised because of another one, or while another was handled."""
    error.__cause__ = cause
    error.__suppress_context__ = False
    try:
        try:
            if inside:
                raise inside
        finally:
            raise error
    except type(error) as caught:
        return caught


@pytest.mark.parametrize("follows", ["", "\n\nThe above exception was the direct cause"])
def test_the_values_of_a_broken_constraint_are_left_out_of_a_text(follows):
    assert line(QUOTED + follows) == "tracker duplicate key value" + follows


@pytest.mark.parametrize(
    ("message", "args"),
    [
        ("Saving failed: %s", (IntegrityError(QUOTED),)),
        ("Saving failed: %r", (IntegrityError(QUOTED),)),
        ("Saving failed: %s", (repr(IntegrityError(QUOTED)),)),
        ("Saving failed: %(exc)s", ({"exc": IntegrityError(QUOTED)},)),
        (IntegrityError(QUOTED), ()),
        ("Saving failed: %s", (ValueError(TYPED),)),
        (ValueError(TYPED), ()),
    ],
    ids=repr,
)
def test_an_exception_among_the_words_is_named_and_not_quoted(message, args):
    said = line(message, *args)
    assert TYPED not in said and "two lines" not in said
    assert "IntegrityError" in said or "ValueError" in said


def test_a_traceback_says_where_and_not_whose():
    said = line("Saving failed", error=raised(ValueError(f"{TYPED} is no number")))
    assert said.startswith("tracker Saving failed\nTraceback (most recent call last):\n")
    assert "test_logs.py" in said and said.endswith("\nValueError")
    assert TYPED not in said


def test_a_message_that_repeats_the_words_of_its_exception_loses_them():
    error = raised(ValueError(f"{TYPED} is no number"))
    assert line(f"Failed: {error}", error=error).startswith("tracker Failed: ValueError\n")
    assert line(f"Failed: {error!r}", error=error).startswith("tracker Failed: ValueError\n")


def test_the_causes_are_told_the_same_way_the_first_one_first():
    cause = raised(errors.UniqueViolation(QUOTED), inside=KeyError(TYPED))
    said = line("Saving failed", error=raised(IntegrityError(QUOTED), cause=cause))
    assert TYPED not in said and "two lines" not in said
    assert said.index("KeyError") < said.index("UniqueViolation 23505") < said.index("IntegrityError")
    assert "During handling of the above exception" in said and "direct cause" in said


def test_a_context_that_was_put_aside_stays_aside():
    error = raised(ValueError("x"), inside=KeyError("y"))
    error.__suppress_context__ = True
    assert "KeyError" not in line("Failed", error=error)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (
            AttributeError("'NoneType' object has no attribute 'pk'"),
            "'NoneType' object has no attribute 'pk'",
        ),
        (ImproperlyConfigured("Write true or false."), "Write true or false."),
        (sqlite3.IntegrityError("UNIQUE constraint failed: t.c"), "UNIQUE constraint failed: t.c"),
    ],
)
def test_words_that_name_the_code_only_are_kept(error, words):
    assert line("Failed", error=raised(error)).endswith(words)


@pytest.mark.django_db
def test_what_a_real_database_quotes_is_left_out():
    with pytest.raises((IntegrityError, DataError)) as caught, connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE probe (name varchar(40) UNIQUE, score integer CHECK (score < 11))"
        )
        cursor.execute("INSERT INTO probe VALUES (%s, 1)", [TYPED])
        cursor.execute("INSERT INTO probe VALUES (%s, 12)", [TYPED])
    said = line("Failed", error=caught.value)
    assert TYPED not in said
    assert "check" in said.lower()  # the rule that was broken has a name


def test_a_line_is_told_the_same_to_every_handler():
    record = logging.LogRecord("tracker", logging.ERROR, "", 0, "%s", (ValueError(TYPED),), None)
    Line("%(message)s").format(record)
    assert record.getMessage() == TYPED


# --- The worker ----------------------------------------------------------------------------------


@pytest.fixture
def lines(caplog, monkeypatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(
        caplog.handler, "emit", lambda record: said.append(Line("%(message)s").format(record))
    )
    return said


def test_a_task_that_fails_in_the_worker_quotes_nothing(lines):
    @app.task(name="tests.failing", shared=False)
    def failing() -> None:
        raise ValueError(f"{TYPED} is no number")

    trace = build_tracer(failing.name, failing, app=app, eager=True, propagate=False)
    trace("an id", (), {}, {"id": "an id"})
    app.tasks.unregister(failing.name)
    assert len(lines) == 1
    assert lines[0].startswith("Task tests.failing[an id] raised unexpected: ValueError\nTraceback")
    assert TYPED not in lines[0]


def test_the_worker_writes_its_lines_as_the_web_process_does():
    root = logging.getLogger()
    before = [(type(handler), handler.formatter) for handler in root.handlers]
    assert any(isinstance(formatter, Line) for _, formatter in before)
    app.log.already_setup = False
    try:
        app.log.setup_logging_subsystem(loglevel="WARNING")
    finally:
        app.log.already_setup = True
    assert [(type(handler), handler.formatter) for handler in root.handlers] == before
