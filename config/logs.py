"""How a line of the log is written: what went wrong and where, never with whose data."""

from __future__ import annotations

import copy
import logging
import re
import sqlite3
import traceback
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from tracker.web.request_ids import current

HARMLESS = (AttributeError, ImportError, ImproperlyConfigured, NameError, sqlite3.IntegrityError)
"""Exceptions whose own words name things of the code and the schema only."""

QUOTED_ROW = re.compile(r"(?:(?:\s|\\n)+|\b)DETAIL:.*?(?=\n\s*\n|\nTraceback|\nThe above|\Z)", re.DOTALL)
"""PostgreSQL says which values broke a constraint. Whoever logs its words as a text is held by this."""

BECAUSE = "\n\nThe above exception was the direct cause of the following exception:\n\n"
WHILE = "\n\nDuring handling of the above exception, another exception occurred:\n\n"


class Line(logging.Formatter):
    """Says of an exception its kind, the database's code for it and where it was raised.

    Its words are left out: they quote what people typed. The chain of causes is told the same way.
    """

    def format(self, record: logging.LogRecord) -> str:
        record = copy.copy(record)  # other handlers see the same one
        record.request_id = current.get()
        record.msg, record.args = _message(record), None
        record.exc_text = None
        return QUOTED_ROW.sub("", super().format(record))

    def formatException(self, ei: Any) -> str:
        return "".join(_chain(ei[1]))


def words(error: BaseException) -> str:
    """What may be said of an exception."""
    kind = type(error).__qualname__
    if isinstance(error, HARMLESS):
        return f"{kind}: {error}"
    rule = getattr(getattr(error, "diag", None), "constraint_name", None)
    known = (getattr(error, "sqlite_errorname", None), getattr(error, "sqlstate", None), rule)
    return " ".join([kind, *(word for word in known if word)])


def _message(record: logging.LogRecord) -> str:
    """The record's message, in which an exception has no words of its own, however it was put in."""
    if isinstance(record.msg, BaseException):
        return words(record.msg)
    said = copy.copy(record)
    if isinstance(record.args, Mapping):
        said.args = {name: _tame(one) for name, one in record.args.items()}
    else:
        said.args = tuple(_tame(one) for one in record.args or ())
    message = said.getMessage()
    for error in _causes(record.exc_info[1] if record.exc_info else None):
        for quoted in (repr(error), str(error)):
            if len(quoted) > 2:
                message = message.replace(quoted, words(error))
    return message


def _tame(value: object) -> object:
    return words(value) if isinstance(value, BaseException) else value


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """An exception and what led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _chain(error: BaseException) -> Iterator[str]:
    """A traceback for each exception of the chain, the first cause first."""
    told = list(_causes(error))
    for one in reversed(told):
        yield "Traceback (most recent call last):\n"
        yield from traceback.format_tb(one.__traceback__)
        yield words(one)
        if one is not error:
            after = told[told.index(one) - 1]
            yield BECAUSE if after.__cause__ is one else WHILE
