"""The demo clinic: made once from the simulator, thrown away only by name."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q

from tracker import tenancy
from tracker.actions import (
    care,
    clinics,
    consents,
    diary,
    injections,
    invitations,
    patients,
    readings,
    staff,
    staff_links,
)
from tracker.actions.diary import Arrival
from tracker.actions.injections import Agent, InjectionRecord
from tracker.actions.patients import PatientRecord
from tracker.domain.care import CareFigures, CarePlan
from tracker.domain.consent import CURRENT
from tracker.domain.procedure import Status
from tracker.domain.roles import Role
from tracker.domain.simulation.clinic import simulate_clinic
from tracker.domain.simulation.people import CLINIC_TIME_ZONE
from tracker.domain.simulation.values import SimulatedInjection, SimulatedPatient
from tracker.domain.study_days import local_today
from tracker.domain.sync import Change
from tracker.domain.track import Source
from tracker.domain.zones import zone_of
from tracker.models import Assessment, Clinic, Device, Membership, Patient

NAME, SEED, PATIENTS = "Harbour Spine Clinic (demo)", 62321, 64
PASSWORD = "onset demo only"  # noqa: S105  (printed at every start; a demo holds invented people)
STAFF = {
    "administrator@demo.example": ("Robin Castellan", Role.ADMINISTRATOR),
    "clinician@demo.example": ("Dr Morgan Hale", Role.CLINICIAN),
    "nurse@demo.example": ("Noor Whitlock", Role.NURSE),
    "auditor@demo.example": ("Alex Pruett", Role.AUDITOR),
}


PLAN = CarePlan(
    figures=CareFigures(fasting_hours=6, clear_fluids_hours=2, visit_minutes=90),
    arrive_at=time(8, 30),
    pain_relievers="What we wrote on your sheet, up to three times a day.",
)
"""Of every planned injection of the demo."""


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
        _make(None, now=now, seed=seed, patients=patients)
    return True


def reset(*, now: datetime, seed: int = SEED, patients: int = PATIENTS) -> bool:
    """Throw the demo clinic away and load it anew, or neither; says whether it did. Other clinics stay.

    Beside other clinics nothing is loaded where no demo was: its passwords are published.
    """
    with transaction.atomic():
        demo = Clinic.objects.filter(is_demo=True).first()
        if demo is None and Clinic.objects.exists():
            return False
        if demo is not None:
            throw_away(demo)
        _make(demo, now=now, seed=seed, patients=patients)
    return True


def _make(clinic: Clinic | None, *, now: datetime, seed: int, patients: int) -> None:
    if clinic is None:
        clinic = clinics.add(name=NAME, phone="555 0142", time_zone=CLINIC_TIME_ZONE, now=now, is_demo=True)
        _make_staff(clinic, now=now)
    clinician = Membership.objects.select_related("clinic", "user").get(clinic=clinic, role=Role.CLINICIAN)
    with tenancy.clinic(clinic.pk):
        for person in _people(now=now, seed=seed, patients=patients):
            _load_patient(person, by=clinician, now=now)


def _people(*, now: datetime, seed: int, patients: int) -> Iterator[SimulatedPatient]:
    """The simulated patients as of today, each by their own calendar: at night the west is a day behind."""
    today = local_today(now, ZoneInfo(CLINIC_TIME_ZONE))
    as_of = [
        simulate_clinic(seed=seed, today=day, patients=patients) for day in (today, today - timedelta(days=1))
    ]
    for person, a_day_before in zip(*as_of, strict=True):
        begun = local_today(now, zone_of(person.time_zone)) == today
        yield person if begun else a_day_before


def throw_away(clinic: Clinic) -> None:
    """Delete the demo clinic's patients with all that hangs on them. Its staff and its audit trail stay."""
    with tenancy.clinic(clinic.pk), transaction.atomic():
        for patient in Patient.objects.all():
            patients.delete_rows(patient)


def sign_ins(*, now: datetime) -> list[SignIn]:
    """The staff's addresses and fresh one-time links of a few patients; empty without a demo clinic."""
    clinician = Membership.objects.filter(clinic__is_demo=True, role=Role.CLINICIAN).first()
    if clinician is None:
        return []
    found = [SignIn(f"{role.label} {name}", email) for email, (name, role) in STAFF.items()]
    with tenancy.clinic(clinician.clinic_id):
        for day, patient in _shown_patients(clinician.clinic):
            token = invitations.issue(by=clinician, patient=patient, now=now).token
            found.append(SignIn(f"Patient on study day {day}, born {patient.born_on}", f"/join/#{token}"))
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


def _make_staff(clinic: Clinic, *, now: datetime) -> None:
    """Let them in as staff are let in: by a link of their own."""
    for email, (name, role) in STAFF.items():
        link = staff.enlist(clinic=clinic, email=email, name=name, role=role, now=now)
        staff_links.welcome(token=link.token, name=name, password=PASSWORD, now=now)


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
    """The phone that the simulated patient agreed and logged on; nobody holds its token."""
    code = invitations.issue(by=by, patient=patient, now=now).code
    invitations.redeem(typed=code, born_on=patient.born_on, device_name="Demo phone", now=now)
    phone = Device.objects.get(patient=patient)
    consents.give(by=phone, patient=patient, version=CURRENT, language=patient.language, now=now)
    return phone


def _load_injection(
    simulated: SimulatedInjection, *, patient: Patient, by: Membership, now: datetime
) -> None:
    known = {field.name for field in fields(simulated)} & {field.name for field in fields(InjectionRecord)}
    record = {name: getattr(simulated, name) for name in known} | {
        "closed_reason": simulated.closed_reason or ""
    }
    agents = [Agent(name=a.name, dose_mg=Decimal(a.dose_mg), lot=a.lot) for a in simulated.agents]
    injection = injections.add(
        by=by, patient=patient, record=InjectionRecord(**record), agents=agents, now=now
    )
    if injection.status == Status.SCHEDULED:
        care.write(by=by, injection=injection, plan=PLAN, now=now)
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
                by=by if entry.source.is_typed_by_staff else phone,
                at=entry.received_at,
                source=entry.source,
                skew=entry.skew,
            ),
        )
        for own_id, entry in zip(ids, person.entries, strict=True)
    ]
