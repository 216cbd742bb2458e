"""The statements behind every saved entry and every chart, written as SQL once instead of on each request.

Writing the SQL of a join takes the ORM ten times as long as running it. So this path reads through
`Prepared`, a queryset that keeps its SQL, and writes through `store`. Fields adapt every value both ways,
as they do in the ORM: one code serves both databases. All of it stays inside the clinic in scope (tenancy).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from threading import local
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models import query

from tracker.domain.procedure import Status
from tracker.tenancy import current
from tracker.tenancy.models import check_rows

from .audit import AuditHead
from .device import Device
from .diary import DiaryDay, DiaryEntry
from .injection import Injection
from .patient import Patient

Row = TypeVar("Row", bound=models.Model)
Shape = tuple[tuple[str, int | None], ...]

_related: Any = query.get_related_populators  # its published types are those of another release

SHAPES_KEPT = 64
"""Of one queryset: a batch of another length is another statement."""

ROWS_AT_A_TIME = 500
"""Of 17 columns: well below the 32,766 values that SQLite takes in one statement."""


class Prepared(local, Generic[Row]):
    """A queryset that is asked by `rows`, with lookups as `filter` takes them: of own fields, `__in` a list.

    It is built before there is a clinic in scope; `rows` adds the one that is then. Every thread has one of
    its own, since a compiler belongs to a connection and a connection to a thread.
    """

    def __init__(self, queryset: models.QuerySet[Row]) -> None:
        self.queryset = queryset
        self._written = lru_cache(maxsize=SHAPES_KEPT)(self._write)

    def rows(self, **lookups: Any) -> list[Row]:
        """What `queryset.filter(**lookups)` gives, of the clinic in scope. Raises tenancy.NoClinic."""
        here = current()
        if lookups.setdefault("clinic_id", here) != here:
            return []
        shape = tuple([(name, _length(name, value)) for name, value in lookups.items()])
        if 0 in dict(shape).values():
            return []
        return self._written(shape).rows(lookups)

    def _write(self, shape: Shape) -> _Written[Row]:
        blanks: dict[str, Any] = {}
        for lookup, length in shape:
            field = self.queryset.model._meta.get_field(lookup.partition("__")[0])
            several = [_Blank(lookup, index, field) for index in range(length or 1)]
            blanks[lookup] = several[0] if length is None else several
        return _Written(self.queryset.filter(**blanks))


def _length(lookup: str, value: Any) -> int | None:
    return len(value) if lookup.endswith("__in") else None


class _Blank(models.Expression):
    """The place in a statement of a value that comes with each call."""

    def __init__(self, lookup: str, index: int, field: Any) -> None:
        super().__init__(output_field=field)
        self.lookup, self.index = lookup, index

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", [self]

    def filled_from(self, lookups: Mapping[str, Any], connection: Any) -> Any:
        given = lookups[self.lookup]
        value = given[self.index] if self.lookup.endswith("__in") else given
        return self.output_field.get_db_prep_value(value, connection)


class _Written(Generic[Row]):
    """A statement with its blanks, and how to make instances of its rows."""

    def __init__(self, queryset: models.QuerySet[Row]) -> None:
        compiler: Any = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, self._params = compiler.as_sql()
        columns, info = compiler.select, compiler.klass_info
        self._compiler, self._model = compiler, queryset.model
        self._own = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        self._names = [column.target.attname for column, *_ in columns[self._own]]
        self._related = _related(info, columns, DEFAULT_DB_ALIAS)
        self._converters = compiler.get_converters([column for column, *_ in columns])

    def rows(self, lookups: Mapping[str, Any]) -> list[Row]:
        connection = connections[DEFAULT_DB_ALIAS]
        params = [p.filled_from(lookups, connection) if isinstance(p, _Blank) else p for p in self._params]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            found = cursor.fetchall()
        return [self._instance(row) for row in self._compiler.apply_converters(found, self._converters)]

    def _instance(self, row: Sequence[Any]) -> Row:
        instance = self._model.from_db(DEFAULT_DB_ALIAS, self._names, row[self._own])
        for populator in self._related:
            populator.populate(row, instance)
        return instance


def store(rows: Sequence[models.Model], *, over: tuple[str, ...] = ()) -> None:
    """Insert rows of one model and set their ids. A row whose `over` fields are the same is overwritten.

    Raises tenancy.OtherClinic where a row is not of the clinic in scope.
    """
    check_rows(rows)
    connection = connections[DEFAULT_DB_ALIAS]
    for first in range(0, len(rows), ROWS_AT_A_TIME):
        some = rows[first : first + ROWS_AT_A_TIME]
        insertion = _insertion(type(some[0]), over)
        values = [
            getattr(row, field.attname)
            if is_plain
            else field.get_db_prep_save(getattr(row, field.attname), connection)
            for row in some
            for field, is_plain in insertion.fields
        ]
        with connection.cursor() as cursor:
            cursor.execute(insertion.sql(len(some)), values)
            ids = cursor.fetchall()
        for row, (pk,) in zip(some, ids, strict=True):
            row.pk, row._state.adding, row._state.db = pk, False, DEFAULT_DB_ALIAS


@dataclass(frozen=True, slots=True)
class _Insertion:
    """The parts of an INSERT of any number of rows."""

    fields: tuple[tuple[Any, bool], ...]
    before: str
    one_row: str
    after: str

    def sql(self, rows: int) -> str:
        return self.before + ", ".join([self.one_row] * rows) + self.after


@lru_cache
def _insertion(model: type[models.Model], over: tuple[str, ...]) -> _Insertion:
    meta: Any = model._meta
    fields = tuple(f for f in meta.concrete_fields if not isinstance(f, models.AutoField))
    keys = [meta.get_field(name).column for name in over]
    columns = [field.column for field in fields]
    new = [f"{_quoted(column)} = EXCLUDED.{_quoted(column)}" for column in columns if column not in keys]
    conflict = f" ON CONFLICT ({_listed(keys)}) DO UPDATE SET {', '.join(new)}" if keys else ""
    return _Insertion(
        fields=tuple((field, _is_plain(field)) for field in fields),
        before=f"INSERT INTO {_quoted(meta.db_table)} ({_listed(columns)}) VALUES ",  # noqa: S608 names of our own
        one_row=f"({', '.join(['%s'] * len(columns))})",
        after=f"{conflict} RETURNING {_quoted(meta.pk.column)}",
    )


def _is_plain(field: Any) -> bool:
    """Whether the driver takes its values as they are, which are most: asking the field takes the time."""
    kind = field.target_field if field.is_relation else field
    return isinstance(kind, models.IntegerField | models.CharField | models.BooleanField)


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(_quoted(column) for column in columns)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _every(model: type[Row]) -> models.QuerySet[Row]:
    """A model's rows without a scope: for `Prepared`, which adds one."""
    return models.QuerySet(model)


