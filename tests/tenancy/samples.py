"""A valid row of any clinical table, for tests that go over all of them: made from the model's own fields."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models

from tests.cast import NOW, TODAY
from tracker.models import Clinic, Membership, User
from tracker.tenancy import TenantModel

CHECKED = {
    "prescriber_agreed": True,
    "timing": 0,
    "source": 0,
    "minutes": 240,
    "pain": 3,
    "soreness": 1,
    "time_zone": "UTC",
}
"""What the database holds to a range, and the product to a list."""


def clinical_models() -> dict[str, type[TenantModel]]:
    """By the name of their tables."""
    found = (model for model in apps.get_app_config("tracker").get_models() if issubclass(model, TenantModel))
    return {model._meta.db_table: model for model in found}


def values_of(model: type[models.Model], clinic: Clinic, **given: Any) -> dict[str, Any]:
    """Columns of a new row; what it has to point to is made for it. The clinic's scope is the caller's."""
    values = {}
    for field in model._meta.concrete_fields:
        if field.column in given:
            values[field.column] = given[field.column]
        elif not isinstance(field, models.AutoField):
            values[field.column] = _value(field, clinic)
    return values


def _value(field: Any, clinic: Clinic) -> Any:
    if field.name == "clinic":
        return clinic.pk
    if field.name in CHECKED:
        return CHECKED[field.name]
    if field.null and (field.is_relation or not field.unique):
        return None
    if field.is_relation:
        return kin(field.related_model, clinic)
    if field.has_default():
        return field.get_default()
    return _sample(field)


def _sample(field: Any) -> Any:
    """Another one at each call, so that no two rows are the same."""
    several = {
        models.UUIDField: uuid.uuid4(),
        models.BinaryField: secrets.token_bytes(32),
        models.DateTimeField: NOW,
        models.DateField: TODAY + timedelta(days=secrets.randbelow(10_000)),
        models.BooleanField: False,
        models.CharField: secrets.token_hex(20)[: getattr(field, "max_length", None) or 8],
        models.TextField: "x",
    }
    fitting = (value for kind, value in several.items() if isinstance(field, kind))
    return next(fitting, secrets.randbelow(30_000))


def kin(model: type[models.Model], clinic: Clinic) -> Any:
    """The key of a new row of this clinic, made with all that it needs."""
    if model is Membership:
        user = User.objects.create_user(email=f"{secrets.token_hex(8)}@example.org", name="Somebody")
        return Membership.objects.create(clinic=clinic, user=user, role="nurse").pk
    return insert(model, values_of(model, clinic))


def insert(model: type[models.Model], values: dict[str, Any], *, verb: str = "INSERT") -> Any:
    """Store a row behind Django's back; its key."""
    listed, blanks = ", ".join(f'"{column}"' for column in values), ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f'{verb} INTO "{model._meta.db_table}" ({listed}) VALUES ({blanks})'
            f' RETURNING "{model._meta.pk.column}"',
            _adapted(model, values),
        )
        return cursor.fetchone()[0]


def update(model: type[models.Model], key: Any, values: dict[str, Any], *, verb: str = "UPDATE") -> None:
    """Change a row behind Django's back."""
    changed = ", ".join(f'"{column}" = %s' for column in values)
    with connection.cursor() as cursor:
        cursor.execute(
            f'{verb} "{model._meta.db_table}" SET {changed} WHERE "{model._meta.pk.column}" = %s',
            [*_adapted(model, values), key],
        )
        assert cursor.rowcount == 1


def _adapted(model: type[models.Model], values: dict[str, Any]) -> list[Any]:
    fields = {field.column: field for field in model._meta.concrete_fields}
    return [fields[column].get_db_prep_save(value, connection) for column, value in values.items()]
