"""Whether the audit trail of the clinic in scope is what was written, and its end, to keep elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Func, TextField
from django.db.models.functions import Cast

from tracker import tenancy
from tracker.domain.audit_chain import Break, Sealed, canonical, first_break, spelled
from tracker.models import AuditEvent, AuditHead

ROWS_AT_A_TIME = 2000


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a clinic's chain: how many events, the last one's seal, and when that was written."""

    count: int
    mac: bytes
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """How many events were read, and the first one that is not what was written."""

    events: int
    found: Break | None


def head() -> Head:
    row = _head()
    last = AuditEvent.objects.filter(number=row.count).values_list("at", flat=True).first()
    return Head(row.count, bytes(row.mac), last)


def verify() -> Checked:
    """Read the trail again from its beginning. What is written meanwhile is left for the next time."""
    row = _head()
    events = AuditEvent.objects.filter(number__lte=row.count)
    found = first_break(_sealed(events), head=(row.count, bytes(row.mac)), key=settings.AUDIT_KEY)
    return Checked(row.count, found or _beyond(row))


def agrees_with(kept: Head) -> Break | None:
    """Compare the trail with a head that was kept elsewhere; None where it still holds that event."""
    mac = AuditEvent.objects.filter(number=kept.count).values_list("mac", flat=True).first()
    if kept.count and mac is None:
        return Break(kept.count, "was there when the head was kept, and is missing")
    if kept.count and bytes(mac) != kept.mac:
        return Break(kept.count, "is another event than the one whose head was kept")
    return None


def _head() -> AuditHead:
    return AuditHead.objects.first() or AuditHead(clinic_id=tenancy.current())


def _beyond(head: AuditHead) -> Break | None:
    """Events that the head does not count, unless they were written while we read."""
    if _head().count != head.count or not AuditEvent.objects.filter(number__gt=head.count).exists():
        return None
    return Break(head.count + 1, "stands behind the end that the head names")


class _Utc(Func):
    """A moment as the seal spells it: to make a datetime of it first takes half of the time."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="replace(%(expressions)s, ' ', 'T') || '+00:00'", **more
        )

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        form = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')"""
        written = f"replace({form}, '.000000', '')"
        return self.as_sql(compiler, connection, template=written, **more)


def _sealed(events: Any) -> Iterator[Sealed]:
    said = (
        *("clinic_id", "number", "spelled_at", "actor", "on_behalf_of", "action", "patient_id", "patients"),
        *("subject", "outcome", "request_id", "network", "spelled_detail"),
    )
    rows = events.annotate(spelled_at=_Utc("at"), spelled_detail=Cast("detail", TextField()))
    for *values, detail, mac in rows.order_by("number").values_list(*said, "mac").iterator(ROWS_AT_A_TIME):
        values.append(_canonical(detail))
        yield Sealed(values[1], spelled(*values), mac)


@lru_cache(maxsize=4096)
def _canonical(detail: str) -> str:
    """The database's spelling in ours; most events say one of a few things."""
    return canonical(json.loads(detail))
