"""One clinic with a long audit trail, and what it costs to read it, to check it and to add to it.

Run by benchmarks.bench_audit in a process of its own, on SQLite or on the PostgreSQL that benchmarks.settings
is pointed to. Prints one JSON object of plain numbers.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.models import Clinic, Membership, Patient

STAFF, PATIENTS = 20, 5000
SPAN = timedelta(days=333)
"""20 people who open 300 pages a day each make two million events in this time."""

ON_A_LIST = 50
ASKED = 20
"""Patients, and members of staff, who are asked about."""

ROUNDS, A_ROUND = 40, 100

Clock = Callable[[], float]

COLUMNS = (
    *("clinic_id", "number", "at", "actor", "on_behalf_of", "action", "patient_id", "patients", "subject"),
    *("outcome", "request_id", "network", "detail", "mac"),
)


def measure(events: int) -> dict[str, float]:
    """All figures. Times are milliseconds by the clock on the wall, rates are rows a second of CPU."""
    from django.utils import timezone

    from tracker import tenancy

    now = timezone.now()
    clinic, members, patients = _people(now)
    _fill(clinic, members, patients, events=events, now=now)
    with tenancy.clinic(clinic.pk):
        found = _reading(members, patients, now) | _checking()
    return found | _adding(members[0], patients) | _separating(members[0])


def _people(now: datetime) -> tuple[Clinic, list[Membership], list[Patient]]:
    from tracker import tenancy
    from tracker.actions import clinics
    from tracker.domain.roles import Role
    from tracker.models import Membership, Patient, User

    clinic = clinics.add(name="Long trail", phone="", time_zone="UTC", now=now - SPAN)
    users = [User(email=f"{number}@trail.example", name=f"Member {number}") for number in range(STAFF)]
    User.objects.bulk_create(users)
    with tenancy.clinic(clinic.pk):
        members = [Membership(clinic=clinic, user=user, role=Role.ADMINISTRATOR) for user in users]
        Membership.objects.bulk_create(members)
        patients = [
            Patient(
                clinic=clinic,
                given_name="A",
                family_name=f"B{number}",
                born_on=now.date(),
                time_zone="UTC",
                record_number=str(number),
                enrolled_at=now - SPAN,
            )
            for number in range(PATIENTS)
        ]
        Patient.objects.bulk_create(patients, batch_size=500)
    return clinic, members, patients


def _events(
    clinic: Clinic, members: list[Membership], patients: list[Patient], *, events: int, now: datetime
) -> Iterator[Any]:
    """A year's looks: nine at one record for each list."""
    from tracker.domain.audit_chain import Event

    draw, step = Random(7), SPAN / events
    for number in range(events):
        on_list = draw.random() < 0.1
        first = draw.randrange(PATIENTS - ON_A_LIST)
        several = ",".join(str(one.pk) for one in patients[first : first + ON_A_LIST])
        yield Event(
            clinic_id=clinic.pk,
            number=number + 2,  # the first is that of the clinic itself
            at=now - SPAN + number * step,
            actor=f"staff:{draw.choice(members).pk}",
            on_behalf_of="",
            action="view",
            patient_id=None if on_list else patients[first].pk,
            patients=f",{several}," if on_list else "",
            subject="clinic:worklist" if on_list else "clinic:patient",
            outcome="done",
            request_id=f"{number:016x}",
            network="192.0.2.0",
            detail={"fields": ["family_name", "born_on"]} if draw.random() < 0.05 else {},
        )


def _fill(
    clinic: Clinic, members: list[Membership], patients: list[Patient], *, events: int, now: datetime
) -> None:
    """Write a true chain as fast as the database takes rows."""
    from django.conf import settings
    from django.db import connection

    from tracker import tenancy
    from tracker.domain.audit_chain import mac_of
    from tracker.models import AuditHead
    from tracker.tenancy.owner import as_owner

    with tenancy.clinic(clinic.pk):
        mac = bytes(AuditHead.objects.get().mac)

    def rows() -> Iterator[tuple[Any, ...]]:
        nonlocal mac
        for event in _events(clinic, members, patients, events=events, now=now):
            mac = mac_of(event, previous=mac, key=settings.AUDIT_KEY)
            values = {name: getattr(event, name) for name in COLUMNS if name not in ("detail", "mac")}
            yield (*values.values(), json.dumps(event.detail), mac)

    with as_owner():
        connection.ensure_connection()
        (_copy if connection.vendor == "postgresql" else _insert)(connection, rows())
    with tenancy.clinic(clinic.pk):
        AuditHead.objects.update(count=events + 1, mac=mac)


def _insert(connection: Any, rows: Iterator[tuple[Any, ...]]) -> None:
    from tracker.tenancy import walls

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'tracker_auditevent'"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
    places = ", ".join("?" * len(COLUMNS))
    sql = f"INSERT INTO tracker_auditevent ({', '.join(COLUMNS)}) VALUES ({places})"
    driver = connection.connection
    driver.execute("BEGIN")
    driver.executemany(sql, ((*row[:2], str(row[2].replace(tzinfo=None)), *row[3:]) for row in rows))
    driver.execute("COMMIT")
    driver.execute("ANALYZE")
    walls.install(connection)


