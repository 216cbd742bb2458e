"""A clinic words a sentence itself, or takes its wording back. What was said before stays on record."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction

from tracker.access import Membership, check_may
from tracker.actions import audit
from tracker.content.editable import checked
from tracker.domain.roles import Permission
from tracker.models import Clinic, ClinicText


def write(*, by: Membership, language: str, name: str, text: str, now: datetime) -> ClinicText:
    """Let a sentence stand as worded; empty: as shipped. Raises InvalidWording and NotEditable."""
    check_may(by, Permission.EDIT_PROTOCOLS)
    text = checked(name, language, text)
    with transaction.atomic():
        written = ClinicText.objects.create(
            clinic_id=by.clinic_id, language=language, name=name, text=text, written_by=by, written_at=now
        )
        # Another version: whatever is kept of the clinic's wording is looked up anew.
        Clinic.objects.filter(pk=by.clinic_id).update(texts_version=uuid.uuid4())
        audit.record(
            by=by, clinic_id=by.clinic_id, action="text.write", now=now, subject=f"text:{written.pk}"
        )
    return written
