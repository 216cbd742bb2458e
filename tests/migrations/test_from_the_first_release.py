"""An installation of the first release, with rows of two clinics, brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from tests.cast import NOW, TODAY
from tests.rights import tampering
from tests.scopes import inside
from tracker.models import AuditEvent, Clinic, Device, DiaryEntry, Injection, Invitation, Membership, Patient
from tracker.queries import audit_chain
from tracker.tenancy import walls
from tracker.tenancy.owner import as_owner

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = "0001_first"


@pytest.fixture(scope="module")
def kept() -> Iterator[list[sqlite3.Connection]]:
    """A copy of the first release's database: going back to it takes longer than any test."""
    copies: list[sqlite3.Connection] = []
    yield copies
    for copy in copies:
        copy.close()


@pytest.fixture
def first_release(kept: list[sqlite3.Connection]) -> Iterator[Any]:
    """The models of the first release, over its tables, whose trail has no walls yet."""
    go_back(kept)
    state = MigrationLoader(connection).project_state(("tracker", FIRST)).apps
    try:
        yield SimpleNamespace(**{model.__name__: model for model in state.get_models()})
    finally:
        call_command("migrate", verbosity=0)


def go_back(kept: list[sqlite3.Connection]) -> None:
    if kept:
        connection.ensure_connection()
        kept[0].backup(connection.connection)
        return
    call_command("migrate", "tracker", FIRST, verbosity=0)
    with tampering():
        pass
    if connection.vendor == "sqlite":
        kept.append(sqlite3.connect(":memory:"))
        connection.connection.backup(kept[0])


def fill(old: Any, name: str) -> int:
    """A clinic with a patient, a phone and what was written about them, as the first release stored it."""
    clinic = old.Clinic.objects.create(name=name, made_at=NOW)
    user = old.User.objects.create(email=f"{name}@example.org", name="N")
    old.Membership.objects.create(clinic=clinic, user=user, role="clinician")
    patient = old.Patient.objects.create(
        clinic=clinic, given_name=name, family_name="F", born_on=TODAY, time_zone="UTC", enrolled_at=NOW
    )
    own = {"clinic": clinic, "patient": patient}
    old.Injection.objects.create(
        **own, injected_on=TODAY, level="C7-T1", indication="M54.12", operator="O", baseline_reason="misread"
    )
    hashed = {"made_at": NOW, "expires_at": NOW + timedelta(days=1)}
    device = old.Device.objects.create(**own, token_hash=uuid4().bytes, name="Phone", **hashed)
    old.Invitation.objects.create(**own, code_hash=uuid4().bytes, **hashed)
    old.DiaryEntry.objects.create(
        **own, **dict.fromkeys(("entered_at", "received_at", "corrected_at"), NOW), client_id=uuid4(),
        describes_on=TODAY, pain=0, timing=0, source=0, device=device,
    )  # fmt: skip
    for number in range(3):
        old.AuditEvent.objects.create(
            clinic=clinic, at=NOW, actor="system", action=f"a{number}", patient_id=patient.pk, detail={"n": 1}
        )
    return clinic.pk


def test_every_row_is_kept_the_trail_is_sealed_and_the_walls_stand(first_release):
    with as_owner():
        ids = [fill(first_release, name) for name in ("harbour", "hilltop")]
    call_command("migrate", verbosity=0)
    assert walls.missing(connection) == []
    assert "onset.E010" not in {found.id for found in run_checks(databases=["default"])}
    clinics = list(Clinic.objects.order_by("pk"))
    assert [clinic.pk for clinic in clinics] == ids
    assert len({clinic.locator for clinic in clinics}) == 2 and Membership.objects.count() == 2
    for clinic in clinics:
        with inside(clinic):
            assert Patient.objects.get().given_name == clinic.name
            assert DiaryEntry.objects.get().pain == 0
            assert Injection.objects.get().baseline_reason == "misread"
            assert list(AuditEvent.objects.order_by("id").values_list("number", flat=True)) == [1, 2, 3]
            assert audit_chain.verify() == audit_chain.Checked(events=3, found=None)
            assert Device.objects.get().ended_at and Invitation.objects.get().voided_at


def test_a_trail_that_was_sealed_at_the_upgrade_shows_what_is_changed_later(first_release):
    with as_owner():
        fill(first_release, "harbour")
    call_command("migrate", verbosity=0)
    with tampering() as cursor:
        cursor.execute("UPDATE tracker_auditevent SET action = 'b' WHERE action = 'a1'")
        walls.install(connection)
    with inside(Clinic.objects.get()):
        found = audit_chain.verify().found
    assert found and found.number == 2


def test_a_migration_that_stops_on_the_way_leaves_a_start_that_is_refused(first_release):
    call_command("migrate", "tracker", "0004", verbosity=0)
    with as_owner():
        assert "onset.E010" in {found.id for found in run_checks(databases=["default"])}
    call_command("migrate", verbosity=0)
    assert walls.missing(connection) == []