_LOCKED = Prepared(_every(Patient).select_for_update().only("id"))


def lock(*, patient_id: int) -> None:
    """Wait until nobody else writes about this patient, and keep others waiting until this transaction ends.

    So two phones that send the same day agree on the winner in any order. On SQLite the transaction is the
    lock: its BEGIN IMMEDIATE lets one writer in.
    """
    if connections[DEFAULT_DB_ALIAS].features.has_select_for_update:
        _LOCKED.rows(id=patient_id)


DEVICES = Prepared(
    _every(Device)
    .select_related("patient__clinic", "caregiver")
    .defer(
        *("token_hash", "append_hash", "ended_by"),
        *("patient__born_on", "patient__email", "patient__clinic__made_at", "caregiver__consent_reason"),
    )
)
"""Phones, with whose they are."""

AUDIT_HEADS = Prepared(_every(AuditHead).select_for_update())
"""The end of the audit chain, held until the transaction ends: two events never follow the same one."""

ENTRIES = Prepared(_every(DiaryEntry))

_REVISION = (
    *("client_id", "describes_on", "pain", "soreness", "timing", "source", "replaces"),
    *("entered_at", "received_at", "corrected_at"),
)

_POINTERS = ("current", "scored_pain", "scored_soreness")

DAYS = Prepared(
    _every(DiaryDay)
    .select_related(*_POINTERS)
    .only(
        *("clinic", "patient", "describes_on", "is_edited", *_POINTERS),
        *[f"{pointer}__{name}" for pointer in _POINTERS for name in _REVISION],
    )
)
"""Diary days with what the revisions say that they point to."""

INJECTIONS = Prepared(
    _every(Injection)
    .select_related("track", "assessment", "history")
    .exclude(status=Status.CANCELLED)
    .order_by("injected_on", "id")
    .only(
        *("public_id", "clinic", "patient", "status", "injected_on", "region", "intent"),
        *("baseline_override", "closed_on", "closed_reason", "protocol_version"),
        *("track__clinic", "track__codes", "track__provenance", "track__before", "track__after"),
        *("track__rescue", "track__rev", "assessment__roll_due_at"),
        *("history__steroids_from", "history__steroids_to"),
    )
)
"""Episodes, oldest first, with what their next assessment needs: the last one's figures stay unread."""

_CHARTED = _every(Injection).filter(track__isnull=False, assessment__isnull=False)
"""A cancelled injection keeps its track, so that `rev` never returns, and has no assessment."""

CHART_TAGS = Prepared(
    _CHARTED.select_related("track", "patient").only("patient__is_restricted", "track__rev"),
)
"""What says whether a reader's copy of a chart is still true, and no more."""

CHARTS = Prepared(
    _CHARTED.select_related("track", "assessment", "patient").only(
        *(
            "patient__is_restricted",
            "injected_on",
            "track__codes",
            "track__provenance",
            "track__before",
            "track__rev",
        ),
        *("assessment__label", "assessment__as_of_day", "assessment__case", "assessment__result"),
    )
)
"""What a chart is drawn from."""
