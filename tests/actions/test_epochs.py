"""One number for the whole installation, and another one after a restore."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from tests.cast import NOW
from tests.scopes import inside, outside
from tracker.actions import epochs
from tracker.apps import begin_first_epoch
from tracker.models import AuditEvent, Epoch

pytestmark = pytest.mark.django_db


def test_a_database_that_was_made_has_its_number_before_anybody_asks(db):
    made = Epoch.objects.get()
    assert epochs.current() == made.value
    assert made.began_at


def test_asking_costs_one_statement_and_writes_nothing(db, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        epochs.current()
    assert asked[0]["sql"].startswith("SELECT")


def test_another_migrate_keeps_the_number(db):
    before = epochs.current()
    begin_first_epoch(connection.alias)
    assert epochs.current() == before


@pytest.mark.django_db(transaction=True)
def test_a_database_that_was_emptied_has_a_number_again():
    """Each test with real transactions ends by emptying it: this one by itself, and whichever was before."""
    Epoch.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert epochs.current()


def test_it_is_the_same_in_every_clinic_and_outside_of_them(our, their):
    ours = epochs.current()
    with inside(their):
        theirs = epochs.current()
    with outside():
        assert {ours, theirs, epochs.current()} == {ours}


def test_a_second_row_is_refused(db):
    for number in (1, 2):
        with pytest.raises(IntegrityError), transaction.atomic():
            Epoch.objects.create(id=number)


def test_beginning_gives_another_number_and_says_when(db):
    before = epochs.current()
    begun = epochs.begin(now=NOW)
    assert begun == epochs.current() != before
    assert Epoch.objects.get().began_at == NOW


def test_beginning_works_in_a_database_that_lacks_the_row(db):
    Epoch.objects.all().delete()
    assert epochs.begin(now=NOW) == epochs.current()


def test_every_clinic_s_trail_says_that_another_epoch_began(our, their):
    with outside():
        epochs.begin(now=NOW)
    for cast in (our, their):
        with inside(cast):
            event = AuditEvent.objects.latest("id")
            assert (event.action, event.actor, event.detail) == ("epoch.begin", "system", {})
