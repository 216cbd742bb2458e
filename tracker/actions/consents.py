"""Consent: which text somebody agreed to. Before it nothing is recorded (tracker.access)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from tracker.access import Actor, Device, check_may
from tracker.actions import audit
from tracker.domain.consent import CURRENT
from tracker.domain.roles import Permission
from tracker.models import Consent, Patient, statements


class Outdated(ValueError):
    """Another text than the one that counts today was on the page."""

    def __init__(self) -> None:
        super().__init__(gettext("This text has changed in the meantime. Please read it again."))


def give(*, by: Actor, patient: Patient, version: str, language: str, now: datetime) -> None:
    """The patient agrees, on their phone, or on paper as staff saw. Raises Outdated.

    `language` is that of the text they read. Who took part before and comes back takes part again.
    """
    own = isinstance(by, Device)
    check_may(by, Permission.MANAGE_OWN_ACCESS if own else Permission.EDIT_PATIENTS, on=patient)
    if version != CURRENT:
        raise Outdated
    with transaction.atomic():
        statements.lock(patient_id=patient.pk)
        Consent.objects.create(
            clinic_id=patient.clinic_id,
            patient=patient,
            device=by if isinstance(by, Device) else None,
            version=version,
            language=language,
            given_at=now,
        )
        Patient.objects.filter(pk=patient.pk).update(consent_version=version, withdrawn_at=None)
        audit.record(
            by=by,
            clinic_id=patient.clinic_id,
            action="consent.give",
            now=now,
            patient_id=patient.pk,
            version=version,
        )
