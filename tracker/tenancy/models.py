"""The base of every table with clinical rows: its manager fails closed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, ClassVar, TypeVar

from django.db import models

from .scope import OtherClinic, current

Row = TypeVar("Row", bound=models.Model)

FIELDS = {"clinic", "clinic_id"}


class _ClinicInScope(models.Expression):
    """Stands in a statement for the clinic in scope when it runs, however long ago it was built."""

    def __init__(self) -> None:
        super().__init__(output_field=models.BigIntegerField())

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[int, ...]]:
        return "%s", (current(),)


class TenantQuerySet(models.QuerySet[Row]):
    """Refuses whatever would store a row of another clinic, or move one there."""

    def update(self, **fields: Any) -> int:
        if FIELDS & fields.keys():
            raise OtherClinic
        return super().update(**fields)

    def raw(self, *args: Any, **kwargs: Any) -> Any:
        raise OtherClinic  # nobody could say which rows it reads

    def _insert(
        self, objs: Iterable[Any], *args: Any, **kwargs: Any
    ) -> Any:  # behind create, save, bulk_create
        if kwargs.get("on_conflict"):
            raise OtherClinic  # nobody could say whose row it writes over
        objs = list(objs)
        check_rows(objs)
        return super()._insert(objs, *args, **kwargs)  # type: ignore[misc]  # Django's own, not in its stubs

    def _update(self, values: Any) -> int:  # behind save
        here = current()
        if any(field.name == "clinic" and value != here for field, _, value in values):
            raise OtherClinic
        return super()._update(values)  # type: ignore[misc]  # Django's own, not in its stubs

    update.alters_data = True  # type: ignore[attr-defined]  # as Django marks its own
    _insert.alters_data = True  # type: ignore[attr-defined]  # the same
    _insert.queryset_only = False  # type: ignore[attr-defined]  # so that the manager has it as well
    _update.alters_data = True  # type: ignore[attr-defined]  # the same
    _update.queryset_only = False  # type: ignore[attr-defined]  # the same


class TenantManager(models.Manager.from_queryset(TenantQuerySet)):  # type: ignore[misc]  # made at run time
    """Sees the rows of the clinic in scope; without a scope it raises NoClinic."""

    def get_queryset(self) -> Any:
        current()
        queryset = _scoped(self.model)._chain()
        queryset._db, queryset._hints = self._db, self._hints
        return queryset


@lru_cache
def _scoped(model: type[models.Model]) -> Any:
    """The filter, built once for each model: built for each query it would cost more than the query."""
    return TenantQuerySet(model).filter(clinic_id=_ClinicInScope())


class TenantModel(models.Model):
    """A row of one clinic. The subclass declares `clinic`.

    The base manager is scoped as well, so that following a foreign key, reloading a row and deleting what
    hangs on it fail as closed as a query does.
    """

    objects: ClassVar[Any] = TenantManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """As Django's; asked of the rows in scope, since an instance may say of itself what it likes."""
        check_rows([self])
        return type(self).objects.filter(pk=self.pk).delete()


def check_rows(rows: Iterable[Any]) -> None:
    """Raises OtherClinic unless every row is of the clinic in scope."""
    here = current()
    if any(row.clinic_id != here for row in rows):
        raise OtherClinic
