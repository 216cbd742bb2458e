"""What the database holds, to see that a refusal changed nothing."""

from __future__ import annotations

from functools import cache
from typing import Any

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db import connection

from tests.scopes import inside
from tracker.models import Clinic
from tracker.tenancy import TenantModel

Rows = dict[str, list[dict[str, Any]]]


def everything() -> Rows:
    """Every row of the product as it is stored, whichever clinic's, and staff's second factors.

    Thousands of tests look twice at all there is: so it is asked for by SQL, and a clinic at a time.
    """
    rows = {name: _stored(sql) for name, sql in _statements(is_clinical=False).items()}
    rows |= {name: [] for name in _statements(is_clinical=True)}
    for clinic in Clinic.objects.order_by("pk"):
        with inside(clinic):
            for name, sql in _statements(is_clinical=True).items():
                rows[name] += _stored(sql, clinic.pk)
    return rows


def all_but_the_trail() -> Rows:
    """Every row but those that say who looked: reading adds to them."""
    return {name: rows for name, rows in everything().items() if name not in ("AuditEvent", "AuditHead")}


@cache
def _statements(*, is_clinical: bool) -> dict[str, str]:
    """By the name of a model, what reads its table; a clinic's rows where they are a clinic's."""
    models = [*apps.get_app_config("tracker").get_models(), *([] if is_clinical else [Authenticator])]
    of_clinic = " WHERE clinic_id = %s" if is_clinical else ""
    return {
        model.__name__: f'SELECT * FROM "{model._meta.db_table}"{of_clinic} ORDER BY {model._meta.pk.column}'
        for model in models
        if issubclass(model, TenantModel) == is_clinical
    }


def _stored(sql: str, *values: int) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
