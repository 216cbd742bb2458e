"""`audit_verify` and `audit_heads`: an owner who tampers with the trail is found out."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.cast import NOW
from tests.rights import tampering
from tests.scopes import inside
from tracker.actions import audit, clinics
from tracker.models import AuditEvent, Clinic

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = "tracker_auditevent"


@pytest.fixture
def ridge(db: None) -> Iterator[Clinic]:
    """A clinic with five events, the second of them with microseconds, a detail and a list."""
    clinic = clinics.add(name="Ridge", phone="", time_zone="UTC", now=NOW)
    with inside(clinic):
        told = {"by": None, "clinic_id": clinic.pk, "action": "test.add"}
        audit.record(**told, now=NOW.replace(microsecond=120), patients=[1, 2], fields=["ä", "b"], count=2)
        for number in range(3):
            audit.record(**told, now=NOW, patient_id=number + 1, subject=f"row:{number}")
    return clinic


@pytest.fixture
def bay(ridge: Clinic) -> Clinic:
    return clinics.add(name="Bay", phone="", time_zone="UTC", now=NOW)


def said(command: str, *arguments: str) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out)
    return out.getvalue()


def verified(*arguments: str) -> tuple[str, str]:
    """What was printed, and the error that makes the exit code 1; empty where there was none."""
    out = io.StringIO()
    try:
        call_command("audit_verify", *arguments, stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_trails_that_nobody_touched_are_counted(ridge, bay):
    printed, error = verified()
    assert printed.splitlines() == [
        f"clinic {ridge.pk}: 5 events, all as they were written.",
        f"clinic {bay.pk}: 1 events, all as they were written.",
    ]
    assert error == ""


EDIT = f"UPDATE {TABLE} SET actor = 'staff:99' WHERE clinic_id = %s AND number = 3"
MIDDLE = f"DELETE FROM {TABLE} WHERE clinic_id = %s AND number = 3"
TAIL = f"DELETE FROM {TABLE} WHERE clinic_id = %s AND number = 5"
COUNT = "UPDATE tracker_audithead SET count = 4 WHERE clinic_id = %s"
RENUMBER = f"UPDATE {TABLE} SET number = 3 WHERE clinic_id = %s AND number = 4"
DETAIL = f"""UPDATE {TABLE} SET detail = '{{"count": 3}}' WHERE clinic_id = %s AND number = 2"""
MOMENT = f"UPDATE {TABLE} SET at = '2026-05-20 19:30:01+00:00' WHERE clinic_id = %s AND number = 4"
HEAD = "DELETE FROM tracker_audithead WHERE clinic_id = %s"


@pytest.mark.parametrize(
    ("tricks", "problem"),
    [
        ([EDIT], "broken at event 3: changed, or written without the key"),
        ([DETAIL], "broken at event 2: changed, or written without the key"),
        ([MOMENT], "broken at event 4: changed, or written without the key"),
        ([MIDDLE], "broken at event 3: missing"),
        ([MIDDLE, RENUMBER], "broken at event 3: changed, or written without the key"),
        ([TAIL], "broken at event 5: the head counts 5 events, and 4 are there"),
        ([TAIL, COUNT], "broken at event 4: not the event that the head names"),
        ([COUNT], "broken at event 4: not the event that the head names"),
        ([HEAD], "broken at event 1: stands behind the end that the head names"),
    ],
    ids=["edit", "detail", "moment", "middle", "renumbered", "tail", "tail and count", "count", "head"],
)
def test_what_an_owner_does_to_a_trail_is_found(ridge, bay, tricks, problem):
    with tampering() as cursor:
        for trick in tricks:
            cursor.execute(trick, [ridge.pk])
    printed, error = verified()
    assert printed.splitlines()[0] == f"clinic {ridge.pk}: {problem}."
    assert "1 trails are not what was written" in error
    assert verified("--clinic", str(bay.pk))[1] == ""


def test_a_replaced_event_is_found(ridge):
    with inside(ridge):
        kept = AuditEvent.objects.filter(number=4).values().get()
    with tampering() as cursor:
        cursor.execute(f"DELETE FROM {TABLE} WHERE id = %s", [kept["id"]])
    with inside(ridge):
        AuditEvent.objects.create(**kept | {"patient_id": 77})
    assert "broken at event 4: changed" in verified()[0]


def test_an_event_behind_the_end_is_found(ridge):
    with inside(ridge):
        AuditEvent.objects.create(
            clinic=ridge, number=6, at=NOW, actor="staff:1", action="view", mac=b"x" * 32
        )
    assert "broken at event 6: stands behind the end" in verified()[0]


@pytest.fixture
def kept(ridge: Clinic, bay: Clinic, tmp_path: Path) -> Callable[[], str]:
    """Keeps the heads of now in a file, and gives its name."""

    def keep() -> str:
        file = tmp_path / "heads"
        file.write_text(said("audit_heads"))
        return str(file)

    return keep


def test_heads_say_count_seal_and_time_of_every_clinic(ridge, bay):
    lines = [line.split() for line in said("audit_heads").splitlines()]
    assert [line[:2] for line in lines] == [[str(ridge.pk), "5"], [str(bay.pk), "1"]]
    assert all(len(bytes.fromhex(line[2])) == 32 and line[3] == NOW.isoformat() for line in lines)


def test_a_trail_that_went_on_agrees_with_an_earlier_head(ridge, kept):
    file = kept()
    with inside(ridge):
        audit.record(by=None, clinic_id=ridge.pk, action="test.add", now=NOW)
    printed, error = verified("--heads", file)
    assert "6 events, all as they were written, and the 1 heads agree." in printed
    assert error == ""


def test_an_owner_with_the_key_who_writes_the_trail_anew_is_found_by_an_earlier_head(ridge, kept):
    file = kept()
    with tampering() as cursor:
        cursor.execute(TAIL, [ridge.pk])
        cursor.execute(HEAD, [ridge.pk])
        cursor.execute(f"DELETE FROM {TABLE} WHERE clinic_id = %s", [ridge.pk])
    with inside(ridge):
        for _ in range(5):
            audit.record(by=None, clinic_id=ridge.pk, action="test.forged", now=NOW)
    assert verified()[1] == ""
    printed, error = verified("--heads", file)
    assert "broken at event 5: is another event than the one whose head was kept" in printed
    assert error


def test_a_shorter_trail_and_a_lost_clinic_are_found_by_an_earlier_head(ridge, tmp_path):
    file = tmp_path / "heads"
    file.write_text(f"{ridge.pk} 9 {'00' * 32} {NOW.isoformat()}\n\n999 0 - -\n")
    printed, error = verified("--heads", str(file))
    assert "broken at event 9: was there when the head was kept, and is missing" in printed
    assert "clinic 999: broken at event 0: the whole clinic is missing" in printed
    assert "2 trails" in error


def test_what_is_no_head_and_a_clinic_that_is_not_there_are_named(ridge, tmp_path):
    file = tmp_path / "heads"
    file.write_text("nonsense\n")
    assert "Line 1 is no line of audit_heads" in verified("--heads", str(file))[1]
    assert "nowhere cannot be read" in verified("--heads", "nowhere")[1]
    assert "no clinic 4711" in verified("--clinic", "4711")[1]
