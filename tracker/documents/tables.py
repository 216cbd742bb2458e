"""A table of plain values as CSV that a spreadsheet shows and never runs.

A spreadsheet takes a cell for a formula by its first character, and may split lines at semicolons or tabs
where we write commas. So text that could begin a formula, at its start or behind such a split, gets an
apostrophe before it: it is then shown as text. Numbers are written as they are.
"""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

Value = str | int | float | Decimal | date | datetime | time | UUID | bool | list[Any] | dict[str, Any] | None

BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as something else."""

_STARTS = r"=+\-@＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋"
"""What begins a formula, and the full-width, small, raised and lowered forms that are read as the same."""

_UNSEEN = r"[\s\"\x00-\x20\x7f-\xa0\u00ad\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]*"
"""Quotes, and blanks and marks that a spreadsheet may drop from the start of a cell."""

_FORMULA = re.compile(rf"(\A|[;\t\v\f\r\n\x85\u2028\u2029])(?={_UNSEEN}[{_STARTS}])")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the names of their columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def as_csv(table: Table) -> bytes:
    """UTF-8, commas, the lines of RFC 4180; times in UTC, "true" and "false", nothing for what is unknown."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows([[_cell(value) for value in row] for row in table.rows])
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def inert(text: str) -> str:
    """The text so that no spreadsheet runs it; a number in digits stays one."""
    return text if _NUMBER.fullmatch(text) else _FORMULA.sub(r"\1'", text)


def plain(value: Value) -> Any:
    """A value as JSON knows it: a decimal is a number, days and moments are ISO 8601."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date | time):  # a datetime is a date
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _cell(value: Value) -> str | int | float | Decimal:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return value
    if isinstance(value, list | dict):
        return inert(json.dumps(value, ensure_ascii=False))
    return inert(str(plain(value)))
