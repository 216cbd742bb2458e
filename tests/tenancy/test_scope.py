"""Whose clinic it is: opened on purpose, never guessed, never another one inside."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest
from django.db import connection

from tests.scopes import inside, outside
from tracker import tenancy
from tracker.models import Patient
from tracker.tenancy import NoClinic, OtherClinic, scope

pytestmark = pytest.mark.django_db

NO_CLINIC = (None, 0, -1, "1", "", [], [1], True, False, 1.0, b"1", {})


@pytest.mark.parametrize("given", NO_CLINIC, ids=repr)
def test_what_is_no_clinics_id_opens_nothing(given):
    with pytest.raises(NoClinic), tenancy.clinic(given):
        pytest.fail("a scope was opened")
    with pytest.raises(NoClinic):
        tenancy.current()


def test_without_a_scope_there_is_no_clinic():
    with pytest.raises(NoClinic):
        tenancy.current()


def test_a_scope_inside_another_clinics_is_an_error(our, their):
    with pytest.raises(OtherClinic), tenancy.clinic(their.clinic.pk):
        pytest.fail("a scope was opened")
    assert tenancy.current() == our.clinic.pk


def test_a_scope_inside_its_own_changes_nothing(our):
    with tenancy.clinic(our.clinic.pk):
        assert list(Patient.objects.all()) == [our.patient]
    assert list(Patient.objects.all()) == [our.patient]


def test_a_scope_ends_with_its_block_whatever_ends_it(our):
    with outside():
        with pytest.raises(ZeroDivisionError), tenancy.clinic(our.clinic.pk):
            1 / 0  # noqa: B018
        with pytest.raises(NoClinic):
            tenancy.current()
        with tenancy.clinic(our.clinic.pk):
            assert Patient.objects.count() == 1


def test_one_clinic_after_another_each_sees_its_own(our, their):
    with outside():
        for cast in (our, their, our):
            with tenancy.clinic(cast.clinic.pk):
                assert list(Patient.objects.all()) == [cast.patient]


def test_a_new_thread_is_in_no_clinic(our):
    with ThreadPoolExecutor(1) as pool, pytest.raises(NoClinic):
        pool.submit(tenancy.current).result()


def test_a_thread_that_is_handed_the_context_is_in_its_clinic(our):
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(copy_context().run, tenancy.current).result() == our.clinic.pk


def test_a_task_inherits_the_scope_and_keeps_its_own_to_itself(our, their):
    async def elsewhere() -> int:
        scope._current.set(their.clinic.pk)
        await asyncio.sleep(0)
        return tenancy.current()

    async def both() -> tuple[int, int]:
        first = asyncio.create_task(elsewhere())
        await asyncio.sleep(0)
        here = tenancy.current()
        return here, await first

    assert asyncio.run(both()) == (our.clinic.pk, their.clinic.pk)
    assert tenancy.current() == our.clinic.pk


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite a scope is no transaction")
def test_on_postgresql_the_database_forgets_the_clinic_with_the_scope(our, their):
    def told() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('app.clinic', true)")
            return cursor.fetchone()[0]

    with outside():
        with tenancy.clinic(their.clinic.pk):
            assert told() == str(their.clinic.pk)
        assert told() == ""
        with pytest.raises(ZeroDivisionError), tenancy.clinic(their.clinic.pk):
            1 / 0  # noqa: B018
        assert told() != str(their.clinic.pk)
    assert told() == str(our.clinic.pk)


def test_a_test_that_looks_into_another_clinic_comes_back(our, their):
    with inside(their):
        assert list(Patient.objects.all()) == [their.patient]
    assert list(Patient.objects.all()) == [our.patient]
