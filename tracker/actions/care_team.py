"""Restricted records: who looks after a patient, and how somebody else gets in when it has to be."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from tracker.access import check_may, is_open_to
from tracker.actions import administrators, audit
from tracker.content.mails import OPENED_IN_EMERGENCY
from tracker.domain.roles import Permission, Role
from tracker.models import BreakGlass, CareTeamMember, Membership, Patient, statements

EMERGENCY_LASTS = timedelta(hours=4)
"""A shift's half: long enough for an emergency, too short to become a habit."""

LONGEST_REASON = 500


def arrange(
    *, by: Membership, patient: Patient, is_restricted: bool, team: Collection[int], now: datetime
) -> None:
    """Say who may open a record: all staff, or the memberships in `team` only. Raises ValidationError."""
    check_may(by, Permission.RESTRICT_PATIENTS, on=patient)
    colleagues = Membership.objects.filter(clinic_id=by.clinic_id, is_active=True, pk__in=team)
    colleagues = colleagues.exclude(role=Role.AUDITOR)
    wanted = set(colleagues.values_list("pk", flat=True))
    if is_restricted and not wanted:
        raise ValidationError({"team": "Name at least one person who looks after this patient."})
    with transaction.atomic():
        statements.lock(patient_id=patient.pk)
        mine = CareTeamMember.objects.filter(patient=patient)
        before = set(mine.values_list("membership_id", flat=True))
        mine.exclude(membership_id__in=wanted).delete()
        CareTeamMember.objects.bulk_create(
            CareTeamMember(clinic_id=patient.clinic_id, patient=patient, membership_id=member)
            for member in sorted(wanted - before)
        )
        Patient.objects.filter(pk=patient.pk).update(is_restricted=is_restricted)
        audit.record(
            by=by,
            clinic_id=patient.clinic_id,
            action="care_team.arrange",
            now=now,
            patient_id=patient.pk,
            is_restricted=is_restricted,
            added=sorted(wanted - before),
            removed=sorted(before - wanted),
        )


def open_in_emergency(*, by: Membership, patient: Patient, reason: str, now: datetime) -> BreakGlass:
    """Let somebody outside the care team in for four hours, and tell administrators.

    Raises ValidationError.
    """
    check_may(by, Permission.BREAK_GLASS, on=patient)
    if is_open_to(by, patient):
        raise ValidationError("This record is open to you already.")
    reason = reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise ValidationError({"reason": f"Say why, in 1 to {LONGEST_REASON} characters."})
    with transaction.atomic():
        opened = BreakGlass.objects.create(
            clinic_id=by.clinic_id,
            patient=patient,
            membership=by,
            reason=reason,
            at=now,
            until=now + EMERGENCY_LASTS,
        )
        audit.record(
            by=by,
            clinic_id=by.clinic_id,
            action="glass.break",
            now=now,
            patient_id=patient.pk,
            subject=f"glass:{opened.pk}",
        )
        administrators.tell(
            clinic_id=by.clinic_id, key=f"glass:{opened.pk}", letter=OPENED_IN_EMERGENCY["en"], now=now
        )
    return opened
