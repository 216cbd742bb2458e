"""Every action, from one table: who may, whose rows, and the audit event it leaves."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest

from tests.cast import (
    NOW,
    TODAY,
    ClinicCast,
    change,
    form_change,
    injection_record,
    make_caregiver,
    make_device,
    make_patient,
)
from tests.gateways.push_host import Phone
from tests.rows import everything
from tests.scopes import inside
from tracker import actions
from tracker.access import Actor, NotAllowed, NotYours
from tracker.actions import (
    alerts,
    care,
    care_team,
    caregivers,
    clinic_texts,
    clinics,
    codes,
    confirmations,
    consents,
    contact,
    devices,
    diary,
    erasure,
    exports,
    histories,
    injections,
    invitations,
    patients,
    pictures,
    protocols,
    push,
    readings,
    responses,
    staff,
    staff_links,
)
from tracker.actions.audit import actor_name
from tracker.actions.diary import Arrival
from tracker.actions.histories import Care, HistoryRecord
from tracker.domain.care import CarePlan
from tracker.domain.caregivers import Appointment, ConsentBy, Scope, Span
from tracker.domain.consent import CURRENT
from tracker.domain.retention import ErasureReason
from tracker.domain.roles import Role
from tracker.domain.step_up import Way
from tracker.domain.track import Source
from tracker.models import (
    AuditEvent,
    Caregiver,
    ClinicProtocol,
    Confirmation,
    Device,
    DiaryEntry,
    Membership,
    Patient,
    User,
)

pytestmark = pytest.mark.django_db

EDITORS = {Role.ADMINISTRATOR, Role.CLINICIAN, Role.NURSE}
CLINICIAN = {Role.CLINICIAN}
ADMINISTRATOR = {Role.ADMINISTRATOR}
STAFF = EDITORS | {Role.AUDITOR}
PATIENT = {Role.PATIENT}
PHONES = PATIENT | {Role.PROXY}

PERSON = patients.PatientRecord(
    given_name="Mara", family_name="Lind", born_on=date(1961, 2, 28), time_zone="UTC"
)
HELPER = Appointment("Bea", "aunt", Scope(may_log=True), Span(TODAY), ConsentBy.PATIENT, "cannot see well")
CODE = "481516"
CHOICES = clinics.ClinicChoices(
    phone="555 0199", emergency_number="112", on_call_phone="", on_call_hours="", keep_years=12
)


@dataclass(frozen=True)
class Act:
    """A write about the rows of a cast, by those who may; `is_new` where there is no row beforehand.

    `ready` brings the cast into the state that the write is for. `by_phone`: it takes no other actor.
    """

    event: str
    action: Callable[..., Any]
    may: set[Role]
    said: Callable[[ClinicCast], dict[str, Any]]
    is_new: bool = False
    is_about_patient: bool = True
    ready: Callable[[ClinicCast], object] = bool
    by_phone: bool = False

    def __call__(self, by: Actor, cast: ClinicCast, said: dict[str, Any] | None = None) -> None:
        self.action(by=by, **({"now": NOW} | (said or self.said(cast))))


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
    Act("care.write", care.write, EDITORS, lambda cast: {"injection": cast.injection, "plan": CarePlan()}),
    Act(
        "injection.history",
        histories.record,
        EDITORS,
        lambda cast: {
            "injection": cast.injection,
            "history": HistoryRecord(pain_weeks=6, steroids_from=TODAY),
            "care": [Care(kind="exercise")],
        },
    ),
    Act("reading.record", readings.record, EDITORS | PHONES, lambda cast: reading(cast, 240)),
    Act("reading.correct", readings.record, EDITORS | PHONES, lambda cast: reading(cast, 30)),
    Act(
        "response.record",
        responses.record,
        EDITORS | PHONES,
        lambda cast: {"patient": cast.patient, "changes": [form_change("pgic", TODAY, change=2)]},
    ),
    Act(
        "alert.handle",
        alerts.handle,
        EDITORS,
        lambda cast: {"patient": cast.patient, "up_to": 10**6, "note": "rang"},
        ready=lambda cast: cast.answer("check", 9, signs=["fever"]),
    ),
    Act(
        "diary.record",
        diary.record,
        EDITORS | PHONES,
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
    Act(
        "consent.give",
        consents.give,
        EDITORS | PATIENT,
        lambda cast: {"patient": cast.patient, "version": CURRENT, "language": "en"},
    ),
    Act(
        "patient.set_preferences",
        patients.set_preferences,
        EDITORS | PATIENT,
        lambda cast: {"patient": cast.patient, "language": "en", "reminder_at": time(20), "two_taps": True},
    ),
    Act("invitation.issue", invitations.issue, EDITORS, lambda cast: {"patient": cast.patient}),
    Act(
        "invitation.issue",
        invitations.issue,
        EDITORS | PATIENT,
        lambda cast: {"patient": cast.patient, "caregiver": helper(cast)},
    ),
    Act(
        "caregiver.add",
        caregivers.name_one,
        EDITORS | PATIENT,
        lambda cast: {"patient": cast.patient, "wanted": HELPER},
    ),
    Act("caregiver.end", caregivers.end, EDITORS | PATIENT, lambda cast: {"caregiver": helper(cast)}),
    Act("confirmation.ask", confirmations.ask, PATIENT, lambda cast: {}, is_new=True, by_phone=True),
    Act("confirmation.issue", confirmations.issue_by_clinic, EDITORS, lambda cast: {"device": cast.device}),
    Act(
        "confirmation.confirm",
        confirmations.check,
        PATIENT,
        lambda cast: {"code": CODE},
        is_new=True,
        by_phone=True,
        ready=lambda cast: wait_for_code(cast, Way.MAIL),
    ),
    Act(
        "contact.enter",
        contact.enter,
        EDITORS,
        lambda cast: {"patient": cast.patient, "email": "b@example.org"},
    ),
    Act(
        "contact.propose",
        contact.propose,
        PATIENT,
        lambda cast: {"email": "b@example.org"},
        is_new=True,
        by_phone=True,
    ),
    Act("contact.send_code", contact.send_code, PATIENT, lambda cast: {}, is_new=True, by_phone=True),
    Act(
        "contact.verify",
        contact.verify,
        PATIENT,
        lambda cast: {"code": CODE},
        is_new=True,
        by_phone=True,
        ready=lambda cast: wait_for_code(cast, Way.ADDRESS),
    ),
    Act("contact.remove", contact.remove, PATIENT, lambda cast: {}, is_new=True, by_phone=True),
    Act("patient.withdraw", patients.withdraw, EDITORS | PATIENT, lambda cast: {"patient": cast.patient}),
    Act(
        "patient.erase",
        erasure.erase,
        {Role.ADMINISTRATOR},
        lambda cast: {
            "patient": cast.patient,
            "reason": ErasureReason.ENTERED_IN_ERROR,
            "family_name": cast.patient.family_name,
        },
    ),
    Act(
        "patient.keep_longer",
        erasure.keep_longer,
        {Role.ADMINISTRATOR},
        lambda cast: {"patient": cast.patient},
    ),
    Act(
        "export.take",
        exports.take,
        CLINICIAN | PATIENT | {Role.ADMINISTRATOR},
        lambda cast: {"patient": cast.patient},
    ),
    Act(
        "push.subscribe",
        push.subscribe,
        PATIENT,
        lambda cast: {
            "endpoint": "https://push.example.org/a",
            **Phone().keys,
            "origin": "https://onset.example.org",
        },
        is_new=True,
        by_phone=True,
    ),
    Act("push.unsubscribe", push.unsubscribe, PATIENT, lambda cast: {}, is_new=True, by_phone=True),
    Act("picture.ask", pictures.ask, STAFF, lambda cast: {"injection": cast.injection}),
    Act("invitation.move", invitations.issue_move, PHONES, lambda cast: {}, is_new=True, by_phone=True),
    Act(
        "device.rename",
        devices.rename,
        EDITORS | PATIENT,
        lambda cast: {"device": cast.device, "name": "Mine"},
    ),
    Act("device.end", devices.end, EDITORS | PATIENT, lambda cast: {"device": cast.device}),
    Act(
        "care_team.arrange",
        care_team.arrange,
        CLINICIAN | ADMINISTRATOR,
        lambda cast: {"patient": cast.patient, "is_restricted": True, "team": {cast.clinician.pk}},
    ),
    Act(
        "glass.break",
        care_team.open_in_emergency,
        EDITORS,
        lambda cast: {"patient": cast.patient, "reason": "fever, on the telephone"},
        ready=lambda cast: restrict(cast.patient),
    ),
    Act(
        "clinic.change",
        clinics.change,
        ADMINISTRATOR,
        lambda cast: {"choices": CHOICES},
        is_new=True,
        is_about_patient=False,
    ),
    Act(
        "text.write",
        clinic_texts.write,
        ADMINISTRATOR,
        lambda cast: {"language": "en", "name": "calling.usual.note", "text": "Not sure? Ask us."},
        is_new=True,
        is_about_patient=False,
    ),
    Act(
        "protocol.copy",
        protocols.copy,
        ADMINISTRATOR,
        lambda cast: {"key": "lumbar-interlaminar"},
        is_new=True,
        is_about_patient=False,
    ),
    Act(
        "protocol.draft",
        protocols.save_draft,
        ADMINISTRATOR,
        lambda cast: {"protocol": own_protocol(cast), "body": DRAFT},
        is_about_patient=False,
    ),
    Act(
        "protocol.discard",
        protocols.discard_draft,
        ADMINISTRATOR,
        lambda cast: {"protocol": own_protocol(cast)},
        is_about_patient=False,
    ),
    Act(
        "protocol.publish",
        protocols.publish,
        ADMINISTRATOR,
        lambda cast: {"protocol": own_protocol(cast), "note": "asked for it"},
        is_about_patient=False,
        ready=lambda cast: drafted(cast),
    ),
    Act(
        "protocol.restore",
        protocols.restore,
        ADMINISTRATOR,
        lambda cast: {"protocol": own_protocol(cast), "number": 1, "note": ""},
        is_about_patient=False,
        ready=lambda cast: published_twice(cast),
    ),
    Act(
        "member.invite",
        staff.invite,
        ADMINISTRATOR,
        lambda cast: {"email": "new@example.org", "name": "New", "role": Role.NURSE},
        is_new=True,
        is_about_patient=False,
    ),
    Act(
        "member.role",
        staff.change_role,
        ADMINISTRATOR,
        lambda cast: {"member": cast.staff[Role.NURSE], "role": Role.CLINICIAN},
        is_about_patient=False,
    ),
    Act(
        "member.end",
        staff.end,
        ADMINISTRATOR,
        lambda cast: {"member": cast.staff[Role.NURSE]},
        is_about_patient=False,
    ),
    Act(
        "member.renew",
        staff.renew,
        ADMINISTRATOR,
        lambda cast: {"member": cast.staff[Role.NURSE]},
        is_about_patient=False,
    ),
    Act(
        "member.restore",
        staff.restore,
        ADMINISTRATOR,
        lambda cast: {"member": left(cast)},
        is_about_patient=False,
    ),
)
BY_WHOM = [pytest.param(act, role, id=f"{act.event}-{role}") for act in ACTS for role in Role]
ON_ROWS = [
    pytest.param(act, role, id=f"{act.event}-{role}") for act in ACTS if not act.is_new for role in Role
]


def prepared(cast: ClinicCast) -> ClinicCast:
    """With a doubted entry, a reading, a caregiver, an address, a protocol, and a colleague who left."""
    diary.record(
        by=cast.device, patient=cast.patient, changes=[change(TODAY, 4)], now=NOW, skew=timedelta(days=-900)
    )
    readings.record(by=cast.clinician, now=NOW, **reading(cast, 30))
    make_caregiver(cast.patient)
    Patient.objects.filter(pk=cast.patient.pk).update(email="a@example.org", email_verified_at=NOW)
    gone = User.objects.create_user(email=f"gone@{cast.clinic.pk}.example", name="Gone")
    Membership.objects.create(clinic=cast.clinic, user=gone, role=Role.NURSE, is_active=False)
    protocols.copy(by=cast.staff[Role.ADMINISTRATOR], key="cervical-thoracic-interlaminar", now=NOW)
    return cast


def helper(cast: ClinicCast) -> Caregiver:
    return Caregiver.objects.filter(patient=cast.patient).earliest("id")


def wait_for_code(cast: ClinicCast, way: Way) -> None:
    """The patient's phone has asked for a code, which is CODE."""
    Confirmation.objects.create(
        clinic=cast.clinic,
        device=cast.device,
        way=way,
        email="b@example.org",
        code_hash=codes.hash_code(CODE),
        made_at=NOW,
        expires_at=NOW + timedelta(minutes=10),
    )


