"""The injection that a patient's pages are about, and the planned one that follows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from tracker import trail
from tracker.domain.procedure import Status
from tracker.domain.ruleset import RuleSet
from tracker.domain.study_days import local_today
from tracker.domain.zones import zone_of
from tracker.models import Injection, Patient
from tracker.queries.protocols import rules_of


@dataclass(frozen=True, slots=True)
class CurrentInjection:
    """An injection with its track and assessment; `next_on`: the planned one beside it, today or later."""

    row: Injection
    next_on: date | None

    @property
    def rules(self) -> RuleSet:
        """Those that it was entered under."""
        return rules_of(self.row)


def current_injection(*, patient: Patient, now: datetime) -> CurrentInjection | None:
    """One statement; None, and none at all, for a patient without an injection."""
    trail.saw([patient.pk])
    if patient.current_injection_id is None:
        return None
    today = local_today(now, zone=zone_of(patient.time_zone))
    planned = Injection.objects.filter(
        patient=OuterRef("patient"), status=Status.SCHEDULED, injected_on__gte=today
    ).exclude(pk=OuterRef("pk"))
    found = (
        Injection.objects.select_related("track", "assessment")
        .annotate(next_on=Subquery(planned.order_by("injected_on").values("injected_on")[:1]))
        .get(pk=patient.current_injection_id)
    )
    return CurrentInjection(found, found.next_on)
