"""The demo clinic: made once from the simulator, thrown away only by name."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q

from tracker.actions import clinics, diary, injections, invitations, patients, readings
from tracker.actions.diary import Arrival
from tracker.actions.injections import Agent, InjectionRecord
from tracker.actions.patients import PatientRecord
from tracker.domain.roles import Role
from tracker.domain.simulation.clinic import simulate_clinic
from tracker.domain.simulation.people import CLINIC_TIME_ZONE
from tracker.domain.simulation.values import SimulatedInjection, SimulatedPatient
from tracker.domain.study_days import local_today
from tracker.domain.sync import Change
from tracker.domain.track import Source
from tracker.models import (
    Assessment,
    AuditEvent,
    ChartPicture,
    Clinic,
    Device,
    DiaryDay,
    DiaryEntry,
    Injection,
    InjectionAgent,
    Invitation,
    Membership,
    Patient,
    Reading,
    Track,
    User,
)

NAME, SEED, PATIENTS = "Harbour Spine Clinic (demo)", 62321, 64
PASSWORD = "onset demo only"  # noqa: S105  (printed at every start; a demo holds invented people)
STAFF = {
    "administrator@demo.example": ("Robin Castellan", Role.ADMINISTRATOR),
    "clinician@demo.example": ("Dr Morgan Hale", Role.CLINICIAN),
    "nurse@demo.example": ("Noor Whitlock", Role.NURSE),
    "auditor@demo.example": ("Alex Pruett", Role.AUDITOR),
}


@dataclass(frozen=True, slots=True)
class SignIn:
    """How to get in: an address and what it shows."""

    who: str
    way: str


def load(*, now: datetime, seed: int = SEED, patients: int = PATIENTS) -> bool:
    """Make the demo clinic where there is no clinic at all; says whether it did. Existing data stay."""
    with transaction.atomic():
        if Clinic.objects.exists():
            return False
        _make(now=now, seed=seed, patients=patients)
    return True


def reset(*, now: datetime, seed: int = SEED, patients: int = PATIENTS) -> bool:
    """Throw the demo clinic away and load it anew, or neither; says whether it did. Other clinics stay.

    Beside other clinics nothing is loaded where no demo was: its passwords are published.
    """
    with transaction.atomic():
        if not throw_away() and Clinic.objects.exists():
            return False
        _make(now=now, seed=seed, patients=patients)
    return True


def _make(*, now: datetime, seed: int, patients: int) -> None:
    clinic = Clinic.objects.create(
        name=NAME, phone="555 0142", time_zone=CLINIC_TIME_ZONE, is_demo=True, made_at=now
    )
    clinician = _make_staff(clinic, now=now)[Role.CLINICIAN]
    for person in _people(now=now, seed=seed, patients=patients):
        _load_patient(person, by=clinician, now=now)


def _people(*, now: datetime, seed: int, patients: int) -> Iterator[SimulatedPatient]:
    """The simulated patients as of today, each by their own calendar: at night the west is a day behind."""
    today = local_today(now, ZoneInfo(CLINIC_TIME_ZONE))
    as_of = [
        simulate_clinic(seed=seed, today=day, patients=patients) for day in (today, today - timedelta(days=1))
    ]
    for person, a_day_before in zip(*as_of, strict=True):
        begun = local_today(now, ZoneInfo(person.time_zone)) == today
        yield person if begun else a_day_before


def throw_away() -> int:
    """Delete every demo clinic with all its rows, and no other row; how many clinics that were."""
    with transaction.atomic():
        demo = Clinic.objects.filter(is_demo=True)
        Patient.objects.filter(clinic__in=demo).update(current_injection=None)
        for model in CLINICAL:
            model.objects.filter(clinic__in=demo).delete()
        users = list(Membership.objects.filter(clinic__in=demo).values_list("user_id", flat=True))
        Membership.objects.filter(clinic__in=demo).delete()
        User.objects.filter(pk__in=users, memberships=None).delete()
        return demo.delete()[0]


CLINICAL = (
    ChartPicture,
    Assessment,
    Track,
    Reading,
    DiaryDay,
    DiaryEntry,
    InjectionAgent,
    Injection,
    Device,
    Invitation,
    Patient,
    AuditEvent,
)
"""What belongs to a clinic, in an order in which it can be deleted."""


def sign_ins(*, now: datetime) -> list[SignIn]:
    """The staff's addresses and fresh one-time links of a few patients; empty without a demo clinic."""
    clinician = Membership.objects.filter(clinic__is_demo=True, role=Role.CLINICIAN).first()
    if clinician is None:
        return []
    found = [SignIn(f"{role.label} {name}", email) for email, (name, role) in STAFF.items()]
    for day, patient in _shown_patients(clinician.clinic):
        code = invitations.issue(by=clinician, patient=patient, now=now)
        found.append(SignIn(f"Patient on study day {day}", f"/join/#{code}"))
    return found


