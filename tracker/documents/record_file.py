"""A whole record as one file to take away: a ZIP with the record as JSON, and the same as tables."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime

from tracker.documents.tables import Table, as_csv, plain

READABLE_BY_OWNER = 0o600 << 16
"""Where ZipInfo keeps a file's rights on Unix: without any it could not be opened there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known of one patient, as tables. `format` and `version` say what their columns mean."""

    format: str
    version: int
    made_at: datetime
    clinic: str
    clinic_phone: str
    tables: tuple[Table, ...]


def as_json(record: Record) -> bytes:
    """One object; every table is a list of objects under its name."""
    whole = {
        "format": record.format,
        "version": record.version,
        "made_at": plain(record.made_at),
        "clinic": {"name": record.clinic, "phone": record.clinic_phone},
        **{table.name: _objects(table) for table in record.tables},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1).encode()


def as_zip(record: Record, *, read_me: str) -> bytes:
    """record.json, a CSV file for each table, and a text that says which is which."""
    files = {"README.txt": read_me.encode(), "record.json": as_json(record)}
    files |= {f"{table.name}.csv": as_csv(table) for table in record.tables}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, record.made_at.timetuple()[:6])
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, READABLE_BY_OWNER
            archive.writestr(entry, content)
    return packed.getvalue()


def _objects(table: Table) -> list[dict[str, object]]:
    return [
        {name: plain(value) for name, value in zip(table.columns, row, strict=True)} for row in table.rows
    ]
