"""Every way in which Django writes rows: without a scope an error, and never over another clinic's row."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from tests.cast import NOW, TODAY, ClinicCast
from tests.rows import everything
from tests.scopes import inside, outside
from tracker.models import ChartPicture, Injection, Patient, Track
from tracker.tenancy import NoClinic, OtherClinic

pytestmark = pytest.mark.django_db


def person(cast: ClinicCast, **changes: Any) -> dict[str, Any]:
    return {
        "clinic": cast.clinic,
        "given_name": "New",
        "family_name": "Comer",
        "born_on": TODAY,
        "time_zone": "UTC",
        "enrolled_at": NOW,
    } | changes


def renamed(cast: ClinicCast) -> Patient:
    """The cast's patient under another name, not saved yet."""
    cast.patient.family_name = "Overwritten"
    return cast.patient


def disguised(row: Any, *, as_of: ClinicCast) -> Any:
    """A row that says of itself that it is this clinic's."""
    row.clinic = as_of.clinic
    return row


def a_picture(our: ClinicCast, of: ClinicCast) -> ChartPicture:
    """A row of ours that points to an injection of whoever's."""
    return ChartPicture(clinic=our.clinic, injection=of.injection, look="x", tag="x", asked_at=NOW)


async def _saved(row: Any) -> None:
    await row.asave()


async def _deleted(row: Any) -> None:
    await row.adelete()


Way = Callable[[ClinicCast, ClinicCast], Any]

WRITES: dict[str, Way] = {
    "save": lambda our, of: renamed(of).save(),
    "save one field": lambda our, of: renamed(of).save(update_fields=["family_name"]),
    "save over a row only": lambda our, of: renamed(of).save(force_update=True),
    "save disguised": lambda our, of: disguised(renamed(of), as_of=our).save(),
    "async save": lambda our, of: async_to_sync(_saved)(renamed(of)),
    "save a new row": lambda our, of: Patient(**person(of)).save(),
    "create": lambda our, of: Patient.objects.create(**person(of)),
    "get_or_create": lambda our, of: Patient.objects.get_or_create(family_name="Comer", defaults=person(of)),
    "update_or_create": lambda our, of: Patient.objects.update_or_create(
        pk=of.patient.pk, defaults={"family_name": "Comer"}, create_defaults=person(of)
    ),
    "bulk_create": lambda our, of: Patient.objects.bulk_create([Patient(**person(of))]),
    "bulk_create among ours": lambda our, of: Patient.objects.bulk_create(
        [Patient(**person(our)), Patient(**person(of))]
    ),
    "bulk_update": lambda our, of: Patient.objects.bulk_update([renamed(of)], ["family_name"]),
    "update": lambda our, of: Patient.objects.filter(pk=of.patient.pk).update(family_name="Comer"),
    "update by the clinic": lambda our, of: Patient.objects.filter(clinic=of.clinic).update(
        family_name=F("given_name")
    ),
    "update over a join": lambda our, of: Track.objects.filter(
        injection__patient__family_name=of.patient.family_name
    ).update(rev=F("rev") + 1),
    "update of a relation": lambda our, of: Patient(pk=of.patient.pk).injections.update(level="T9-T10"),
    "create in a relation": lambda our, of: of.patient.injections.create(
        clinic=of.clinic,
        injected_on=TODAY,
        **dict.fromkeys(("status", "region", "level", "side", "approach", "intent", "guidance"), "x"),
    ),
    "delete": lambda our, of: of.injection.delete(),
    "delete disguised": lambda our, of: disguised(of.injection, as_of=our).delete(),
    "delete a row made up": lambda our, of: Track(pk=of.injection.pk, clinic=our.clinic).delete(),
    "async delete": lambda our, of: async_to_sync(_deleted)(of.injection),
    "delete a queryset": lambda our, of: Injection.objects.filter(pk=of.injection.pk).delete(),
    "delete without looking": lambda our, of: Track.objects.filter(pk=of.injection.pk).delete(),
    "delete a relation": lambda our, of: Patient(pk=of.patient.pk).injections.all().delete(),
    "point to a row": lambda our, of: a_picture(our, of).save(),
    "point to a row in bulk": lambda our, of: ChartPicture.objects.bulk_create([a_picture(our, of)]),
    "turn a pointer": lambda our, of: Patient.objects.filter(pk=our.patient.pk).update(
        current_injection=of.injection, given_name="Turned"
    ),
}


def carry_out(way: str, our: ClinicCast, of: ClinicCast) -> None:
    """Do it, and have the database look at what it otherwise looks at when the transaction ends."""
    with transaction.atomic():
        WRITES[way](our, of)
        connection.check_constraints()


@pytest.mark.parametrize("way", WRITES)
def test_a_row_of_another_clinic_never_changes(our, their, way):
    before = everything()
    with suppress(OtherClinic, DatabaseError, ObjectDoesNotExist):
        carry_out(way, our, their)
    assert everything() == before


@pytest.mark.parametrize("way", WRITES)
def test_the_same_changes_a_row_of_ones_own(our, way):
    before = everything()
    carry_out(way, our, our)
    assert everything() != before


@pytest.mark.parametrize("way", WRITES)
def test_without_a_scope_nothing_is_written(our, way):
    before = everything()
    with outside(), pytest.raises(NoClinic):
        carry_out(way, our, our)
    assert everything() == before


MOVES: dict[str, Way] = {
    "save": lambda our, to: disguised(our.patient, as_of=to).save(),
    "save one field": lambda our, to: disguised(our.patient, as_of=to).save(update_fields=["clinic"]),
    "update": lambda our, to: Patient.objects.update(clinic=to.clinic),
    "update by id": lambda our, to: Patient.objects.update(clinic_id=to.clinic.pk),
    "bulk_update": lambda our, to: Patient.objects.bulk_update(
        [disguised(our.patient, as_of=to)], ["clinic"]
    ),
    "update_or_create": lambda our, to: Patient.objects.update_or_create(
        pk=our.patient.pk, defaults={"clinic": to.clinic}
    ),
}


@pytest.mark.parametrize("way", MOVES)
def test_a_row_never_moves_to_another_clinic(our, their, way):
    before = everything()
    with pytest.raises(OtherClinic), transaction.atomic():
        MOVES[way](our, their)
    assert everything() == before


def test_rows_are_never_written_over_in_bulk(our, their):
    for cast in (our, their):
        over = Patient(pk=cast.patient.pk, **person(our))
        with pytest.raises(OtherClinic), transaction.atomic():
            Patient.objects.bulk_create(
                [over], update_conflicts=True, update_fields=["family_name"], unique_fields=["id"]
            )
        with pytest.raises(OtherClinic), transaction.atomic():
            Patient.objects.bulk_create([over], ignore_conflicts=True)


def test_what_hangs_on_a_row_goes_with_it_in_its_own_clinic_only(our, their):
    with inside(their):
        theirs = everything()
    our.patient.delete()
    assert not Patient.objects.exists() and not Track.objects.exists()
    with inside(their):
        assert list(Patient.objects.all()) == [their.patient]
        assert everything()["Track"] == [
            row for row in theirs["Track"] if row["clinic_id"] == their.clinic.pk
        ]