def _copy(connection: Any, rows: Iterator[tuple[Any, ...]]) -> None:
    driver = connection.connection
    driver.autocommit = True
    with driver.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        with cursor.copy(f"COPY tracker_auditevent ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("ANALYZE tracker_auditevent")


def _reading(members: list[Membership], patients: list[Patient], now: datetime) -> dict[str, float]:
    from tracker.queries.audit import seen_by
    from tracker.queries.lookers import USUAL_SPAN, who_looked

    asked = patients[:: PATIENTS // ASKED]
    looked = [_took(who_looked, patient=one, since=now - USUAL_SPAN) for one in asked]
    ever = [_took(who_looked, patient=one, since=now - SPAN) for one in asked]
    saw = [
        _took(seen_by, actor=members[0], of=f"staff:{one.pk}", since=now - span, until=now)
        for one in members
        for span in (timedelta(days=7), SPAN)
    ]
    return {"who looked": max(looked), "who ever looked": max(ever), "what somebody saw": max(saw)}


def _checking() -> dict[str, float]:
    from tracker.queries.audit_chain import verify

    start = process_time()
    checked = verify()
    seconds = process_time() - start
    if checked.found:
        raise AssertionError(f"the trail is broken: {checked.found}")
    return {"events checked": checked.events, "rows a second": checked.events / seconds}


def _adding(member: Membership, patients: list[Patient]) -> dict[str, float]:
    """A page that showed one record: its scope, and the event that is written at its end."""
    from django.utils import timezone

    from tracker import tenancy, trail
    from tracker.actions import audit

    def page(patient: Patient) -> None:
        with tenancy.clinic(member.clinic_id), trail.opened(request_id="00ff", network="192.0.2.0"):
            trail.saw([patient.pk])
            audit.record_reading(by=member, now=timezone.now(), page="clinic:patient")

    return {
        **_spread("event", _quieter(page, patients)),
        **_spread("event CPU", _quieter(page, patients, clock=process_time)),
        **_spread("commit", _quieter(_commit_of_one_row, patients)),
    }


def _commit_of_one_row(patient: Patient) -> None:
    """What the disk takes to confirm anything at all."""
    from django.db import connection

    driver = connection.connection
    if connection.vendor == "postgresql":
        with driver.transaction():
            driver.execute("INSERT INTO onset_cache VALUES (%s, '', now())", [f"row {patient.pk}"])
    else:
        driver.execute("BEGIN IMMEDIATE")
        driver.execute("INSERT INTO onset_cache VALUES (?, '', '2026-01-01')", [f"row {patient.pk}"])
        driver.execute("COMMIT")


def _separating(member: Membership) -> dict[str, float]:
    """What row-level security adds to a transaction that reads one record; nothing on SQLite."""
    from django.db import connection, transaction

    from tracker import tenancy
    from tracker.models import Patient, statements
    from tracker.tenancy import scope
    from tracker.tenancy.owner import as_owner

    if connection.vendor != "postgresql":
        return {}
    with tenancy.clinic(member.clinic_id):
        wanted = list(Patient.objects.order_by("pk").values_list("pk", flat=True))
    one_record = statements.Prepared(statements._every(Patient))

    def behind_the_wall(pk: int) -> None:
        with tenancy.clinic(member.clinic_id):
            one_record.rows(id=pk)

    def in_a_plain_transaction(pk: int) -> None:
        with transaction.atomic():
            one_record.rows(id=pk)

    walled = _quieter(behind_the_wall, wanted)
    token = scope._current.set(member.clinic_id)  # for the product's code only: the database is told nothing
    with as_owner():  # a superuser, whom row-level security does not bind
        open_to = _quieter(in_a_plain_transaction, wanted)
    scope._current.reset(token)
    return {"with a wall p50": median(walled), "without p50": median(open_to)}


def _spread(name: str, took: list[float]) -> dict[str, float]:
    hundredths = quantiles(took, n=100)
    return {f"{name} p50": median(took), f"{name} p95": hundredths[94], f"{name} p99": hundredths[98]}


def _quieter(work: Callable[[Any], object], on: Sequence[Any], *, clock: Clock = perf_counter) -> list[float]:
    """How long each call took in the quieter half of the rounds; in the others the machine was busy.

    The first round, which loads what all later ones find, is not counted.
    """
    calls = iter(on)
    rounds = [[_took(work, next(calls), clock=clock) for _ in range(A_ROUND)] for _ in range(ROUNDS + 1)]
    quiet = sorted(rounds[1:], key=median)[: ROUNDS // 2]
    return [took for one in quiet for took in one]


def _took(work: Callable[..., object], *arguments: Any, clock: Clock = perf_counter, **named: Any) -> float:
    start = clock()
    work(*arguments, **named)
    return 1000 * (clock() - start)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    print(json.dumps(measure(int(sys.argv[1]))))
