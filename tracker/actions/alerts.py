"""Alerts: a sign of danger that a patient named, or a call asked for, stands until it was seen to."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from tracker.access import Membership, check_may
from tracker.actions import audit, outbox
from tracker.content.languages import in_language
from tracker.content.mails import LOOK_AT_ONCE
from tracker.domain.attention import Level
from tracker.domain.forms import Answer, level_of
from tracker.domain.roles import Permission
from tracker.models import Alert, Patient, Response, statements

LONGEST_NOTE = 500


def raise_for(*, response: Response, answer: Answer, now: datetime) -> None:
    """Put down what an answer asks of the clinic. Call it in the answer's transaction."""
    level = level_of(answer)
    if level is not Level.NONE:
        raise_at(level, response=response, now=now)


def raise_at(level: Level, *, response: Response, now: datetime) -> None:
    """Put down an answer that somebody of the clinic has to see."""
    alert = Alert.objects.create(
        clinic_id=response.clinic_id,
        patient=response.patient,
        response=response,
        level=level,
        raised_at=now,
    )
    if level is Level.RED:
        _say_at_once(alert, now)
    patient = response.patient
    patient.alert_level = max(patient.alert_level, level)
    if level.is_danger:
        patient.alerted_on = max(filter(None, (patient.alerted_on, response.describes_on)))
    patient.save(update_fields=["alert_level", "alerted_on"])


def _say_at_once(alert: Alert, now: datetime) -> None:
    """By mail, where the clinic has an address for it."""
    address = alert.patient.clinic.alert_email
    if address:
        letter = in_language(LOOK_AT_ONCE, "en")
        outbox.put(
            clinic_id=alert.clinic_id,
            patient_id=alert.patient_id,
            key=f"alert:{alert.pk}",
            to=address,
            letter=letter,
            now=now,
        )


def handle(*, by: Membership, patient: Patient, up_to: int, note: str, now: datetime) -> int:
    """Say that the open alerts up to that id were seen to, in a few words. Returns how many there were.

    One that comes in while somebody is on the phone stays open: the page that was looked at did not show it.
    """
    check_may(by, Permission.EDIT_PATIENTS, on=patient)
    with transaction.atomic():
        statements.lock(patient_id=patient.pk)
        seen_to = Alert.objects.filter(patient=patient, handled_at=None, pk__lte=up_to)
        ids = list(seen_to.values_list("pk", flat=True))
        seen_to.update(handled_at=now, handled_by=by, note=note[:LONGEST_NOTE])
        left = Alert.objects.filter(patient=patient, handled_at=None).aggregate(level=Max("level"))["level"]
        Patient.objects.filter(pk=patient.pk).update(alert_level=left or Level.NONE)
        if ids:
            audit.record(
                by=by,
                clinic_id=patient.clinic_id,
                action="alert.handle",
                now=now,
                patient_id=patient.pk,
                alerts=ids,
            )
    return len(ids)
