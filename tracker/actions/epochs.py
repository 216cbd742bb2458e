"""The number that tells phones whether this is still the database that took what they sent."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from tracker import tenancy
from tracker.actions import audit, clinics
from tracker.models import Epoch


def current() -> UUID:
    """The number of now: one statement, which writes nothing. `migrate` makes the first (tracker.apps)."""
    return Epoch.objects.values_list("value", flat=True).get(pk=Epoch.THE_ONLY)


def begin(*, now: datetime) -> UUID:
    """Another number, for after a restore: phones send again what the backup may lack.

    Every clinic's trail says that it happened. Returns the new number.
    """
    value = uuid4()
    with transaction.atomic():
        Epoch.objects.update_or_create(pk=Epoch.THE_ONLY, defaults={"value": value, "began_at": now})
        for clinic_id in clinics.every():
            with tenancy.clinic(clinic_id):
                audit.record(by=None, clinic_id=clinic_id, action="epoch.begin", now=now)
    return value
