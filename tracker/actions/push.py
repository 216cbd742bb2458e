"""Which phones take reminders: the patient's own, as long as they are signed in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tracker.access import Device, NotAllowed, check_may
from tracker.actions import audit
from tracker.domain.roles import Permission
from tracker.gateways.push_service import check_subscription
from tracker.models import PushSubscription


def subscribe(*, by: Device, endpoint: str, p256dh: str, auth: str, origin: str, now: datetime) -> None:
    """From now on this phone takes reminders, in place of where it took them before.

    `origin` is our own address as the phone knows it. Raises NotAllowed, also on a phone that is somebody
    else's, and NotASubscription.
    """
    check_may(by, Permission.MANAGE_OWN_ACCESS)
    if by.is_borrowed:
        raise NotAllowed(Permission.MANAGE_OWN_ACCESS)
    check_subscription(endpoint=endpoint, p256dh=p256dh, auth=auth)
    told = {"endpoint": endpoint, "p256dh": p256dh, "auth": auth, "origin": origin, "made_at": now}
    with transaction.atomic():
        PushSubscription.objects.update_or_create(
            device=by, defaults=told, create_defaults=told | {"clinic_id": by.clinic_id}
        )
        _record("push.subscribe", by, now)


def unsubscribe(*, by: Device, now: datetime) -> None:
    """This phone takes reminders no more."""
    check_may(by, Permission.MANAGE_OWN_ACCESS)
    with transaction.atomic():
        PushSubscription.objects.filter(device=by).delete()
        _record("push.unsubscribe", by, now)


def _record(action: str, by: Device, now: datetime) -> None:
    audit.record(
        by=by,
        clinic_id=by.clinic_id,
        action=action,
        now=now,
        patient_id=by.patient_id,
        subject=f"device:{by.pk}",
    )
