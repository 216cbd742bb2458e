"""Once a week the list of unusual access is made, and administrators are told where it is not empty."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction

from tracker import tenancy
from tracker.actions import administrators, audit, clinics
from tracker.content.mails import UNUSUAL_WEEK
from tracker.models import AuditEvent, Clinic
from tracker.queries.audit_reviews import REVIEW, subject_of
from tracker.queries.unusual_access import Week, findings, last_week

log = logging.getLogger(__name__)


def review_weeks(*, now: datetime) -> int:
    """Review the last whole week of every clinic, once. Returns how many clinics had findings.

    Asked often, it does it once a week: the event of the last time says so. What was found is not stored: the
    page makes the same list from the same events.
    """
    return sum(_review_clinic(clinic_id, now) for clinic_id in clinics.every())


def _review_clinic(clinic_id: int, now: datetime) -> bool:
    with tenancy.clinic(clinic_id):
        clinic = Clinic.objects.get(pk=clinic_id)
        week = last_week(clinic=clinic, now=now)
        if clinic.made_at >= week.until or _is_done(week):
            return False
        found = len(findings(clinic=clinic, week=week))
        with transaction.atomic():
            Clinic.objects.select_for_update().get(pk=clinic_id)
            if _is_done(week):  # another worker was faster
                return False
            audit.record(
                by=None, clinic_id=clinic_id, action=REVIEW, now=now, subject=subject_of(week), findings=found
            )
            if found:
                administrators.tell(
                    clinic_id=clinic_id, key=subject_of(week), letter=UNUSUAL_WEEK["en"], now=now
                )
    log.info("Clinic %s: %s findings in the week of %s", clinic_id, found, week.monday)
    return bool(found)


def _is_done(week: Week) -> bool:
    return AuditEvent.objects.filter(
        actor=audit.actor_name(None), at__gte=week.until, action=REVIEW, subject=subject_of(week)
    ).exists()
