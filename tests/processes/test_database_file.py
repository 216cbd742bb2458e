"""What somebody finds who takes the database file away: nothing sealed, and nothing that was erased."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes.conftest import ROOT
from tests.whole_record import SEALED

WRITE = """
import sys, django; django.setup()
from django.db import connection
from tests.cast import NOW, make_clinic
from tests.whole_record import fill
from tracker import tenancy
from tracker.actions import erasure
from tracker.domain.retention import ErasureReason as Reason
from tracker.domain.roles import Role
from tracker.models import Membership, Patient

def write():
    cast = make_clinic("harbour", given="Adalbert", family="Quill")
    with tenancy.clinic(cast.clinic.pk):
        fill(cast)

def erase():
    boss = Membership.objects.get(role=Role.ADMINISTRATOR)
    with tenancy.clinic(boss.clinic_id):
        erasure.erase(
            by=boss,
            patient=Patient.objects.get(),
            reason=Reason.ENTERED_IN_ERROR,
            family_name="Quill",
            now=NOW,
        )

{"write": write, "erase": erase}[sys.argv[1]]()
connection.close()  # the last one to go empties the write-ahead log into the file
"""

SECRET = b"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""Of every authenticator app in the tests (tests.factors)."""


@pytest.fixture
def data(environment, installed) -> Path:
    """A data folder with one whole record in its database."""
    run(environment, "write")
    return Path(environment["ONSET_DATA_DIR"])


def run(environment: dict[str, str], what: str) -> None:
    command = [sys.executable, "-c", WRITE, what]
    more = {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, cwd=ROOT, env=environment | more, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr


def in_files(data: Path) -> bytes:
    """The database, and what lies beside it."""
    return b"".join(file.read_bytes() for file in sorted(data.glob("onset.sqlite3*")))


def test_nothing_sealed_can_be_read_in_the_file(data):
    found = in_files(data)
    assert b"Quill" in found and b"lot-Quill" in found  # so it is searched where it would be seen
    assert [word for word in SEALED if f"{word}Quill".encode() in found] == []
    assert b"totp" in found and SECRET not in found


def test_nothing_of_an_erased_record_can_be_read_in_the_file(data, environment):
    assert b"Adalbert" in in_files(data)
    run(environment, "erase")
    left = in_files(data)
    assert b"patient.erase" in left
    assert [word for word in (b"Adalbert", b"Quill", b"lot-Quill", b"harbour-1") if word in left] == []
