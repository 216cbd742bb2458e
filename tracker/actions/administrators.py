"""Telling a clinic's administrators by mail that something waits for them; what it is, they see signed in."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from tracker.actions import outbox
from tracker.content.mails import Letter
from tracker.domain.roles import Role
from tracker.models import Membership


def tell(*, clinic_id: int, key: str, letter: Letter, now: datetime) -> None:
    """Owe each of them the letter, once for a `key`. Call it in the transaction of the cause."""
    if not settings.MAIL_IS_ON:
        return
    those = Membership.objects.filter(clinic_id=clinic_id, role=Role.ADMINISTRATOR, is_active=True)
    for member in those.select_related("user").order_by("pk"):
        outbox.put(
            clinic_id=clinic_id,
            patient_id=None,
            key=f"{key}:{member.pk}",
            to=member.user.email,
            letter=letter,
            now=now,
        )
