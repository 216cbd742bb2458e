"""Saving an entry as a DRF tutorial would: a ModelSerializer and update_or_create."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.actions import assessments, audit
from tracker.api.audiences import DeviceView
from tracker.domain.track import Source, Timing
from tracker.models import Device, DiaryDay, DiaryEntry


class NaiveSerializer(serializers.ModelSerializer):
    class Meta:
        model = DiaryEntry
        fields = ["id", "client_id", "describes_on", "pain", "soreness", "entered_at", "replaces"]

    def create(self, validated: dict[str, Any]) -> DiaryEntry:
        key = {name: validated.pop(name) for name in ("patient", "client_id")}
        entry, _ = DiaryEntry.objects.update_or_create(**key, defaults=validated)
        return entry


class NaiveRows(DeviceView):
    """Stores the entry and nothing else: no day, no track, no assessment, no audit."""

    def post(self, request: Request) -> Response:
        device, now = request.auth, timezone.now()
        serializer = NaiveSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        with transaction.atomic():
            serializer.save(
                clinic=device.patient.clinic,
                patient=device.patient,
                device=device,
                received_at=now,
                corrected_at=now,
                timing=Timing.LIVE,
                source=Source.PATIENT,
            )
            self.follow_up(device, serializer.instance)
        return Response(serializer.data, status=201)

    def follow_up(self, device: Device, entry: DiaryEntry) -> None:
        """Nothing here."""


class NaiveEntries(NaiveRows):
    """Stores what the product stores, the plain way: the diary is read again for every entry."""

    def follow_up(self, device: Device, entry: DiaryEntry) -> None:
        patient, now = device.patient, entry.received_at
        DiaryDay.objects.update_or_create(
            patient=patient,
            describes_on=entry.describes_on,
            defaults={"clinic": patient.clinic, "current": entry, "scored_pain": entry},
        )
        assessments.rebuild(patient=patient, now=now)
        audit.record(
            by=device, clinic_id=patient.clinic_id, action="diary.record", now=now, patient_id=patient.pk
        )
