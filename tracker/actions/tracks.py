"""The proof that tracks say what the diary says, and their repair."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tracker import tenancy
from tracker.actions import assessments, clinics
from tracker.models import Patient, Track, statements


def check(*, repair: bool, now: datetime) -> tuple[int, list[int]]:
    """Compare every track with one built anew; how many there are, and the injections that differ.

    Without `repair` each patient's transaction is rolled back, so that nothing changes.
    """
    count, wrong = 0, list[int]()
    for clinic_id in clinics.every():
        with tenancy.clinic(clinic_id):
            for pk in list(Patient.objects.order_by("pk").values_list("pk", flat=True)):
                wrong += _differing(pk, repair=repair, now=now)
            count += Track.objects.count()
    return count, wrong


def _differing(patient_id: int, *, repair: bool, now: datetime) -> list[int]:
    with transaction.atomic():
        statements.lock(patient_id=patient_id)
        patient = Patient.objects.get(pk=patient_id)
        before = _contents(patient)
        assessments.rebuild(patient=patient, now=now)
        differing = [pk for pk, content in _contents(patient).items() if before.get(pk) != content]
        transaction.set_rollback(not (repair and differing))
    return differing


def _contents(patient: Patient) -> dict[int, tuple[object, ...]]:
    rows = Track.objects.filter(injection__patient=patient)
    return {
        pk: (bytes(codes), bytes(provenance), before, after, rescue)
        for pk, codes, provenance, before, after, rescue in rows.values_list(
            "pk", "codes", "provenance", "before", "after", "rescue"
        )
    }
