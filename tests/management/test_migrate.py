"""`manage.py migrate` leaves nothing behind that the application cannot use."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from tracker.tenancy.owner import as_owner

TABLE = "onset_cache_of_this_test"


@pytest.mark.django_db(transaction=True)
def test_the_application_may_use_the_cache_table_that_migrate_makes(settings):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": TABLE}
    }
    try:
        call_command("migrate", verbosity=0)
        with connection.cursor() as cursor:  # as the application, which does not own it
            cursor.execute(f"INSERT INTO {TABLE} VALUES ('a', 'b', '2026-05-20')")
    finally:
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {TABLE}")