DRAFT = {"name": "Ours", "rules": {"readout_day": 13}}


def own_protocol(cast: ClinicCast) -> ClinicProtocol:
    return ClinicProtocol.objects.get(clinic=cast.clinic)


def drafted(cast: ClinicCast) -> None:
    protocols.save_draft(by=cast.staff[Role.ADMINISTRATOR], protocol=own_protocol(cast), body=DRAFT, now=NOW)


def published_twice(cast: ClinicCast) -> None:
    drafted(cast)
    protocols.publish(by=cast.staff[Role.ADMINISTRATOR], protocol=own_protocol(cast), note="", now=NOW)


def restrict(patient: Patient) -> None:
    """Nobody's care team looks after this patient yet."""
    patient.is_restricted = True
    patient.save(update_fields=["is_restricted"])


def left(cast: ClinicCast) -> Membership:
    """Somebody who was on the team once."""
    return Membership.objects.get(clinic=cast.clinic, is_active=False)


def actor(cast: ClinicCast, role: Role) -> Actor:
    if role == Role.PROXY:
        return make_device(cast.patient, cast.clinician, caregiver=make_caregiver(cast.patient))[0]
    # Read again, as at the door: what the phone knew of its patient may have changed.
    return Device.objects.get(pk=cast.device.pk) if role == Role.PATIENT else cast.staff[role]


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
    by = actor(prepared(our), role)
    act.ready(our)
    before = everything()
    if role in act.may:
        act(by, our)
        (event,) = AuditEvent.objects.order_by("id")[len(before["AuditEvent"]) :]
        assert (event.action, event.actor, event.clinic_id) == (act.event, actor_name(by), our.clinic.pk)
        if act.is_about_patient and act.event != "patient.add":
            assert event.patient_id == our.patient.pk
    elif role in PHONES or not act.by_phone:
        with pytest.raises(NotAllowed):
            act(by, our)
        assert everything() == before


