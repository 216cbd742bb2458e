"""Erasing a record: nothing of it stays in any table but its number in the trail, and nothing else goes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from tests.cast import NOW, TODAY, ClinicCast, injection_record, make_device, make_patient
from tests.rows import all_but_the_trail, everything
from tests.scopes import inside
from tests.whole_record import SEALED, fill
from tracker.actions import erasure, injections
from tracker.actions.audit import actor_name
from tracker.domain.retention import ErasureReason, TooEarly
from tracker.domain.roles import Role
from tracker.models import AuditEvent, Clinic, Injection, OutgoingMail, Patient
from tracker.queries.audit_chain import verify

pytestmark = pytest.mark.django_db

ERROR = ErasureReason.ENTERED_IN_ERROR


def another_patient(cast: ClinicCast) -> ClinicCast:
    """A second patient of the clinic, with a whole record."""
    patient = make_patient(cast.clinic, given="Zelda", family="Quux", number="harbour-2")
    injection = injections.add(
        by=cast.clinician, patient=patient, record=injection_record(), agents=[], now=NOW
    )
    device, token = make_device(patient, cast.clinician)
    whole = ClinicCast(cast.clinic, cast.staff, patient, injection, device, token)
    fill(whole)
    return whole


def erase(cast: ClinicCast, *, name: str = "Quux", reason: ErasureReason = ERROR) -> int:
    return erasure.erase(
        by=cast.staff[Role.ADMINISTRATOR], patient=cast.patient, reason=reason, family_name=name, now=NOW
    )


def as_stored(*casts: ClinicCast) -> str:
    """Every table of the database as text, our own and those of the libraries, as each clinic finds it."""
    found = []
    for cast in casts:
        with inside(cast), connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_everything_of_the_patient_goes_and_nothing_of_anybody_else(our, their):
    fill(our)
    before = all_but_the_trail()
    erase(another_patient(our))
    assert all_but_the_trail() == before


def test_no_word_of_the_patient_stays_in_any_table_and_not_in_the_trail(our):
    whole = another_patient(our)
    assert all(word in as_stored(our) for word in ("Zelda", "Quux", "lot-Quux", "harbour-2"))
    erase(whole)
    left = as_stored(our)
    assert [
        word for word in ("Zelda", "Quux", "harbour-2", str(whole.patient.public_id)) if word in left
    ] == []


def test_the_trail_holds_the_records_number_and_is_still_whole(our):
    whole = another_patient(our)
    events = AuditEvent.objects.filter(patient_id=whole.patient.pk).count()
    number = erase(whole)
    assert AuditEvent.objects.filter(patient_id=number).count() == events + 1
    event = AuditEvent.objects.latest("number")
    assert (event.action, event.actor) == ("patient.erase", actor_name(our.staff[Role.ADMINISTRATOR]))
    assert event.detail["reason"] == "entered_in_error"
    assert event.detail["rows"] | {"DiaryEntry": 3, "Injection": 1, "Patient": 1} == event.detail["rows"]
    assert verify().found is None


def test_sealed_columns_hold_no_word_in_clear(our, their):
    fill(our)
    with inside(their):
        fill(their)
    stored = as_stored(our, their)
    words = [f"{begin}{name}" for begin in SEALED for name in ("Quill", "Zanzibar")]
    assert [word for word in words if word in stored] == []
    assert "lot-Quill" in stored and "lot-Zanzibar" in stored  # in the same places, unsealed


@pytest.mark.parametrize("typed", ["", "Quu", "Zelda", "Zelda Quux"])
def test_without_the_family_name_nothing_is_erased(our, typed):
    whole, before = another_patient(our), everything()
    with pytest.raises(ValidationError, match="family name"):
        erase(whole, name=typed)
    assert everything() == before


@pytest.mark.parametrize("typed", ["Quux", " quux ", "QUUX"])
def test_how_the_name_is_written_does_not_matter(our, typed):
    erase(another_patient(our), name=typed)
    assert not Patient.objects.filter(family_name="Quux").exists()


@pytest.mark.parametrize(
    ("years", "reason", "may"),
    [
        (10, ErasureReason.PERIOD_OVER, False),
        (0, ErasureReason.PERIOD_OVER, True),
        (10, ErasureReason.ENTERED_IN_ERROR, True),
        (10, ErasureReason.LAW_DEMANDS_IT, True),
    ],
)
def test_the_clinics_period_holds_unless_the_reason_needs_no_waiting(our, years, reason, may):
    Clinic.objects.filter(pk=our.clinic.pk).update(keep_years=years)
    whole, before = another_patient(our), everything()
    if may:
        erase(whole, reason=reason)
        return
    with pytest.raises(TooEarly) as refused:
        erase(whole, reason=reason)
    assert refused.value.until == date(TODAY.year + years, TODAY.month, TODAY.day)
    assert everything() == before


def test_a_planned_injection_is_activity_too(our):
    Clinic.objects.filter(pk=our.clinic.pk).update(keep_years=0)
    Injection.objects.filter(patient=our.patient).update(injected_on=TODAY + timedelta(days=3))
    with pytest.raises(TooEarly) as refused:
        erase(our, name="Quill", reason=ErasureReason.PERIOD_OVER)
    assert refused.value.until == TODAY + timedelta(days=3)


def test_mail_that_is_owed_to_the_patient_is_never_sent(our):
    erase(another_patient(our))
    assert not OutgoingMail.objects.exists()


def test_a_record_is_kept_a_year_longer_on_demand(our):
    Patient.objects.filter(pk=our.patient.pk).update(erase_on=TODAY + timedelta(days=30))
    administrator = our.staff[Role.ADMINISTRATOR]
    until = erasure.keep_longer(by=administrator, patient=our.patient, now=NOW)
    assert until == Patient.objects.get(pk=our.patient.pk).erase_on == date(2027, 6, 19)
