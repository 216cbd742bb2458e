"""The proof that tracks say what the diary says, and their repair."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tracker.actions import assessments
from tracker.models import Patient, Track, statements


def check(*, repair: bool, now: datetime) -> tuple[int, list[int]]:
    """Compare every track with one built anew; how many there are, and the injections that differ.

    Without `repair` each patient's transaction is rolled back, so that nothing changes.
    """
    wrong: list[int] = []
    for pk in list(Patient.objects.order_by("pk").values_list("pk", flat=True)):
        with transaction.atomic():
            statements.lock(patient_id=pk)
            patient = Patient.objects.get(pk=pk)
            before = _contents(patient)
            assessments.rebuild(patient=patient, now=now)
            differing = [pk for pk, content in _contents(patient).items() if before.get(pk) != content]
            transaction.set_rollback(not (repair and differing))
        wrong += differing
    return Track.objects.count(), wrong


def _contents(patient: Patient) -> dict[int, tuple[object, ...]]:
    rows = Track.objects.filter(injection__patient=patient)
    return {
        pk: (bytes(codes), bytes(provenance), before, after)
        for pk, codes, provenance, before, after in rows.values_list(
            "pk", "codes", "provenance", "before", "after"
        )
    }
