"""Reasons that were stored in clear are sealed at the upgrade, of every clinic, and back again."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection

from tests.cast import NOW, ClinicCast, make_clinic
from tests.scopes import inside, outside
from tracker.actions import injections
from tracker.models import Injection
from tracker.tenancy import walls

pytestmark = pytest.mark.django_db(transaction=True)


def stored(cast: ClinicCast) -> str | None:
    """What the database itself holds."""
    with inside(cast), connection.cursor() as cursor:
        cursor.execute("SELECT baseline_reason FROM tracker_injection WHERE clinic_id = %s", [cast.clinic.pk])
        return cursor.fetchone()[0]


def test_reasons_are_sealed_in_every_clinic_and_the_walls_stand_again():
    with outside():
        ours = make_clinic("harbour", given="Ada", family="Quill")
        theirs = make_clinic("hilltop", given="Canary", family="Zanzibar")
        empty = make_clinic("ridge", given="Nils", family="Ebb")
    for cast in (ours, theirs):
        reason = f"misread by {cast.patient.given_name}"
        with inside(cast):
            injections.correct_baseline(
                by=cast.clinician, injection=cast.injection, baseline=Decimal(6), reason=reason, now=NOW
            )
    call_command("migrate", "tracker", "0004", verbosity=0)
    assert [stored(cast) for cast in (ours, theirs, empty)] == ["misread by Ada", "misread by Canary", ""]
    call_command("migrate", verbosity=0)
    assert "misread" not in f"{stored(ours)} {stored(theirs)}" and stored(empty) is None
    with inside(theirs):
        assert Injection.objects.get().baseline_reason == "misread by Canary"
    assert walls.missing(connection) == []
