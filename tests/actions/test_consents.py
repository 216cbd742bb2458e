"""Nothing is recorded of anybody who has not agreed."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError

from tests.cast import NOW, TODAY, ClinicCast, change, injection_record, make_caregiver, make_device
from tracker import access
from tracker.access import NotAgreed
from tracker.actions import consents, diary, injections, patients, readings
from tracker.actions.consents import Outdated
from tracker.domain.consent import CURRENT, State
from tracker.domain.roles import Permission
from tracker.models import AuditEvent, Consent, Device, DiaryEntry, Patient, Reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def undecided(our: ClinicCast) -> ClinicCast:
    """Our patient, before they have read the text."""
    return told(our, consent_version="")


def told(cast: ClinicCast, **fields: object) -> ClinicCast:
    """The cast as it stands after a change of the patient's row."""
    Patient.objects.filter(pk=cast.patient.pk).update(**fields)
    cast.patient = Patient.objects.get(pk=cast.patient.pk)
    cast.device = Device.objects.select_related("patient").get(pk=cast.device.pk)
    return cast


def agree(cast: ClinicCast, **said: object) -> None:
    fields = {"by": cast.device, "patient": cast.patient, "version": CURRENT, "language": "en", "now": NOW}
    consents.give(**(fields | said))
    told(cast)


def log(cast: ClinicCast, by: access.Actor) -> None:
    diary.record(by=by, patient=cast.patient, changes=[change(TODAY, 4)], now=NOW)


def test_without_consent_a_phone_records_and_sees_nothing(undecided):
    injections.change(
        by=undecided.clinician,
        injection=undecided.injection,
        record=injection_record(injected_on=TODAY),
        agents=[],
        now=NOW,
    )
    with pytest.raises(NotAgreed):
        log(undecided, undecided.device)
    with pytest.raises(NotAgreed):
        readings.record(
            by=undecided.device,
            injection=undecided.injection,
            minutes=None,
            pain=3,
            now=NOW,
        )
    assert not access.can(undecided.device, Permission.SEE_OWN_DIARY)
    assert access.can(undecided.device, Permission.MANAGE_OWN_ACCESS)
    assert not DiaryEntry.objects.exists() and not Reading.objects.exists()


def test_a_helper_needs_the_patients_consent_too(undecided):
    helper, _ = make_device(
        undecided.patient, undecided.clinician, caregiver=make_caregiver(undecided.patient)
    )
    with pytest.raises(NotAgreed):
        log(undecided, helper)


def test_staff_record_what_they_are_told(undecided):
    log(undecided, undecided.clinician)
    assert DiaryEntry.objects.count() == 1


def test_who_agrees_may_log_and_the_version_is_on_record(undecided):
    agree(undecided)
    log(undecided, undecided.device)
    given = Consent.objects.get()
    assert (given.version, given.language, given.device) == (CURRENT, "en", undecided.device)
    event = AuditEvent.objects.filter(action="consent.give").get()
    assert event.detail == {"version": CURRENT}


def test_staff_record_a_consent_given_on_paper(undecided):
    agree(undecided, by=undecided.clinician)
    assert Consent.objects.get().device is None
    log(undecided, undecided.device)


def test_another_text_than_todays_is_no_consent(undecided):
    for version in ("2020-01", ""):
        with pytest.raises(Outdated):
            agree(undecided, version=version)
    assert not Consent.objects.exists()


def test_an_older_text_still_holds_for_what_is_on_its_way(our):
    told(our, consent_version="2020-01")
    assert access.consent_of(our.device) is State.OUTDATED
    log(our, our.device)


def test_who_stopped_and_comes_back_takes_part_again(our):
    agree(our)
    patients.withdraw(by=our.device, patient=our.patient, now=NOW)
    our.device, _ = make_device(our.patient, our.clinician)
    told(our)
    assert access.consent_of(our.device) is State.WITHDRAWN
    with pytest.raises(NotAgreed):
        log(our, our.device)
    agree(our, now=NOW + timedelta(days=1))
    assert our.patient.withdrawn_at is None
    log(our, our.device)
    assert Consent.objects.filter(withdrawn_at=None).count() == 1


def test_language_and_reminder_are_kept(our):
    patients.set_preferences(by=our.device, patient=our.patient, language="en", reminder_at=time(20), now=NOW)
    our.patient.refresh_from_db()
    assert (our.patient.language, our.patient.reminder_at) == ("en", time(20))
    with pytest.raises(ValidationError):
        patients.set_preferences(by=our.device, patient=our.patient, language="xx", reminder_at=None, now=NOW)
