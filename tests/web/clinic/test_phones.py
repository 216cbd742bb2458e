"""A patient's phones on the record: who has one, ending one, a locked code, and a consent on paper."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, ClinicCast, make_caregiver, make_device
from tests.factors import confirm
from tests.scopes import inside
from tracker.actions import invitations
from tracker.actions.invitations import WrongBirthDate
from tracker.domain.consent import CURRENT
from tracker.models import Caregiver, Consent, Device, Patient

WORKLIST = reverse("clinic:worklist")
LOCKED = "ocked after five wrong dates of birth"


@pytest.fixture
def desk(desk: Client) -> Client:
    confirm(desk)
    return desk


def record_of(cast: ClinicCast) -> str:
    return reverse("clinic:patient", args=[cast.patient.public_id])


def end_of(cast: ClinicCast, device: Device) -> str:
    return reverse("clinic:phone_end", args=[cast.patient.public_id, device.pk])


def lock(cast: ClinicCast, caregiver: Caregiver | None = None) -> None:
    code = invitations.issue(by=cast.clinician, patient=cast.patient, caregiver=caregiver, now=NOW).code
    wrong = cast.patient.born_on + timedelta(days=1)
    for _ in range(invitations.MOST_TRIES):
        with pytest.raises(WrongBirthDate):
            invitations.redeem(typed=code, born_on=wrong, device_name="x", now=NOW)


def test_the_record_lists_phones_with_whose_they_are_and_when_they_were_used(our, desk):
    make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient, name="Wilma Quaint"))
    Device.objects.filter(pk=our.device.pk).update(name="Blue phone", made_at=NOW - timedelta(days=3))
    page = desk.get(record_of(our)).text
    assert "<b>Blue phone</b> <" in page and "since 17 May 2026, used 20 May 2026" in page
    assert "<b>Test phone</b> of Wilma Quaint" in page
    assert end_of(our, our.device) in page


def test_an_ended_phone_leaves_the_list_and_one_that_is_over_says_so(our, desk):
    Device.objects.update(expires_at=NOW)
    assert "has to join anew" in desk.get(record_of(our)).text
    Device.objects.update(ended_at=NOW)
    assert "No phone connected yet" in desk.get(record_of(our)).text


def test_ending_a_phone_asks_first_and_acts_at_its_next_contact(our, desk, phone):
    assert "End “Test phone”?" in desk.get(end_of(our, our.device)).text
    assert phone.get("/diary/").status_code == 200
    assert "cannot open the diary any more" in desk.post(end_of(our, our.device), follow=True).text
    answer = phone.get("/diary/")
    assert answer.status_code == 401
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies[settings.DEVICE_COOKIE_NAME].value == ""
    assert desk.get(end_of(our, our.device)).status_code == 404


def test_a_helpers_phone_is_ended_the_same_way(our, desk):
    device, _ = make_device(our.patient, our.clinician, caregiver=make_caregiver(our.patient))
    assert "Wilma Quaint, neighbour" in desk.get(end_of(our, device)).text
    desk.post(end_of(our, device))
    device.refresh_from_db()
    assert device.ended_by == f"staff:{our.clinician.pk}"


def test_who_has_left_the_desk_for_long_is_asked_again(our, desk):
    with time_machine.travel(
        NOW + timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1), tick=False
    ):
        assert reverse("account_reauthenticate") in desk.get(end_of(our, our.device)).url
        assert reverse("account_reauthenticate") in desk.post(end_of(our, our.device)).url
    our.device.refresh_from_db()
    assert our.device.ended_at is None


# --- A code that was locked ------------------------------------------------------------------------


def test_a_locked_code_stands_on_the_record_and_above_the_worklist_until_there_is_a_new_one(our, desk):
    assert LOCKED not in desk.get(record_of(our)).text + desk.get(WORKLIST).text
    lock(our)
    assert LOCKED in desk.get(record_of(our)).text
    page = desk.get(WORKLIST).text
    assert LOCKED in page and f'href="{record_of(our)}">Ada Quill</a>' in page
    invitations.issue(by=our.clinician, patient=our.patient, now=NOW)
    assert LOCKED not in desk.get(record_of(our)).text + desk.get(WORKLIST).text


def test_a_helpers_locked_code_names_the_helper_and_another_code_does_not_hide_it(our, desk):
    helper = make_caregiver(our.patient, name="Wilma Quaint")
    lock(our, helper)
    invitations.issue(by=our.clinician, patient=our.patient, now=NOW)
    assert "the code of Wilma Quaint" in desk.get(WORKLIST).text
    invitations.issue(by=our.clinician, patient=our.patient, caregiver=helper, now=NOW)
    assert LOCKED not in desk.get(WORKLIST).text


def test_another_clinic_hears_nothing_of_it(our, their, desk):
    with inside(their):
        lock(their)
    assert LOCKED not in desk.get(WORKLIST).text


def test_after_two_weeks_the_worklist_is_free_of_it_again(our, desk):
    lock(our)
    with time_machine.travel(NOW + timedelta(days=15), tick=False):
        client = Client()
        client.force_login(our.clinician.user)
        assert LOCKED not in client.get(WORKLIST).text


# --- Consent on paper ------------------------------------------------------------------------------


def test_a_consent_on_paper_is_recorded_where_there_is_none(our, desk):
    address = reverse("clinic:consent", args=[our.patient.public_id])
    assert address not in desk.get(record_of(our)).text
    Patient.objects.update(consent_version="")
    assert address in desk.get(record_of(our)).text
    assert "harbour clinic" in desk.get(address).text
    assert not Consent.objects.exists()
    assert "on record" in desk.post(address, follow=True).text
    our.patient.refresh_from_db()
    assert our.patient.consent_version == CURRENT
    assert Consent.objects.get().device is None


@pytest.mark.parametrize(
    ("language", "marked"),
    [("ar", 'lang="ar" dir="rtl"'), ("es", 'lang="es" dir="ltr"'), ("xx", 'lang="en" dir="ltr"')],
)
def test_the_text_to_agree_to_says_in_which_language_it_is(our, desk, language, marked):
    Patient.objects.update(consent_version="", language=language)
    html = desk.get(reverse("clinic:consent", args=[our.patient.public_id])).text
    assert f'<div class="card consent" {marked}>' in html
