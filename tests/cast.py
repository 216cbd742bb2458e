"""The people every test meets: two clinics, their staff, their patients and the phones."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from tests.factors import enrolled
from tests.scopes import inside
from tracker.access import Actor
from tracker.actions import clinics, devices, diary, injections, invitations, readings, responses
from tracker.actions.responses import FormChange
from tracker.domain.consent import CURRENT
from tracker.domain.procedure import Status
from tracker.domain.roles import Role
from tracker.domain.sync import Change
from tracker.domain.track import Source
from tracker.models import Caregiver, Clinic, Device, Injection, Membership, Patient, User

NOW = datetime(2026, 5, 20, 19, 30, tzinfo=UTC)
"""A Wednesday evening. Tests that need another moment say so."""

TODAY = NOW.date()
PASSWORD = "a long enough password"


def injection_record(**changes: object) -> injections.InjectionRecord:
    """A performed cervical injection ten days ago."""
    record: dict[str, object] = {
        "status": Status.PERFORMED,
        "injected_on": TODAY - timedelta(days=10),
        "region": "cervical",
        "level": "C7-T1",
        "side": "midline",
        "approach": "interlaminar",
        "intent": "therapeutic",
        "guidance": "fluoroscopy",
        "contrast": True,
        "anaesthetic": "lidocaine 1 %, 2 ml",
        "indication": "M54.12",
        "operator": "Dr Vale",
    }
    return injections.InjectionRecord(**(record | changes))


def change(day: date, pain: int | None, soreness: int | None = None, **more: object) -> Change:
    """One diary change, entered in the evening of the day it describes unless `entered_at` says else."""
    evening = datetime(day.year, day.month, day.day, 19, tzinfo=UTC)
    fields: dict[str, object] = {"client_id": uuid.uuid4(), "entered_at": evening, "replaces": None}
    return Change(day=day, pain=pain, soreness=soreness, **(fields | more))


def form_change(form: str, day: date, *, part: str = "", **said: object) -> FormChange:
    """One answered form, entered in the evening of its day."""
    evening = datetime(day.year, day.month, day.day, 19, tzinfo=UTC)
    return FormChange(uuid.uuid4(), form, day, dict(said), evening, part)


@dataclass
class ClinicCast:
    """One clinic with its staff, one patient ten days after an injection, and that patient's phone."""

    clinic: Clinic
    staff: dict[Role, Membership]
    patient: Patient
    injection: Injection
    device: Device
    device_token: str

    @property
    def clinician(self) -> Membership:
        return self.staff[Role.CLINICIAN]

    def log(
        self, scores: dict[int, int], *, soreness: dict[int, int] | None = None, by: Actor | None = None
    ) -> None:
        """Log scores by study day, each on its own evening."""
        changes = [
            change(self.injection.injected_on + timedelta(days=day), pain, (soreness or {}).get(day))
            for day, pain in scores.items()
        ]
        diary.record(by=by or self.device, patient=self.patient, changes=changes, now=NOW)
        self.injection = Injection.objects.select_related("track", "assessment").get(pk=self.injection.pk)

    def answer(self, form: str, day: int, *, part: str = "", by: Actor | None = None, **said: object) -> None:
        """Answer a form on a study day, in its evening."""
        responses.record(
            by=by or self.device,
            patient=self.patient,
            changes=[form_change(form, self.injection.injected_on + timedelta(days=day), part=part, **said)],
            now=NOW,
        )
        self.patient.refresh_from_db()

    def read(self, *readings_of_day_0: tuple[int | None, int]) -> None:
        """Record "right now" scores as told to the clinician: (minutes after, None for before; score)."""
        for minutes, pain in readings_of_day_0:
            readings.record(
                by=self.clinician,
                injection=self.injection,
                minutes=minutes,
                pain=pain,
                now=NOW,
                source=Source.STAFF,
            )


def make_staff(clinic: Clinic, role: Role, *, word: str) -> Membership:
    user = User.objects.create_user(
        email=f"{role}@{word}.example", name=f"{role} of {word}", password=PASSWORD
    )
    enrolled(user)
    return Membership.objects.create(clinic=clinic, user=user, role=role)


def make_patient(clinic: Clinic, *, given: str, family: str, number: str, zone: str = "UTC") -> Patient:
    return Patient.objects.create(
        clinic=clinic,
        given_name=given,
        family_name=family,
        born_on=date(1970, 3, 4),
        record_number=number,
        time_zone=zone,
        enrolled_at=NOW - timedelta(days=20),
        consent_version=CURRENT,
    )


def make_caregiver(patient: Patient, **changes: object) -> Caregiver:
    """Somebody who may log and read for a patient since last week, for another week."""
    fields: dict[str, object] = {
        "name": "Wilma Quaint",
        "relation": "neighbour",
        "may_read": True,
        "from_on": TODAY - timedelta(days=7),
        "to_on": TODAY + timedelta(days=7),
        "consent_by": "staff:1",
        "made_at": NOW - timedelta(days=7),
    }
    return Caregiver.objects.create(clinic_id=patient.clinic_id, patient=patient, **(fields | changes))


def make_device(
    patient: Patient, by: Membership, *, caregiver: Caregiver | None = None
) -> tuple[Device, str]:
    """A phone that came in the way phones come in: by an invitation."""
    issued = invitations.issue(by=by, patient=patient, caregiver=caregiver, now=NOW)
    keys = invitations.redeem(typed=issued.code, born_on=patient.born_on, device_name="Test phone", now=NOW)
    key = devices.read_key(keys.session)
    assert key is not None
    return Device.objects.get(token_hash=key.secret_hash), keys.session


def holding(patient: Patient) -> Device:
    """A patient's own phone as a query meets it; it is not stored."""
    return Device(clinic_id=patient.clinic_id, patient=patient)


def make_clinic(word: str, *, given: str, family: str) -> ClinicCast:
    clinic = clinics.add(name=f"{word} clinic", phone="555 0100", time_zone="UTC", now=NOW)
    with inside(clinic):
        return _fill_clinic(clinic, word=word, given=given, family=family)


def _fill_clinic(clinic: Clinic, *, word: str, given: str, family: str) -> ClinicCast:
    roles = (Role.ADMINISTRATOR, Role.CLINICIAN, Role.NURSE, Role.AUDITOR)
    staff = {role: make_staff(clinic, role, word=word) for role in roles}
    patient = make_patient(clinic, given=given, family=family, number=f"{word}-1")
    injection = injections.add(
        by=staff[Role.CLINICIAN], patient=patient, record=injection_record(), agents=[], now=NOW
    )
    device, token = make_device(patient, staff[Role.CLINICIAN])
    return ClinicCast(clinic, staff, patient, injection, device, token)
