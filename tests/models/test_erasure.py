import pytest

from tracker.models import AuditEvent, DiaryEntry, Patient, Track

pytestmark = pytest.mark.django_db


def test_deleting_a_patient_takes_the_whole_diary_and_leaves_the_trail(our, their):
    our.log({1: 4, 2: 3}, soreness={1: 2})
    their.log({1: 5})
    Patient.objects.get(pk=our.patient.pk).delete()
    assert list(Patient.objects.all()) == [their.patient]
    assert set(DiaryEntry.objects.values_list("patient", flat=True)) == {their.patient.pk}
    assert Track.objects.count() == 1
    assert AuditEvent.objects.filter(patient_id=our.patient.pk).exists()
