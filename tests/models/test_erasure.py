import pytest

from tests.scopes import inside
from tracker.models import AuditEvent, DiaryEntry, Patient, Track

pytestmark = pytest.mark.django_db


def test_deleting_a_patient_takes_the_whole_diary_and_leaves_the_trail(our, their):
    our.log({1: 4, 2: 3}, soreness={1: 2})
    with inside(their):
        their.log({1: 5})
    Patient.objects.get(pk=our.patient.pk).delete()
    assert not Patient.objects.exists() and not DiaryEntry.objects.exists() and not Track.objects.exists()
    assert AuditEvent.objects.filter(patient_id=our.patient.pk).exists()
    with inside(their):
        assert list(Patient.objects.all()) == [their.patient]
        assert DiaryEntry.objects.count() == Track.objects.count() == 1