def _shown_patients(clinic: Clinic) -> list[tuple[int, Patient]]:
    """One patient before, one early after and one at the read-out of an injection, with the study day."""
    found = []
    for label in ("scheduled", "on_track", "responder"):
        # Of the injection that the patient's own pages are about.
        current = Q(patient__current_injection=F("injection"))
        shown = Assessment.objects.filter(current, clinic=clinic, label=label).order_by("as_of_day", "pk")
        found += [(line.as_of_day, line.patient) for line in shown.select_related("patient")[:1]]
    return found


def _make_staff(clinic: Clinic, *, now: datetime) -> dict[Role, Membership]:
    return {
        role: clinics.add_member(clinic=clinic, email=email, name=name, role=role, password=PASSWORD, now=now)
        for email, (name, role) in STAFF.items()
    }


def _load_patient(person: SimulatedPatient, *, by: Membership, now: datetime) -> None:
    record = PatientRecord(
        given_name=person.given_name,
        family_name=person.family_name,
        born_on=person.born_on,
        time_zone=person.time_zone,
        record_number=person.record_number,
    )
    patient = patients.add(by=by, record=record, now=person.enrolled_at)
    for injection in person.injections:
        _load_injection(injection, patient=patient, by=by, now=now)
    phone = _connect_phone(patient, by=by, now=person.enrolled_at)
    diary.import_history(by=by, patient=patient, arrivals=_arrivals(person, by, phone), now=now)


def _connect_phone(patient: Patient, *, by: Membership, now: datetime) -> Device:
    """The phone that the simulated patient logged from; nobody holds its token."""
    code = invitations.issue(by=by, patient=patient, now=now)
    token = invitations.redeem(code=code, device_name="Demo phone", now=now)
    return Device.objects.get(token_hash=invitations.hash_token(token))


def _load_injection(
    simulated: SimulatedInjection, *, patient: Patient, by: Membership, now: datetime
) -> None:
    fields = InjectionRecord.__dataclass_fields__
    record = {name: getattr(simulated, name) for name in fields} | {
        "closed_reason": simulated.closed_reason or ""
    }
    agents = [Agent(name=a.name, dose_mg=Decimal(a.dose_mg), lot=a.lot) for a in simulated.agents]
    injection = injections.add(
        by=by, patient=patient, record=InjectionRecord(**record), agents=agents, now=now
    )
    for reading in simulated.readings:
        readings.record(
            by=by,
            injection=injection,
            minutes=reading.minutes,
            pain=reading.score,
            now=now,
            source=Source.STAFF,
            entered_at=min(reading.taken_at, now),
        )


def _arrivals(person: SimulatedPatient, by: Membership, phone: Device) -> list[tuple[Change, Arrival]]:
    ids = [uuid.uuid4() for _ in person.entries]
    return [
        (
            Change(
                client_id=own_id,
                day=entry.day,
                pain=entry.pain,
                soreness=entry.soreness,
                entered_at=entry.entered_at,
                replaces=None if entry.replaces is None else ids[entry.replaces],
            ),
            Arrival(
                by=by if entry.source in (Source.STAFF, Source.PAPER) else phone,
                at=entry.received_at,
                source=entry.source,
                skew=entry.skew,
            ),
        )
        for own_id, entry in zip(ids, person.entries, strict=True)
    ]
