"""Who looked at one patient: everybody, in single pages and in lists, in a fixed number of statements."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import NOW, make_caregiver, make_device, make_patient
from tests.scopes import inside
from tracker.actions import audit
from tracker.domain.roles import Role
from tracker.models import Device
from tracker.queries import lookers
from tracker.queries.lookers import Kind, Who, who_looked

pytestmark = pytest.mark.django_db

START = NOW + timedelta(days=1)
"""After everything that made the cast."""


def view(by, *patients, minutes: int = 0, page: str = "clinic:patient", outcome: str = "done") -> None:
    alone, several = (patients[0].pk, []) if len(patients) == 1 else (None, [one.pk for one in patients])
    audit.record(
        by=by,
        clinic_id=patients[0].clinic_id,
        action="view",
        now=START + timedelta(minutes=minutes),
        patient_id=alone,
        patients=several,
        subject=page,
        outcome=outcome,
    )


def found(our, **more):
    return who_looked(patient=our.patient, **({"since": START} | more))


@pytest.fixture
def neighbour(our):
    return make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")


def test_everybody_is_named_with_what_they_are(our):
    helper, _ = make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient))
    view(our.clinician, our.patient, minutes=1)
    view(helper, our.patient, minutes=2, page="patient:course", outcome="refused")
    view(our.device, our.patient, minutes=3, page="patient:today")
    view(None, our.patient, minutes=4)
    assert [(line.who, line.subject, line.is_refused) for line in found(our).lines] == [
        (Who(Kind.SYSTEM), "clinic:patient", False),
        (Who(Kind.PATIENT, "Test phone"), "patient:today", False),
        (Who(Kind.CAREGIVER, "Wilma Quaint", "neighbour"), "patient:course", True),
        (Who(Kind.STAFF, "clinician of harbour", "Clinician"), "clinic:patient", False),
    ]


def test_a_list_that_showed_the_patient_counts_and_others_do_not(our, their, neighbour):
    view(our.clinician, our.patient, neighbour, minutes=1, page="clinic:worklist")
    view(our.clinician, neighbour, minutes=2)
    others = [make_patient(our.clinic, given="A", family="B", number=f"n-{n}") for n in range(2)]
    view(our.clinician, *others, minutes=3, page="clinic:worklist")
    with inside(their):
        view(their.clinician, their.patient, minutes=4)
    assert [line.subject for line in found(our).lines] == ["clinic:worklist"]


def test_a_number_that_only_looks_like_the_patients_is_another(our, neighbour):
    row = f"{our.patient.pk}{neighbour.pk}"
    audit.record(
        by=our.clinician,
        clinic_id=our.clinic.pk,
        action="view",
        now=START,
        patients=[int(row), int(f"{row}{our.patient.pk}")],
    )
    assert found(our).lines == ()


def test_the_own_phones_can_be_left_out_and_a_helpers_cannot(our):
    helper, _ = make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient))
    for minutes, by in enumerate((our.device, helper, our.clinician)):
        view(by, our.patient, minutes=minutes)
    kinds = [line.who.kind for line in found(our, own_phones=False).lines]
    assert kinds == [Kind.STAFF, Kind.CAREGIVER]


def test_what_was_before_the_span_is_left_out(our):
    view(our.clinician, our.patient, minutes=-1)
    view(our.clinician, our.patient, minutes=0)
    assert len(found(our).lines) == 1


def test_pages_follow_each_other_without_a_gap_or_a_repetition(our, neighbour, monkeypatch):
    monkeypatch.setattr(lookers, "PAGE_SIZE", 3)
    for minutes in (0, 1, 1, 1, 2, 3, 3):  # several at one moment
        view(our.clinician, our.patient, minutes=minutes)
        view(our.clinician, our.patient, neighbour, minutes=minutes, page="clinic:worklist")
    seen, earlier = [], ""
    while earlier is not None:
        page = found(our, earlier=earlier)
        seen += page.lines
        earlier = page.earlier
    assert len(seen) == 14
    assert [line.at for line in seen] == sorted((line.at for line in seen), reverse=True)
    assert sum(line.subject == "clinic:worklist" for line in seen) == 7


@pytest.mark.parametrize("earlier", ["", "x", "1", "9" * 40 + ".1", ".", "1.x"])
def test_what_names_no_event_opens_the_first_page(our, earlier):
    view(our.clinician, our.patient)
    assert len(found(our, earlier=earlier).lines) == 1


def test_a_phone_that_is_gone_is_still_somebodys(our):
    helper, _ = make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient))
    view(helper, our.patient)
    view(our.device, our.patient)
    Device.objects.all().delete()
    assert [line.who for line in found(our).lines] == [Who(Kind.PATIENT), Who(Kind.CAREGIVER)]


@pytest.mark.parametrize("events", [1, 60])
def test_the_number_of_statements_does_not_grow(our, django_assert_num_queries, events):
    for minutes in range(events):
        view(our.staff[Role.NURSE if minutes % 2 else Role.CLINICIAN], our.patient, minutes=minutes)
    with django_assert_num_queries(4):
        found(our)
