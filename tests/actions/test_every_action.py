"""Every action, from one table: who may, whose rows, and the audit event it leaves."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from tests.cast import NOW, TODAY, ClinicCast, change, injection_record, make_device, make_patient
from tests.rows import everything
from tracker import actions
from tracker.access import Actor, NotAllowed, NotYours
from tracker.actions import clinics, diary, injections, invitations, patients, pictures, readings
from tracker.actions.audit import actor_name
from tracker.actions.diary import Arrival
from tracker.domain.roles import Role
from tracker.domain.track import Source
from tracker.models import AuditEvent, DiaryEntry

pytestmark = pytest.mark.django_db

EDITORS = {Role.ADMINISTRATOR, Role.CLINICIAN, Role.NURSE}
CLINICIAN = {Role.CLINICIAN}
STAFF = EDITORS | {Role.AUDITOR}
PATIENT = {Role.PATIENT}

PERSON = patients.PatientRecord(
    given_name="Mara", family_name="Lind", born_on=date(1961, 2, 28), time_zone="UTC"
)


@dataclass(frozen=True)
class Act:
    """A write about the rows of a cast, by those who may; `is_new` where there is no row beforehand."""

    event: str
    action: Callable[..., Any]
    may: set[Role]
    said: Callable[[ClinicCast], dict[str, Any]]
    is_new: bool = False

    def __call__(self, by: Actor, cast: ClinicCast) -> None:
        self.action(by=by, **({"now": NOW} | self.said(cast)))


def doubted(cast: ClinicCast) -> DiaryEntry:
    return DiaryEntry.objects.get(patient=cast.patient)


def reading(cast: ClinicCast, minutes: int) -> dict[str, Any]:
    return {"injection": cast.injection, "minutes": minutes, "pain": 3, "source": Source.STAFF}


ACTS = (
    Act("patient.add", patients.add, EDITORS, lambda cast: {"record": PERSON}, is_new=True),
    Act(
        "patient.correct", patients.correct, EDITORS, lambda cast: {"patient": cast.patient, "record": PERSON}
    ),
    Act(
        "injection.add",
        injections.add,
        EDITORS,
        lambda cast: {"patient": cast.patient, "record": injection_record(), "agents": []},
    ),
    Act(
        "injection.change",
        injections.change,
        EDITORS,
        lambda cast: {"injection": cast.injection, "record": injection_record(side="left"), "agents": []},
    ),
    Act(
        "injection.correct_baseline",
        injections.correct_baseline,
        CLINICIAN,
        lambda cast: {"injection": cast.injection, "baseline": Decimal(6), "reason": "misread scale"},
    ),
    Act("reading.record", readings.record, EDITORS | PATIENT, lambda cast: reading(cast, 240)),
    Act("reading.correct", readings.record, EDITORS | PATIENT, lambda cast: reading(cast, 30)),
    Act(
        "diary.record",
        diary.record,
        EDITORS | PATIENT,
        lambda cast: {"patient": cast.patient, "changes": [change(TODAY - timedelta(days=1), 4)]},
    ),
    Act(
        "diary.record",
        diary.import_history,
        EDITORS,
        lambda cast: {
            "patient": cast.patient,
            "arrivals": [(change(TODAY - timedelta(days=1), 4), Arrival(by=cast.device, at=NOW))],
        },
    ),
    Act("diary.accept", diary.accept, CLINICIAN, lambda cast: {"entry": doubted(cast)}),
    Act("invitation.issue", invitations.issue, EDITORS, lambda cast: {"patient": cast.patient}),
    Act("picture.ask", pictures.ask, STAFF, lambda cast: {"injection": cast.injection}),
    Act("device.end", invitations.end_device, PATIENT, lambda cast: {}, is_new=True),
)
BY_WHOM = [pytest.param(act, role, id=f"{act.event}-{role}") for act in ACTS for role in Role]
ON_ROWS = [
    pytest.param(act, role, id=f"{act.event}-{role}") for act in ACTS if not act.is_new for role in Role
]


def prepared(cast: ClinicCast) -> ClinicCast:
    """With an entry whose clock was years off, and a reading."""
    diary.record(
        by=cast.device, patient=cast.patient, changes=[change(TODAY, 4)], now=NOW, skew=timedelta(days=-900)
    )
    readings.record(by=cast.clinician, now=NOW, **reading(cast, 30))
    return cast


def actor(cast: ClinicCast, role: Role) -> Actor:
    return cast.device if role == Role.PATIENT else cast.staff[role]


def test_every_action_with_an_actor_stands_in_the_table():
    modules = [import_module(f"{actions.__name__}.{found.name}") for found in iter_modules(actions.__path__)]
    acting = {
        function
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
        if "by" in inspect.signature(function).parameters and not module.__name__.endswith(".audit")
    }
    assert acting == {act.action for act in ACTS}


@pytest.mark.parametrize(("act", "role"), BY_WHOM)
def test_whoever_may_leaves_one_event_and_whoever_may_not_leaves_nothing(our, act, role):
    by, before = actor(prepared(our), role), everything()
    if role in act.may:
        act(by, our)
        (event,) = AuditEvent.objects.order_by("id")[len(before["AuditEvent"]) :]
        assert (event.action, event.actor, event.clinic_id) == (act.event, actor_name(by), our.clinic.pk)
        assert event.patient_id == our.patient.pk or act.event == "patient.add"
    elif act.action is not invitations.end_device:  # which is a phone's, and takes no other actor
        with pytest.raises(NotAllowed):
            act(by, our)
        assert everything() == before


@pytest.mark.parametrize(("act", "role"), ON_ROWS)
def test_a_row_of_another_clinic_is_not_there(our, their, act, role):
    prepared(their)
    before = everything()
    with pytest.raises(NotYours):
        act(actor(our, role), their)
    assert everything() == before


@pytest.mark.parametrize("act", [act for act in ACTS if not act.is_new], ids=lambda act: act.event)
def test_a_row_of_another_patient_of_the_clinic_is_not_there_for_a_phone(our, act):
    neighbour = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    phone, _ = make_device(neighbour, our.clinician)
    prepared(our)
    before = everything()
    with pytest.raises(NotYours):
        act(phone, our)
    assert everything() == before


def test_a_phone_that_joins_leaves_an_event(our):
    code = invitations.issue(by=our.clinician, patient=our.patient, now=NOW)
    invitations.redeem(code=code, device_name="x", now=NOW)
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.patient_id) == ("invitation.redeem", our.patient.pk)


def test_a_clinic_and_its_staff_are_made_by_the_system(db):
    clinic = clinics.add(name="Bay clinic", phone="555 0100", time_zone="UTC", now=NOW)
    clinics.add_member(
        clinic=clinic, email="a@bay.example", name="A", role=Role.NURSE, password="long and unusual", now=NOW
    )
    events = list(AuditEvent.objects.order_by("id").values_list("action", "actor", "clinic"))
    assert events == [("clinic.add", "system", clinic.pk), ("member.add", "system", clinic.pk)]
