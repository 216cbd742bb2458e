"""Sealing every sealed column anew with the newest key, so that an older one can be thrown away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models, transaction

from tracker import tenancy
from tracker.actions import audit, clinics, staff_secrets
from tracker.models.sealed import SealedTextField

ROWS_AT_A_TIME = 500


def reseal(*, now: datetime) -> int:
    """Open and seal every row's sealed columns. Returns how many rows there are.

    Whoever writes meanwhile seals with the newest key as well. It may be stopped and run again. Raises
    models.sealed.CannotUnseal at the first value that no key opens.
    """
    return staff_secrets.reseal() + sum(_reseal_clinic(clinic_id, now) for clinic_id in clinics.every())


def sealed_columns() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Every table with sealed columns, and their names."""
    for model in apps.get_app_config("tracker").get_models():
        names = [field.name for field in model._meta.concrete_fields if isinstance(field, SealedTextField)]
        if names:
            yield model, names


def _reseal_clinic(clinic_id: int, now: datetime) -> int:
    done = sum(_reseal_table(clinic_id, model, names) for model, names in sealed_columns())
    with tenancy.clinic(clinic_id):
        audit.record(by=None, clinic_id=clinic_id, action="clinic.reseal", now=now, rows=done)
    return done


def _reseal_table(clinic_id: int, model: Any, names: list[str]) -> int:
    done = last = 0
    while rows := _reseal_some(clinic_id, model, names, after=last):
        done, last = done + len(rows), rows[-1].pk
    return done


def _reseal_some(clinic_id: int, model: Any, names: list[str], *, after: int) -> list[Any]:
    with tenancy.clinic(clinic_id), transaction.atomic():
        rows = model.objects.select_for_update().filter(pk__gt=after).order_by("pk").only(*names)
        some = list(rows[:ROWS_AT_A_TIME])
        model.objects.bulk_update(some, names)
    return some
