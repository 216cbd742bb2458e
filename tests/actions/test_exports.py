"""Taking a record out: everything in one file, and on record that it was taken."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tests.cast import NOW
from tracker.actions import exports
from tracker.models import AuditEvent

pytestmark = pytest.mark.django_db


def test_the_file_is_whole_and_its_name_tells_nothing_of_whose_it_is(our):
    our.log({1: 4})
    file = exports.take(by=our.clinician, patient=our.patient, now=NOW)
    assert file.name == "record-2026-05-20.zip"
    archive = zipfile.ZipFile(io.BytesIO(file.content))
    record = json.loads(archive.read("record.json"))
    assert record["patient"][0]["family_name"] == "Quill" and record["clinic"]["name"] == "harbour clinic"
    assert b"harbour clinic" in archive.read("README.txt") and b"2026-05-20" in archive.read("README.txt")
    assert b"4" in archive.read("diary_entries.csv")


def test_the_event_holds_a_count_and_nothing_that_was_exported(our):
    our.log({1: 4})
    exports.take(by=our.device, patient=our.patient, now=NOW)
    event = AuditEvent.objects.latest("number")
    assert (event.action, event.subject, event.actor) == ("export.take", "export", f"device:{our.device.pk}")
    assert list(event.detail) == ["rows"] and event.detail["rows"] > 5
