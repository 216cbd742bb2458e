"""What the audit trail keeps about staff signing in: an event in each clinic that the person belongs to."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction

from tracker.actions import audit
from tracker.models import Membership, User
from tracker.queries import staff_sessions
from tracker.tenancy import clinic


class Event(StrEnum):
    SIGNED_IN = "sign_in.done"
    WRONG_PASSWORD = "sign_in.wrong_password"  # noqa: S105  (the name of an event)
    WRONG_FACTOR = "sign_in.wrong_factor"
    CONFIRMED = "sign_in.confirm"
    TIMED_OUT = "sign_in.time_out"
    SIGNED_OUT = "sign_in.end"
    OTHERS_ENDED = "sign_in.end_others"
    FACTOR_ADDED = "factor.add"
    FACTOR_REMOVED = "factor.remove"
    CODES_RENEWED = "factor.renew_codes"
    PASSWORD_CHANGED = "password.change"  # noqa: S105  (the name of an event)


UNPROVEN = {Event.WRONG_PASSWORD, Event.WRONG_FACTOR, Event.TIMED_OUT}
"""What somebody or something else did to an account: its owner is the subject, and not the actor."""

REFUSED = {Event.WRONG_PASSWORD, Event.WRONG_FACTOR}


@transaction.atomic
def record(*, user_id: int, event: Event, now: datetime, **detail: Any) -> None:
    """Write down what happened to an account, for each clinic of its owner; for none, nothing."""
    memberships = Membership.objects.filter(user_id=user_id, is_active=True).order_by("clinic_id")
    for member in memberships:
        with clinic(member.clinic_id):
            audit.record(
                by=None if event in UNPROVEN else member,
                clinic_id=member.clinic_id,
                action=event,
                now=now,
                subject=f"staff:{member.pk}",
                outcome="refused" if event in REFUSED else "done",
                **detail,
            )


def record_wrong_password(*, email: str, now: datetime) -> None:
    """Somebody typed a wrong password for this address; one that nobody has leaves no event."""
    user = User.objects.filter(email=email.lower()).only("pk").first()
    if user is not None:
        record(user_id=user.pk, event=Event.WRONG_PASSWORD, now=now)


def end_sessions(*, user_id: int, kept: str | None = None, now: datetime) -> int:
    """End every session of a person, but the one with the key `kept`; how many there were."""
    keys = [one.key for one in staff_sessions.of(user_id=user_id, now=now) if one.key != kept]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


@transaction.atomic
def end_others(*, user_id: int, kept: str | None, now: datetime) -> int:
    """Sign a person out everywhere but in one session, as they asked for."""
    ended = end_sessions(user_id=user_id, kept=kept, now=now)
    record(user_id=user_id, event=Event.OTHERS_ENDED, now=now, sessions=ended)
    return ended
