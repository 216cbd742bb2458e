"""Every way in which Django reads rows: without a scope an error, in a scope never another clinic's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Exists, Max, OuterRef, Subquery, prefetch_related_objects
from django.db.models.functions import TruncMonth

from tests.cast import ClinicCast
from tests.scopes import inside, outside
from tracker.models import Device, Injection, Patient, Track
from tracker.tenancy import NoClinic, OtherClinic

pytestmark = pytest.mark.django_db


async def _in_turn() -> list[Any]:
    return [patient async for patient in Patient.objects.order_by("id")]


async def _counted() -> int:
    return await Patient.objects.acount()


async def _got(pk: int) -> Patient:
    return await Patient.objects.aget(pk=pk)


async def _reloaded(pk: int) -> bool:
    patient = Patient(pk=pk)
    await patient.arefresh_from_db()
    return True


WHOLE_TABLE: dict[str, Callable[[], Any]] = {
    "all": lambda: list(Patient.objects.all()),
    "the base manager": lambda: list(Patient._base_manager.all()),
    "the default manager": lambda: list(Patient._default_manager.all()),
    "one by one": lambda: list(Patient.objects.iterator()),
    "async for": lambda: async_to_sync(_in_turn)(),
    "async count": lambda: async_to_sync(_counted)(),
    "exists": lambda: Patient.objects.exclude(given_name="Ada").exists(),
    "count": lambda: Patient.objects.count(),
    "first": lambda: Patient.objects.order_by("-id").first(),
    "last": lambda: Patient.objects.order_by("id").last(),
    "latest": lambda: Patient.objects.latest("id"),
    "slice": lambda: list(Patient.objects.order_by("-id")[:1]),
    "values": lambda: list(Patient.objects.values("family_name")),
    "values_list": lambda: list(Patient.objects.values_list("family_name", flat=True)),
    "dates": lambda: list(Patient.objects.dates("born_on", "day")),
    "in_bulk": lambda: Patient.objects.in_bulk(),
    "aggregate": lambda: Patient.objects.aggregate(Max("id"), Count("id")),
    "group by": lambda: list(
        Patient.objects.annotate(month=TruncMonth("born_on")).values("month").annotate(n=Count("id"))
    ),
    "distinct": lambda: list(Patient.objects.values_list("family_name").distinct()),
    "union": lambda: list(Patient.objects.values("id").union(Patient.objects.values("id"))),
    "or": lambda: list(Patient.objects.filter(id=0) | Patient.objects.exclude(id=0)),
    "exclude": lambda: list(Patient.objects.exclude(family_name="Quill")),
    "select_related": lambda: [i.patient for i in Injection.objects.select_related("patient__clinic")],
    "prefetch_related": lambda: [
        list(p.injections.all()) for p in Patient.objects.prefetch_related("injections")
    ],
    "a join": lambda: list(Patient.objects.filter(injections__region="cervical")),
    "a join over two tables": lambda: list(Track.objects.exclude(injection__patient__family_name="Quill")),
    "a subquery": lambda: list(
        Patient.objects.annotate(
            x=Subquery(Device.objects.order_by("-id").values("patient_id")[:1])
        ).values_list("x")
    ),
    "exists in a subquery": lambda: list(
        Patient.objects.filter(Exists(Device.objects.filter(patient=OuterRef("pk"))))
    ),
    "a list of ids": lambda: list(Patient.objects.filter(id__in=Device.objects.values("patient_id"))),
    "get_or_create": lambda: Patient.objects.get_or_create(given_name="Ada", family_name="Quill"),
    "explain": lambda: bool(Patient.objects.all().explain()),
    "none": lambda: list(Patient.objects.none()),
}


@pytest.mark.parametrize("way", WHOLE_TABLE)
def test_another_clinic_changes_nothing_of_what_is_read(our, request, way):
    alone = WHOLE_TABLE[way]()
    request.getfixturevalue("their")
    assert WHOLE_TABLE[way]() == alone


@pytest.mark.parametrize("way", WHOLE_TABLE)
def test_without_a_scope_nothing_is_read(our, way):
    with outside(), pytest.raises(NoClinic):
        WHOLE_TABLE[way]()


def half_read(cast: ClinicCast) -> Patient:
    """A row of which only the id was read so far."""
    patient = Patient.from_db("default", ["id"], [cast.patient.pk])
    return patient.family_name and patient


def prefetched(row: Any, name: str) -> list[Any]:
    prefetch_related_objects([row], name)
    found = getattr(row, name)
    return list(found.all()) if hasattr(found, "all") else [found]


A_ROW: dict[str, Callable[[ClinicCast], Any]] = {
    "get": lambda cast: Patient.objects.get(pk=cast.patient.pk),
    "get by public id": lambda cast: Patient.objects.get(public_id=cast.patient.public_id),
    "async get": lambda cast: async_to_sync(_got)(cast.patient.pk),
    "filter": lambda cast: list(Patient.objects.filter(pk=cast.patient.pk)),
    "filter by the clinic": lambda cast: list(Patient.objects.filter(clinic=cast.clinic)),
    "filter by a joined clinic": lambda cast: list(Injection.objects.filter(patient__clinic=cast.clinic)),
    "in_bulk": lambda cast: Patient.objects.in_bulk([cast.patient.pk]),
    "contains": lambda cast: Patient.objects.contains(cast.patient),
    "foreign key": lambda cast: Injection(patient_id=cast.patient.pk).patient,
    "one to one": lambda cast: Patient(current_injection_id=cast.injection.pk).current_injection,
    "one to one, backwards": lambda cast: Injection(pk=cast.injection.pk).track,
    "foreign key, backwards": lambda cast: list(Patient(pk=cast.patient.pk).injections.all()),
    "count, backwards": lambda cast: Patient(pk=cast.patient.pk).injections.count(),
    "prefetch": lambda cast: prefetched(Patient(pk=cast.patient.pk), "injections"),
    "prefetch forwards": lambda cast: prefetched(Injection(patient_id=cast.patient.pk), "patient"),
    "refresh_from_db": lambda cast: Patient(pk=cast.patient.pk).refresh_from_db() or True,
    "async refresh": lambda cast: async_to_sync(_reloaded)(cast.patient.pk),
    "a field read late": half_read,
    "validation": lambda cast: (
        not Injection(patient_id=cast.patient.pk).clean_fields(
            exclude={f.name for f in Injection._meta.fields if f.name != "patient"}
        )
    ),
}


@pytest.mark.parametrize("way", A_ROW)
def test_a_row_of_another_clinic_is_not_found_by_its_id(our, their, way):
    assert A_ROW[way](our)
    try:
        assert not A_ROW[way](their)
    except (ObjectDoesNotExist, OtherClinic):
        pass
    except Exception as error:
        assert "not a valid choice" in str(error)


@pytest.mark.parametrize("way", A_ROW)
def test_without_a_scope_no_row_is_found_by_its_id(our, way):
    with outside(), pytest.raises(NoClinic):
        A_ROW[way](our)


def test_without_a_scope_a_queryset_is_not_even_built(our):
    with outside():
        for build in (Patient.objects.all, Patient.objects.none, Patient._base_manager.get_queryset):
            with pytest.raises(NoClinic):
                build()


def test_raw_sql_through_a_model_is_refused(our):
    with pytest.raises(OtherClinic):
        Patient.objects.raw("SELECT * FROM tracker_patient")
    with pytest.raises(OtherClinic):
        Patient.objects.all().raw("SELECT * FROM tracker_patient")


def test_a_queryset_is_run_for_the_clinic_in_scope_then(our, their):
    built = Patient.objects.order_by("id")
    later = built.filter(born_on__year=1970).values_list("family_name", flat=True)
    with inside(their):
        assert list(built) == [their.patient]
        assert list(later.all()) == ["Zanzibar"]
    assert list(later.all()) == ["Quill"]
    with outside(), pytest.raises(NoClinic):
        list(later.all())


def test_a_subquery_is_run_for_the_clinic_in_scope_then(our, their):
    inner = Device.objects.values("patient_id")
    with inside(their):
        assert list(Patient.objects.filter(id__in=inner)) == [their.patient]


def test_a_related_manager_kept_from_another_scope_finds_nothing(our, their):
    with inside(their):
        theirs = their.patient.injections
        assert theirs.count() == 1
    assert not theirs.exists()
