"""When a record was last used, which is what its keeping period counts from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, OuterRef, QuerySet, Subquery

from tracker.domain.study_days import local_today
from tracker.domain.zones import zone_of
from tracker.models import Consent, Device, DiaryEntry, Injection, Patient, Reading

LATEST = (
    (Injection, "injected_on"),
    (Injection, "closed_on"),
    (DiaryEntry, "describes_on"),
    (DiaryEntry, "received_at"),
    (Reading, "entered_at"),
    (Consent, "given_at"),
    (Device, "made_at"),
    (Device, "last_seen_at"),
)
"""What counts as using a record: the treatment, a planned one too, and the patient's own doing."""

OWN = ("enrolled_at", "withdrawn_at")


def last_activity(patients: QuerySet[Patient]) -> dict[int, date]:
    """The latest day of each record by its patient's calendar, in one statement."""
    latest = {f"latest_{number}": _latest(*where) for number, where in enumerate(LATEST)}
    rows = patients.annotate(**latest).values_list("pk", "time_zone", *OWN, *latest)
    return {pk: _newest(moments, zone_of(zone)) for pk, zone, *moments in rows}


def last_activity_of(patient: Patient) -> date:
    return last_activity(Patient.objects.filter(pk=patient.pk))[patient.pk]


def _latest(model: Any, field: str) -> Subquery:
    own = model.objects.filter(patient=OuterRef("pk")).order_by().values("patient")
    return Subquery(own.annotate(latest=Max(field)).values("latest"))


def _newest(moments: Iterable[date | datetime | None], zone: ZoneInfo) -> date:
    """The latest of what there is; a record has at least the day of its enrolment."""
    return max(
        local_today(moment, zone=zone) if isinstance(moment, datetime) else moment
        for moment in moments
        if moment is not None
    )
