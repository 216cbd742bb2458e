from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.cast import NOW, TODAY, make_patient
from tests.scopes import inside
from tracker.actions import patients
from tracker.actions.patients import PatientRecord
from tracker.models import AuditEvent, Patient

pytestmark = pytest.mark.django_db

RECORD = PatientRecord(
    given_name="Mara",
    family_name="Lind",
    born_on=date(1961, 2, 28),
    time_zone="Europe/Vienna",
    record_number="n-7",
)


def test_a_patient_belongs_to_the_clinic_of_whoever_adds_them(our):
    patient = patients.add(by=our.clinician, record=RECORD, now=NOW)
    patient.refresh_from_db()
    assert (patient.clinic, patient.enrolled_at, patient.full_name) == (our.clinic, NOW, "Mara Lind")


def test_a_correction_is_audited_by_the_names_of_its_fields_and_leaves_the_time_zone(our):
    patient = patients.add(by=our.clinician, record=RECORD, now=NOW)
    new = replace(RECORD, family_name="Lindt", time_zone="Asia/Tokyo")
    patients.correct(by=our.clinician, patient=patient, record=new, now=NOW)
    patient.refresh_from_db()
    assert (patient.family_name, patient.time_zone) == ("Lindt", "Europe/Vienna")
    assert AuditEvent.objects.latest("id").detail == {"fields": ["family_name"]}


def test_a_language_is_noted_at_enrolment_and_stays_where_a_correction_names_none(our):
    spanish = replace(RECORD, language="es")
    patient = patients.add(by=our.clinician, record=spanish, now=NOW)
    patients.correct(by=our.clinician, patient=patient, record=RECORD, now=NOW)
    patient.refresh_from_db()
    assert patient.language == "es"
    assert patients.add(by=our.clinician, record=replace(RECORD, record_number=""), now=NOW).language == "en"


def test_a_language_that_no_diary_is_written_in_is_refused_by_name(our):
    klingon = replace(RECORD, language="tlh")
    with pytest.raises(ValidationError) as error:
        patients.add(by=our.clinician, record=klingon, now=NOW)
    assert list(error.value.message_dict) == ["language"]
    with pytest.raises(ValidationError):
        patients.correct(by=our.clinician, patient=our.patient, record=klingon, now=NOW)


@pytest.mark.parametrize("born_on", [date(1, 1, 1), date(1899, 12, 31), TODAY + timedelta(days=1), date.max])
def test_a_birth_that_cannot_be_is_refused_by_name(our, born_on):
    with pytest.raises(ValidationError) as error:
        patients.add(by=our.clinician, record=replace(RECORD, born_on=born_on), now=NOW)
    assert list(error.value.message_dict) == ["born_on"]
    with pytest.raises(ValidationError):
        patients.correct(
            by=our.clinician, patient=our.patient, record=replace(RECORD, born_on=born_on), now=NOW
        )
    assert list(Patient.objects.values_list("born_on", flat=True)) == [date(1970, 3, 4)]


@pytest.mark.parametrize("born_on", [date(1900, 1, 1), TODAY])
def test_the_oldest_and_the_youngest_are_taken(our, born_on):
    assert patients.add(by=our.clinician, record=replace(RECORD, born_on=born_on), now=NOW).pk


def test_a_number_that_is_taken_is_refused_by_name_and_nothing_is_written(our):
    make_patient(our.clinic, given="Taken", family="Number", number="n-7")
    events = AuditEvent.objects.count()
    with pytest.raises(ValidationError) as error:
        patients.add(by=our.clinician, record=RECORD, now=NOW)
    assert list(error.value.message_dict) == ["record_number"]
    with pytest.raises(ValidationError) as error:
        patients.correct(by=our.clinician, patient=our.patient, record=RECORD, now=NOW)
    assert list(error.value.message_dict) == ["record_number"]
    assert AuditEvent.objects.count() == events
    our.patient.refresh_from_db()
    assert our.patient.record_number == "harbour-1"


def test_the_same_number_in_another_clinic_and_no_number_twice_are_fine(our, their):
    patients.add(by=our.clinician, record=RECORD, now=NOW)
    with inside(their):
        patients.add(by=their.clinician, record=RECORD, now=NOW)
    for _ in range(2):
        patients.add(by=our.clinician, record=replace(RECORD, record_number=""), now=NOW)
    assert Patient.objects.filter(clinic=our.clinic).count() == 4
