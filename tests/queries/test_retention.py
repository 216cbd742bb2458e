"""When a record was last used: whatever was the latest, by the patient's own calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import NOW, TODAY, make_patient
from tests.scopes import inside
from tracker.models import Consent, Device, DiaryEntry, Injection, Patient, Reading
from tracker.queries.retention import last_activity, last_activity_of

pytestmark = pytest.mark.django_db

LATER = datetime(2027, 2, 3, 12, tzinfo=UTC)


def test_a_record_without_anything_counts_from_its_enrolment(our):
    patient = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    assert last_activity_of(patient) == (NOW - timedelta(days=20)).date()


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Injection, "injected_on"),
        (Injection, "closed_on"),
        (DiaryEntry, "describes_on"),
        (DiaryEntry, "received_at"),
        (Reading, "entered_at"),
        (Consent, "given_at"),
        (Device, "made_at"),
        (Device, "last_seen_at"),
    ],
)
def test_whatever_came_last_counts(our, model, field):
    our.log({1: 4})
    our.read((30, 2))
    Consent.objects.create(clinic=our.clinic, patient=our.patient, version="1", language="en", given_at=NOW)
    moment = LATER.date() if field.endswith("_on") else LATER
    model.objects.filter(patient=our.patient).update(**{field: moment})
    assert last_activity_of(our.patient) == LATER.date()


def test_taking_consent_back_is_the_last_thing_that_counts(our):
    Patient.objects.filter(pk=our.patient.pk).update(withdrawn_at=LATER)
    assert last_activity_of(our.patient) == LATER.date()


def test_days_are_the_patients_own(our):
    midnight = datetime(2027, 2, 3, 2, tzinfo=UTC)
    Device.objects.update(last_seen_at=midnight)
    Patient.objects.filter(pk=our.patient.pk).update(time_zone="America/Los_Angeles")
    assert last_activity_of(Patient.objects.get(pk=our.patient.pk)) == date(2027, 2, 2)


def test_all_records_of_a_clinic_take_one_statement(our, their, django_assert_num_queries):
    for number in range(3):
        make_patient(our.clinic, given="N", family="E", number=f"n{number}")
    with inside(their):
        Device.objects.update(last_seen_at=LATER)
    with django_assert_num_queries(1):
        found = last_activity(Patient.objects.all())
    assert len(found) == 4 and found[our.patient.pk] == TODAY
