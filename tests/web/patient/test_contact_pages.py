"""The e-mail address on the patient's phone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.cast import NOW
from tracker.models import OutgoingMail, Patient

CONTACT, CHANGE, REMOVE = (
    reverse(f"patient:{name}") for name in ("contact", "contact_change", "contact_remove")
)
ADDRESS = "ada.quill@example.org"


def set_address(our, *, is_verified: bool) -> None:
    Patient.objects.filter(pk=our.patient.pk).update(
        email=ADDRESS, email_verified_at=NOW if is_verified else None
    )


def stored(our) -> tuple[str, bool]:
    patient = Patient.objects.get(pk=our.patient.pk)
    return patient.email, patient.email_verified_at is not None


def mailed() -> str:
    found = re.search(r"\b\d{6}\b", OutgoingMail.objects.latest("id").body)
    assert found
    return found[0]


def test_an_address_is_given_confirmed_and_shown_without_its_name(our, phone):
    assert "There is none yet" in phone.get(CONTACT).text
    assert phone.post(CHANGE, {"email": ADDRESS}).url == CONTACT
    html = phone.get(CONTACT).text
    assert "on its way to a***@example.org" in html and "The code from the mail" in html
    assert phone.post(CONTACT, {"code": mailed()}).url == CONTACT
    assert stored(our) == (ADDRESS, True)
    html = phone.get(CONTACT).text
    assert "a***@example.org" in html and "is confirmed" in html and "ada.quill" not in html


def test_a_wrong_code_is_refused_beside_the_field(our, phone):
    phone.post(CHANGE, {"email": ADDRESS})
    answer = phone.post(CONTACT, {"code": f"{(int(mailed()) + 1) % 1_000_000:06}"})
    assert answer.status_code == 422 and "4 tries are left" in answer.text
    assert stored(our) == ("", False)


@pytest.mark.parametrize("typed", ["", "ada", "a" * 300])
def test_what_is_no_address_is_refused(phone, typed):
    answer = phone.post(CHANGE, {"email": typed})
    assert answer.status_code == 422 and "address" in answer.text
    assert not OutgoingMail.objects.exists()


def test_later_a_change_needs_a_step_up_and_looking_does_not(our, phone):
    set_address(our, is_verified=True)
    with time_machine.travel(NOW + timedelta(minutes=30), tick=False):
        for page in (CHANGE, REMOVE):
            for answer in (phone.get(page), phone.post(page, {"email": "x@example.org"})):
                assert answer.url.startswith(reverse("patient:confirm"))
        assert phone.get(CONTACT).status_code == 200
    assert stored(our) == (ADDRESS, True)


def test_an_address_from_the_clinic_is_confirmed_at_any_time(our, phone):
    set_address(our, is_verified=False)
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert "Your clinic wrote it down" in phone.get(CONTACT).text
        assert phone.post(CONTACT, {"mail": "1"}).url == CONTACT
        phone.post(CONTACT, {"code": mailed()})
    assert stored(our) == (ADDRESS, True)


def test_without_an_address_no_code_is_mailed(phone):
    assert phone.post(CONTACT, {"mail": "1"}).url == CONTACT
    assert not OutgoingMail.objects.exists()


def test_an_address_is_removed(our, phone):
    set_address(our, is_verified=True)
    assert "Remove a***@example.org?" in phone.get(REMOVE).text
    assert phone.post(REMOVE).url == CONTACT
    assert stored(our) == ("", False)


def test_where_there_is_no_address_none_is_to_be_removed(phone):
    assert phone.get(REMOVE).url == CONTACT
    assert phone.post(REMOVE).url == CONTACT


def test_without_mail_the_pages_say_what_else_there_is(our, phone, settings):
    settings.MAIL_IS_ON = False
    set_address(our, is_verified=False)
    for page in (CONTACT, CHANGE):
        assert "has not set up mail" in phone.get(page).text
    assert phone.post(CONTACT, {"mail": "1"}).status_code == 422
    assert phone.post(CHANGE, {"email": ADDRESS}).status_code == 422