@pytest.mark.parametrize(("act", "role"), ON_ROWS)
def test_a_row_of_another_clinic_is_not_there(our, their, act, role):
    with inside(their):
        prepared(their)
        act.ready(their)
        said = act.said(their)
    by, before = actor(our, role), everything()
    with pytest.raises(NotYours):
        act(by, their, said)
    assert everything() == before


@pytest.mark.parametrize(
    "act", [act for act in ACTS if act.is_about_patient and not act.is_new], ids=lambda act: act.event
)
def test_a_row_of_another_patient_of_the_clinic_is_not_there_for_a_phone(our, act):
    neighbour = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    phone, _ = make_device(neighbour, our.clinician)
    prepared(our)
    before = everything()
    with pytest.raises(NotYours):
        act(phone, our)
    assert everything() == before


def test_a_phone_that_joins_leaves_an_event(our):
    make_device(our.patient, our.clinician)
    event = AuditEvent.objects.latest("id")
    assert (event.action, event.patient_id) == ("invitation.redeem", our.patient.pk)


def test_a_clinic_and_its_first_administrator_are_made_by_the_system_who_comes_in_by_themselves(db):
    link = clinics.bootstrap(
        name="Bay", phone="", time_zone="UTC", email="a@bay.example", administrator="A", now=NOW
    )
    staff_links.welcome(token=link.token, name="A", password="long and unusual", now=NOW)
    member, clinic = link.member, link.member.clinic
    with inside(clinic):
        events = list(AuditEvent.objects.order_by("id").values_list("action", "actor", "subject"))
    assert events == [
        ("clinic.add", "system", ""),
        ("member.invite", "system", f"staff:{member.pk}"),
        ("member.welcome", f"staff:{member.pk}", f"staff:{member.pk}"),
    ]
