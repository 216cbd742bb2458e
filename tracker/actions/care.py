"""Writing down how an injection is prepared for and looked after."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.access import Actor, check_may
from tracker.actions import audit
from tracker.domain.care import CarePlan, is_high, problems
from tracker.domain.procedure import Status
from tracker.domain.roles import Permission
from tracker.models import CarePlan as Row
from tracker.models import Injection, Response, statements
from tracker.queries.care import FIGURES, MOMENTS, TEXTS, TYPED


def write(*, by: Actor, injection: Injection, plan: CarePlan, now: datetime) -> None:
    """Store the plan for the injection's present date; what was ticked stays. Raises ValidationError."""
    check_may(by, Permission.EDIT_INJECTIONS, on=injection)
    with transaction.atomic():
        statements.lock(patient_id=injection.patient_id)
        injection.refresh_from_db(fields=["injected_on"])
        if found := problems(plan, injected_on=injection.injected_on):
            raise ValidationError({field: [text] for field, text in found.items()})
        row = Row.objects.filter(injection=injection).first()
        new = _columns(plan, injection)
        changed = sorted(name for name, said in new.items() if row is None or getattr(row, name) != said)
        row = row or Row(clinic_id=injection.clinic_id, injection=injection)
        for name, said in new.items():
            setattr(row, name, said)
        row.written_at = now
        row.full_clean(validate_unique=False)
        row.save()
        audit.record(
            by=by,
            clinic_id=injection.clinic_id,
            action="care.write",
            now=now,
            patient_id=injection.patient_id,
            subject=f"injection:{injection.pk}",
            fields=changed,
        )


def is_sugar_high(response: Response) -> bool:
    """Whether a sugar value is above the limit that the clinic set for the injection before it."""
    injections = Injection.objects.filter(
        patient_id=response.patient_id, injected_on__lte=response.describes_on
    ).exclude(status=Status.CANCELLED)
    last = injections.select_related("care_plan").order_by("injected_on", "pk").last()
    row = getattr(last, "care_plan", None)
    if last is None or row is None or not row.is_diabetic:
        return False
    is_asked = (response.describes_on - last.injected_on).days <= row.sugar_days
    return is_asked and is_high(response.said["mg_dl"], limit=row.sugar_limit)


def _columns(plan: CarePlan, injection: Injection) -> dict[str, Any]:
    """Where there is no text there is none, so that the database can tell that a plan was agreed to."""
    said = {name: getattr(plan, name) for name in (*TYPED, *MOMENTS)}
    texts = {name: getattr(plan, name).strip() or None for name in TEXTS}
    figures = {name: asdict(plan.figures)[name] for name in FIGURES}
    return said | texts | figures | {"planned_for": injection.injected_on}
