"""A database that is full or locked by somebody else, for real: a clear answer, nothing half saved."""

from __future__ import annotations

SCRIPT = """
import json, sqlite3, uuid
from datetime import date, timedelta
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone
from tracker import tenancy
from tracker.actions import demo, invitations
from tracker.models import Clinic, DiaryEntry

connection.ensure_connection()
connection.connection.execute("PRAGMA busy_timeout = 200")
shown = demo.sign_ins(now=timezone.now())[-1]
keys = invitations.redeem(
    typed=shown.way.partition("#")[2],
    born_on=date.fromisoformat(shown.who[-10:]),
    device_name="x",
    now=timezone.now(),
)
phone = Client()
phone.cookies[settings.DEVICE_COOKIE_NAME] = keys.session
entry = {"client_id": str(uuid.uuid4()), "day": str((timezone.now() - timedelta(days=1)).date()), "pain": 4,
         "entered_at": timezone.now().isoformat()}

def entries():
    with tenancy.clinic(Clinic.objects.get().pk):
        return DiaryEntry.objects.count()

def send():
    before = entries()
    answer = phone.post("/api/v1/entries/", json.dumps(entry), content_type="application/json")
    return answer.status_code, answer.headers.get("Retry-After"), entries() - before

other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
print("locked", *send())
other.execute("ROLLBACK")

pages = connection.connection.execute("PRAGMA page_count").fetchone()[0]
connection.connection.execute(f"PRAGMA max_page_count = {pages}")
filler = "x" * 3000
try:
    while True:
        connection.connection.execute("CREATE TABLE IF NOT EXISTS filler (t)")
        connection.connection.execute("INSERT INTO filler VALUES (?)", [filler])
except Exception as error:
    print("filled", error)
for _ in range(2000):  # what room is left inside the tables' last pages goes first
    entry["client_id"] = str(uuid.uuid4())
    answer = send()
    if answer[0] != 201:
        break
print("full", *answer)
connection.connection.execute("PRAGMA max_page_count = 1000000")
print("after", *send())
"""


def test_a_locked_or_full_database_acknowledges_nothing_and_takes_the_same_entry_later(with_demo, manage):
    done = manage("shell", "-v0", "-c", SCRIPT, ONSET_HOSTS="testserver")
    assert done.returncode == 0, done.stderr
    said = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    assert said["locked"] == "503 30 0"
    assert "full" in said["filled"]
    assert said["full"] == "503 30 0"
    assert said["after"] == "201 None 1"


def test_a_command_before_the_first_migrate_says_what_to_run(manage):
    done = manage("check_tracks")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1] == "The database is not set up yet. Run: python manage.py migrate"
    assert "Traceback" not in done.stderr
