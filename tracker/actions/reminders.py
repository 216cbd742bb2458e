"""Reminders that are due: claimed, sent outside of any transaction, marked. Once a day, whatever happens."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from tracker import tenancy
from tracker.actions import clinics
from tracker.content.languages import in_language
from tracker.content.reminders import TITLE
from tracker.gateways.push import Outcome, Push, Result, send
from tracker.gateways.push_service import is_on
from tracker.models import DiaryDay, PushSubscription, Reminder
from tracker.queries.reminders import PUSH, DueReminder, due_reminders, may_be_sent, subscriptions

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
"""Longer than all phones of a patient take, with a push service that lets each wait for its timeout."""

DIARY, PLAN = "/diary/", "/plan/?"
"""Of one length: a push service cannot read a message, but it sees how long one is."""

SWEEP_SIZE, MOST_FAILURES = 400, 20
"""Reminders a sweep: with services that answer, or that do not, it is over before the next one begins."""


@dataclass(frozen=True, slots=True)
class _Try:
    """A phone to try, as it was subscribed when it was read."""

    subscription_id: int
    made_at: datetime
    push: Push


def send_due(*, now: datetime) -> int:
    """Remind whoever's time it is. Returns how many patients were reminded.

    A worker that dies between sending and marking sends again under the same topic: on a phone the second
    replaces the first.
    """
    sent = failed = 0
    if not is_on():
        return 0
    for clinic_id in clinics.every():
        with tenancy.clinic(clinic_id):
            found = due_reminders(now=now)
        for one in found:
            if sent == SWEEP_SIZE or failed == MOST_FAILURES:
                return sent
            if (outcome := _remind(one, clinic_id, now)) is not None:
                sent, failed = sent + (outcome is Outcome.SENT), failed + (outcome is Outcome.LATER)
    return sent


def _remind(one: DueReminder, clinic_id: int, now: datetime) -> Outcome | None:
    """What became of it; None where somebody else has it. One that cannot be sent stops no other."""
    try:
        with tenancy.clinic(clinic_id), transaction.atomic():
            reminder_id = _claim(one, clinic_id, now)
            tries = _read(one, now) if reminder_id else []
        if reminder_id is None:
            return None
        results = [(attempt, send(attempt.push)) for attempt in tries]
        with tenancy.clinic(clinic_id), transaction.atomic():
            _forget(attempt for attempt, result in results if result.outcome is Outcome.GONE)
            return _mark(reminder_id, [result for _, result in results], now)
    except Exception:
        log.exception("Patient %s of clinic %s cannot be reminded", one.patient_id, clinic_id)
        return Outcome.LATER


def _claim(one: DueReminder, clinic_id: int, now: datetime) -> int | None:
    """Lease the one row of this day; None where it is sent, being sent, or of no use any more."""
    if (
        not one.of_plan
        and DiaryDay.objects.filter(patient_id=one.patient_id, describes_on=one.due.day).exists()
    ):
        return None  # logged since it was found
    row, is_new = Reminder.objects.get_or_create(
        patient_id=one.patient_id,
        day=one.due.day,
        channel=PUSH,
        defaults={"clinic_id": clinic_id, "leased_until": now + LEASE, "attempts": 1},
    )
    if is_new:
        return row.pk
    again = Reminder.objects.filter(may_be_sent(now=now), pk=row.pk)
    return row.pk if again.update(attempts=F("attempts") + 1, leased_until=now + LEASE) else None


def _read(one: DueReminder, now: datetime) -> list[_Try]:
    rows = subscriptions(now=now).filter(
        device__patient_id=one.patient_id, device__patient__withdrawn_at=None
    )
    return [
        _Try(
            subscription_id=row.pk,
            made_at=row.made_at,
            push=Push(
                endpoint=row.endpoint,
                p256dh=row.p256dh,
                auth=row.auth,
                title=in_language(TITLE, row.device.patient.language),
                navigate=f"{row.origin}{PLAN if one.of_plan else DIARY}",
                life=one.due.until - now,
            ),
        )
        for row in rows.select_related("device__patient").defer("device__patient__email").order_by("pk")
    ]


def _forget(gone: Iterable[_Try]) -> None:
    """Nobody is there any more; a phone that has subscribed anew meanwhile stays."""
    for one in gone:
        PushSubscription.objects.filter(pk=one.subscription_id, made_at=one.made_at).delete()


def _mark(reminder_id: int, results: list[Result], now: datetime) -> Outcome:
    """Sent where one phone took it. Else later where one may; else there is nobody to try today."""
    row, pauses = Reminder.objects.filter(pk=reminder_id), _pauses(results)
    if any(result.outcome is Outcome.SENT for result in results):
        row.update(sent_at=now, leased_until=None, attempts=0)
        return Outcome.SENT
    row.update(leased_until=now + min(pauses) if pauses else None, attempts=0)
    return Outcome.LATER if pauses else Outcome.GONE


def _pauses(results: list[Result]) -> list[timedelta]:
    return [result.pause for result in results if result.outcome is Outcome.LATER]
