"""Keeping to the periods: once a day, what need not be kept any longer goes (docs/data-protection.md)."""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from tracker import tenancy
from tracker.actions import audit, clinics, erasure
from tracker.domain.retention import NOTICE, announced_for
from tracker.domain.study_days import local_today
from tracker.domain.zones import zone_of
from tracker.models import (
    AuditEvent,
    ChartPicture,
    Clinic,
    Confirmation,
    Consent,
    Device,
    DiaryEntry,
    Invitation,
    OutgoingMail,
    Patient,
    PushSubscription,
    Reminder,
    StaffInvitation,
)
from tracker.queries.retention import last_activity

log = logging.getLogger(__name__)

EVENT = "clinic.keep_to_periods"
MAIL_DAYS, CODE_DAYS, REMINDER_DAYS, PICTURE_DAYS, PHONE_DAYS = 7, 30, 30, 90, 365
"""How long what is over is kept: mails that are out, codes and invitations, reminders, pictures, phones."""


def keep_to_periods(*, now: datetime) -> int:
    """The day's work for every clinic whose day has begun. Returns how many records were erased.

    Asked often, it does it once a day: the event of the last time says so. Killed half-way, it goes on.
    """
    return sum(_keep_clinic(clinic_id, now) for clinic_id in clinics.every())


def _keep_clinic(clinic_id: int, now: datetime) -> int:
    with tenancy.clinic(clinic_id):
        clinic = Clinic.objects.get(pk=clinic_id)
        today = local_today(now, zone=zone_of(clinic.time_zone))
        if _is_done(clinic, today):
            return 0
        announced = _announce(clinic, today=today, now=now)
        due = list(Patient.objects.filter(erase_on__lte=today).order_by("pk").values_list("pk", flat=True))
    erased = sum(_erase(clinic_id, patient_id, now) for patient_id in due)
    with tenancy.clinic(clinic_id), transaction.atomic():
        tidied: dict[str, Any] = {name: rows.delete()[0] for name, rows in _over(now).items()}
        audit.record(
            by=None, clinic_id=clinic_id, action=EVENT, now=now, announced=announced, erased=erased, **tidied
        )
    return erased


def _is_done(clinic: Clinic, today: date) -> bool:
    midnight = datetime.combine(today, time.min, tzinfo=zone_of(clinic.time_zone))
    return AuditEvent.objects.filter(clinic=clinic, actor="system", at__gte=midnight, action=EVENT).exists()


def _announce(clinic: Clinic, *, today: date, now: datetime) -> int:
    """Say which records are to be erased and when, and take it back of those that were used again."""
    # No record is older than its enrolment, and no year is shorter than 365 days.
    since = now + NOTICE - timedelta(days=365 * clinic.keep_years)
    near = Patient.objects.filter(Q(erase_on__isnull=False) | Q(enrolled_at__lte=since))
    last, changed = last_activity(near), []
    for patient in near.only("clinic", "erase_on"):
        before = patient.erase_on
        patient.erase_on = announced_for(
            before, last_activity_on=last[patient.pk], keep_years=clinic.keep_years, today=today
        )
        if patient.erase_on != before:
            changed.append(patient)
    Patient.objects.bulk_update(changed, ["erase_on"], batch_size=500)
    return sum(patient.erase_on is not None for patient in changed)


def _erase(clinic_id: int, patient_id: int, now: datetime) -> bool:
    """One record in a transaction of its own. One that cannot be erased stops no other; tomorrow is next."""
    try:
        with tenancy.clinic(clinic_id):
            return erasure.erase_due(patient_id=patient_id, now=now)
    except Exception:
        log.exception("Record %s of clinic %s cannot be erased", patient_id, clinic_id)
        return False


def _over(now: datetime) -> dict[str, QuerySet]:
    """What has been over long enough, by the name under which it is counted."""
    mail, code, reminder, picture = (
        now - timedelta(days=days) for days in (MAIL_DAYS, CODE_DAYS, REMINDER_DAYS, PICTURE_DAYS)
    )
    closed = Q(redeemed_at__lt=code) | Q(voided_at__lt=code) | Q(expires_at__lt=code)
    return {
        "mails": OutgoingMail.objects.filter(Q(sent_at__lt=mail) | Q(given_up_at__lt=mail)),
        "confirmations": Confirmation.objects.filter(expires_at__lt=code),
        "invitations": Invitation.objects.filter(closed),
        "staff_invitations": StaffInvitation.objects.filter(closed),
        "reminders": Reminder.objects.filter(day__lt=reminder.date()),
        "notifications": PushSubscription.objects.filter(device__expires_at__lt=reminder),
        "pictures": ChartPicture.objects.filter(asked_at__lt=picture),
        "phones": _phones(now - timedelta(days=PHONE_DAYS)),
    }


def _phones(since: datetime) -> QuerySet:
    """Phones that ended long ago, but those that something rests on.

    Who entered a day stays known with the day, and the phone that was used last says when the record was.
    """
    phones = Device.objects.annotate(used_at=Coalesce("last_seen_at", "made_at"))
    own = {
        "patient": OuterRef("patient"),
        "device": OuterRef("pk"),
    }  # found by patient: quicker than by device
    later = phones.filter(patient=OuterRef("patient"), used_at__gt=OuterRef("used_at"))
    return phones.filter(
        Q(ended_at__lt=since) | Q(expires_at__lt=since),
        Exists(later),
        ~Exists(DiaryEntry.objects.filter(**own)),
        ~Exists(Consent.objects.filter(**own)),
    )
