"""Mails that are owed: put down with their cause in one transaction, sent by a worker, until they are out."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from enum import Enum, auto

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from tracker import tenancy
from tracker.actions import clinics
from tracker.content.mails import Letter
from tracker.gateways.mail import Mail, NotSent, send
from tracker.models import OutgoingMail

log = logging.getLogger(__name__)

PATIENCE = {"code": timedelta(minutes=30), "alert": timedelta(days=30)}
"""How long after it was due a mail is tried, by the first word of its key: an old code is of no use, and of a
danger that nobody may have seen yet people hear however late."""

USUAL_PATIENCE = timedelta(days=3)

SWEEP_SIZE = 20
LEASE = timedelta(minutes=5)
"""Longer than a whole sweep with a mail server that takes 10 seconds (its timeout) for every mail."""

LOST_LEASES = 3
"""A mail that took its worker down this often is the cause."""

SHORTEST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=5)


def put(*, clinic_id: int, patient_id: int | None, key: str, to: str, letter: Letter, now: datetime) -> None:
    """Owe somebody a mail. `key` names its cause, such as code:17: the same mail is owed once.

    Call it in the transaction of the cause: both happen, or neither. Erased with the patient it is about.
    """
    OutgoingMail.objects.get_or_create(
        clinic_id=clinic_id,
        key=key,
        defaults={
            "patient_id": patient_id,
            "recipient": to,
            "subject": letter.subject,
            "body": letter.body,
            "made_at": now,
            "due_at": now,
        },
    )


class _Outcome(Enum):
    SENT = auto()
    FAILED = auto()
    SERVER_BUSY = auto()


def deliver_due(*, now: datetime) -> int:
    """Send what is owed. Returns how many mails went out.

    A sweep over rows with leases. A worker that dies between sending and noting it sends the same message
    again later, under the same Message-ID. Where the mail server takes nothing just now, the sweep ends.
    """
    outcomes: list[_Outcome] = []
    for clinic_id in clinics.every():
        if not _prepare(clinic_id, now):
            continue
        while mail_id := _claim(clinic_id, now):
            outcomes.append(_deliver(mail_id, clinic_id, now))
            if len(outcomes) == SWEEP_SIZE or outcomes[-1] is _Outcome.SERVER_BUSY:
                return outcomes.count(_Outcome.SENT)
    return outcomes.count(_Outcome.SENT)


def _prepare(clinic_id: int, now: datetime) -> bool:
    """Whether anything is owed; what need not be tried again is let go. Nearly always nothing is written."""
    with tenancy.clinic(clinic_id):
        if not _owed(now).exists():
            return False
        _give_up(clinic_id, now)
        return True


def _owed(now: datetime) -> QuerySet[OutgoingMail]:
    """What may be sent now, and nobody is sending."""
    is_free = Q(leased_until=None) | Q(leased_until__lte=now)
    return OutgoingMail.objects.filter(is_free, sent_at=None, given_up_at=None, due_at__lte=now)


def _give_up(clinic_id: int, now: datetime) -> None:
    """Let go what is too old, and what took its workers down."""
    too_old = ~_is_of(*PATIENCE) & Q(due_at__lte=now - USUAL_PATIENCE)
    for kind, patience in PATIENCE.items():
        too_old |= _is_of(kind) & Q(due_at__lte=now - patience)
    for mail_id in _owed(now).filter(too_old | Q(attempts__gte=LOST_LEASES)).values_list("pk", flat=True):
        log.error("Mail %s of clinic %s is given up", mail_id, clinic_id)
        _close(mail_id, given_up_at=now)


def _is_of(*kinds: str) -> Q:
    return Q(*[Q(key__startswith=f"{kind}:") for kind in kinds], _connector=Q.OR)


def _claim(clinic_id: int, now: datetime) -> int | None:
    """Lease the next mail, one that never failed before those that did; each lease is an attempt."""
    with tenancy.clinic(clinic_id), transaction.atomic():
        owed = _owed(now)
        if connection.features.has_select_for_update_skip_locked:
            owed = owed.select_for_update(skip_locked=True)
        in_order = owed.order_by(F("first_failed_at").asc(nulls_first=True), "due_at", "pk")
        mail_id = in_order.values_list("pk", flat=True).first()
        OutgoingMail.objects.filter(pk=mail_id).update(attempts=F("attempts") + 1, leased_until=now + LEASE)
    return mail_id


def _deliver(mail_id: int, clinic_id: int, now: datetime) -> _Outcome:
    """Send one, outside of any transaction. What breaks in another way than NotSent keeps its lease."""
    try:
        send(_read(mail_id, clinic_id))
    except NotSent as refused:
        log.warning("Mail %s of clinic %s: %s", mail_id, clinic_id, refused)
        with tenancy.clinic(clinic_id):
            if not refused.temporary:
                _close(mail_id, given_up_at=now)
                return _Outcome.FAILED
            _put_off(mail_id, now)
            return _Outcome.SERVER_BUSY
    except Exception:
        log.exception("Mail %s of clinic %s cannot be sent", mail_id, clinic_id)
        return _Outcome.FAILED
    with tenancy.clinic(clinic_id):
        _close(mail_id, sent_at=now)
    return _Outcome.SENT


def _read(mail_id: int, clinic_id: int) -> Mail:
    with tenancy.clinic(clinic_id):
        row = OutgoingMail.objects.get(pk=mail_id)
    return Mail(to=row.recipient, subject=row.subject, body=row.body, key=f"{clinic_id}:{row.key}")


def _close(mail_id: int, **ended: datetime) -> None:
    """Done with it, one way or the other: whom it was for and what it said need not be kept."""
    OutgoingMail.objects.filter(pk=mail_id).update(recipient="", body="", leased_until=None, **ended)


def _put_off(mail_id: int, now: datetime) -> None:
    """Try again after half the time that it has been failing. It was answered: no lease was lost."""
    mail = OutgoingMail.objects.only("first_failed_at").get(pk=mail_id)
    failing_for = now - (mail.first_failed_at or now)
    pause = min(max(failing_for / 2, SHORTEST_PAUSE), LONGEST_PAUSE)
    OutgoingMail.objects.filter(pk=mail_id).update(
        attempts=0, leased_until=now + pause, first_failed_at=Coalesce("first_failed_at", now)
    )
