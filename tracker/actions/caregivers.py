"""Persons who help a patient: named by the patient, or by staff who say why; ended at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils.translation import gettext

from tracker.access import Actor, check_may, check_stepped_up
from tracker.actions import audit, devices, invitations
from tracker.domain.caregivers import Appointment, ConsentBy, problems
from tracker.domain.roles import Permission
from tracker.domain.study_days import local_today
from tracker.domain.zones import zone_of
from tracker.models import Caregiver, Device, Patient, statements

MOST = 5
"""Caregivers of one patient at a time: more than this is a mistake, or a phone in wrong hands."""


def name_one(*, by: Actor, patient: Patient, wanted: Appointment, now: datetime) -> Caregiver:
    """Agree that somebody helps a patient. They still need an invitation (actions.invitations).

    Who acts is who agrees: the patient on their own phone, or staff, who say why. Raises ValidationError,
    and StepUpNeeded for the patient's phone.
    """
    check_may(by, _permission(by), on=patient)
    check_stepped_up(by, now=now)
    own = isinstance(by, Device)
    wanted = replace(
        wanted,
        consent_by=ConsentBy.PATIENT if own else ConsentBy.STAFF,
        consent_reason="" if own else wanted.consent_reason.strip(),
    )
    if found := problems(wanted, today=local_today(now, zone=zone_of(patient.time_zone))):
        raise ValidationError({field: gettext(problem) for field, problem in found.items()})
    with transaction.atomic():
        statements.lock(patient_id=patient.pk)
        if Caregiver.objects.filter(patient=patient, ended_at=None).count() >= MOST:
            raise ValidationError(
                {
                    NON_FIELD_ERRORS: gettext("{most} helpers are the most. End one of them first.").format(
                        most=MOST
                    )
                }
            )
        caregiver = _make(patient, wanted, consent_by=audit.actor_name(by), now=now)
        _record(by, caregiver, "caregiver.add", now, may=_words(wanted))
    return caregiver


def end(*, by: Actor, caregiver: Caregiver, now: datetime) -> None:
    """From now on the caregiver's phones and codes open nothing. What they entered stays."""
    check_may(by, _permission(by), on=caregiver)
    with transaction.atomic():
        statements.lock(patient_id=caregiver.patient_id)
        Caregiver.objects.filter(pk=caregiver.pk, ended_at=None).update(ended_at=now)
        invitations.void_open(patient_id=caregiver.patient_id, caregiver=caregiver, reason="ended", now=now)
        ended = devices.close(Device.objects.filter(caregiver=caregiver), ended_by=by, now=now)
        _record(by, caregiver, "caregiver.end", now, phones=ended)


def _permission(by: Actor) -> Permission:
    return Permission.MANAGE_OWN_ACCESS if isinstance(by, Device) else Permission.MANAGE_CAREGIVERS


def _make(patient: Patient, wanted: Appointment, *, consent_by: str, now: datetime) -> Caregiver:
    caregiver = Caregiver(
        clinic_id=patient.clinic_id,
        patient=patient,
        name=wanted.name.strip(),
        relation=wanted.relation.strip(),
        may_log=wanted.scope.may_log,
        may_read=wanted.scope.may_read,
        gets_alerts=wanted.scope.gets_alerts,
        from_on=wanted.span.from_on,
        to_on=wanted.span.to_on,
        consent_by=consent_by,
        consent_reason=wanted.consent_reason,
        made_at=now,
    )
    caregiver.full_clean()
    caregiver.save()
    return caregiver


def _words(wanted: Appointment) -> list[str]:
    scope = {"log": wanted.scope.may_log, "read": wanted.scope.may_read, "alerts": wanted.scope.gets_alerts}
    return [word for word, is_included in scope.items() if is_included]


def _record(by: Actor, caregiver: Caregiver, action: str, now: datetime, **detail: Any) -> None:
    audit.record(
        by=by,
        clinic_id=caregiver.clinic_id,
        action=action,
        now=now,
        patient_id=caregiver.patient_id,
        subject=f"caregiver:{caregiver.pk}",
        **detail,
    )
