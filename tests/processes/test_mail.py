"""Killing whatever sends mail, again and again, and the mail server away meanwhile: no mail is lost."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections import Counter
from email import message_from_bytes

import pytest

from tests.gateways.smtp import Server, listening
from tests.processes.conftest import wait_until

MAILS = 60
OWE = f"""
import django; django.setup()
from django.utils import timezone
from tracker import tenancy
from tracker.actions import clinics, outbox
from tracker.content.mails import Letter
now = timezone.now()
for name in ("Bay", "Hill"):
    clinic = clinics.add(name=name, phone="", time_zone="UTC", now=now)
    with tenancy.clinic(clinic.pk):
        for n in range({MAILS // 2}):
            letter = Letter("Your code", f"{{name}} {{n}}")
            outbox.put(
                clinic_id=clinic.pk,
                patient_id=None,
                key=f"code:{{n}}",
                to="a@example.org",
                letter=letter,
                now=now,
            )
"""


@pytest.fixture
def server(environment):
    with listening() as server:
        server.seconds_a_mail = 0.02
        environment["ONSET_MAIL_URL"] = f"smtp://127.0.0.1:{server.port}"
        environment["ONSET_MAIL_FROM"] = "no-reply@example.org"
        environment["DJANGO_SETTINGS_MODULE"] = "config.settings"
        yield server


@pytest.fixture
def database(installed, start, server, tmp_path):
    """Two clinics that owe 30 mails each."""
    assert start("-c", OWE).wait(60) == 0
    connection = sqlite3.connect(tmp_path / "var" / "onset.sqlite3", isolation_level=None, timeout=20)
    yield connection
    connection.close()


def owed(database: sqlite3.Connection) -> int:
    query = "SELECT count(*) FROM tracker_outgoingmail WHERE sent_at IS NULL"
    return database.execute(query).fetchone()[0]


def let_leases_run_out(database: sqlite3.Connection) -> None:
    database.execute("UPDATE tracker_outgoingmail SET leased_until = NULL")


def kill_after(more: int, server: Server, start) -> None:
    enough = len(server.mails) + more
    sender = start("manage.py", "run_due")
    wait_until(lambda: len(server.mails) >= enough or sender.poll() is not None)
    if sender.poll() is None:
        os.killpg(sender.pid, signal.SIGKILL)
    sender.wait()


def test_senders_killed_ten_times_and_a_server_that_was_away_lose_nothing(database, server, start, manage):
    kills = 10
    for more in range(1, kills + 1):
        kill_after(more % 4 + 1, server, start)
        let_leases_run_out(database)
    server.answers = {"MAIL": "451 4.3.0 later"}
    assert manage("run_due").stdout.startswith("0 mails sent")
    assert 0 < owed(database) < MAILS
    server.answers = {}
    while owed(database):
        let_leases_run_out(database)
        assert not manage("run_due").stdout.startswith("0 mails sent")
    arrived = [message_from_bytes(raw) for raw in server.mails]
    ids = Counter(mail["Message-ID"] for mail in arrived)
    texts = {(mail["Message-ID"], mail.get_payload()) for mail in arrived}
    assert len(ids) == len(texts) == MAILS  # none is lost, and what came twice is the same message
    assert 0 < sum(ids.values()) - MAILS <= kills
