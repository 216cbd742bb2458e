"""The file of a record: one JSON object, a CSV for each table, all of it readable where it lands."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

from tracker.documents.record_file import Record, as_json, as_zip
from tracker.documents.tables import Table

RECORD = Record(
    format="a-format",
    version=3,
    made_at=datetime(2026, 5, 20, 19, 30, tzinfo=UTC),
    clinic="Bay clinic",
    clinic_phone="555 0100",
    tables=(
        Table("days", ("on", "pain"), ((date(2026, 5, 19), 0), (date(2026, 5, 20), None))),
        Table("doses", ("mg",), ((Decimal("7.50"),),)),
        Table("nothing", ("id",), ()),
    ),
)


def test_the_json_says_what_it_is_and_holds_every_table():
    assert json.loads(as_json(RECORD)) == {
        "format": "a-format",
        "version": 3,
        "made_at": "2026-05-20T19:30:00+00:00",
        "clinic": {"name": "Bay clinic", "phone": "555 0100"},
        "days": [{"on": "2026-05-19", "pain": 0}, {"on": "2026-05-20", "pain": None}],
        "doses": [{"mg": 7.5}],
        "nothing": [],
    }


def test_the_archive_holds_both_forms_and_says_which_is_which():
    archive = zipfile.ZipFile(io.BytesIO(as_zip(RECORD, read_me="Read this first.\n")))
    assert archive.namelist() == ["README.txt", "record.json", "days.csv", "doses.csv", "nothing.csv"]
    assert archive.read("README.txt") == b"Read this first.\n"
    assert archive.read("record.json") == as_json(RECORD)
    assert archive.read("days.csv").decode("utf-8-sig").split() == ["on,pain", "2026-05-19,0", "2026-05-20,"]


def test_the_archive_is_intact_and_its_files_open_on_every_system():
    archive = zipfile.ZipFile(io.BytesIO(as_zip(RECORD, read_me="")))
    assert archive.testzip() is None
    assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o600}
    assert {entry.date_time for entry in archive.infolist()} == {(2026, 5, 20, 19, 30, 0)}


def test_the_same_record_gives_the_same_file():
    assert as_zip(RECORD, read_me="") == as_zip(RECORD, read_me="")
