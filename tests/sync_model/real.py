"""The product itself as the model's server: its address for outboxes, over its database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from unittest.mock import patch
from uuid import UUID

import time_machine
from django.conf import settings
from django.db import OperationalError, transaction
from django.test import Client

from tests.api.bodies import SYNC, post
from tests.cast import ClinicCast, make_device, make_patient
from tests.sync_model.machine import OWNERS
from tests.sync_model.servers import Server
from tests.sync_model.wire import Day, Person, Request, Result, Row
from tracker.domain.sync import Change, Verdict
from tracker.models import DiaryDay, DiaryEntry, Patient


@dataclass(frozen=True)
class Cast:
    """The patients by number, and each one's key on each of the phones."""

    patients: tuple[Patient, ...]
    clients: dict[tuple[int, Person], Client]

    def number_of(self, patient_id: int) -> Person:
        return next(number for number, patient in enumerate(self.patients) if patient.pk == patient_id)


def cast_of(our: ClinicCast) -> Cast:
    """Two patients of one clinic: no wall between clinics keeps their entries apart."""
    second = make_patient(our.clinic, given="Bo", family="Twin", number="harbour-2")
    patients = (our.patient, second)
    our.device.delete()
    keys = {
        (phone, person): make_device(patient, our.clinician)[1]
        for phone in range(len(OWNERS))
        for person, patient in enumerate(patients)
    }
    return Cast(patients, {key: _client(token) for key, token in keys.items()})


def _client(token: str) -> Client:
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = token
    return client


class Real(Server):
    """A backup is a savepoint of everything, and a restore goes back to it."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.start = transaction.savepoint()
        self.backups: list[str] = []

    def take(self, request: Request, *, at: datetime) -> list[Result] | None:
        with time_machine.travel(at, tick=False):
            answer = post(self.cast.clients[request.phone, request.bearer], SYNC, self._body(request))
        assert answer.status_code in (200, 503), answer.content
        return [_result(said) for said in answer.json()["results"]] if answer.status_code == 200 else None

    def crash(self, request: Request, *, at: datetime) -> list[Result] | None:
        """The database goes away after the entries were written and before the commit."""
        gone = OperationalError("the connection is closed")
        with patch("tracker.actions.diary.audit.record", side_effect=gone):
            self.take(request, at=at)

    def _body(self, request: Request) -> dict[str, object]:
        return {
            "owner": str(self.cast.patients[request.owner].public_id),
            "sent_at": request.sent_at.isoformat(),
            "changes": [_written(change) for change in request.changes],
        }

    def rows(self) -> list[Row]:
        found = DiaryEntry.objects.values_list("patient_id", "client_id", "describes_on", "pain")
        return [Row(self.cast.number_of(whose), *entry) for whose, *entry in found]

    def current(self) -> list[tuple[Day, UUID]]:
        found = DiaryDay.objects.values_list("patient_id", "describes_on", "current__client_id")
        return [((self.cast.number_of(whose), day), client_id) for whose, day, client_id in found]

    def back_up(self) -> None:
        self.backups.append(transaction.savepoint())

    def restore(self, number: int) -> None:
        transaction.savepoint_rollback(self.backups[number])
        del self.backups[number + 1 :]
        self.epoch += 1

    def close(self) -> None:
        transaction.savepoint_rollback(self.start)
        transaction.savepoint_commit(self.start)


def _written(change: Change) -> dict[str, object]:
    return {
        "client_id": str(change.client_id),
        "day": change.day.isoformat(),
        "pain": change.pain,
        "soreness": change.soreness,
        "entered_at": change.entered_at.isoformat(),
        "replaces": str(change.replaces) if change.replaces else None,
    }


def _result(said: dict) -> Result:
    current = UUID(said["current"]["client_id"]) if said["current"] else None
    return Result(UUID(said["client_id"]), Verdict(said["status"]), current)
