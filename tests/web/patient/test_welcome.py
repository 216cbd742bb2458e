"""After joining: the text to agree to, the score before the injection, and the way to the diary."""

from __future__ import annotations

import uuid
from datetime import time, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, TODAY, ClinicCast, injection_record, make_caregiver, make_device
from tests.web.patient.test_diary import save
from tracker.actions import injections
from tracker.domain.consent import CURRENT
from tracker.domain.procedure import Status
from tracker.models import Consent, DiaryEntry, Patient, Reading

WELCOME, DIARY = reverse("patient:welcome"), reverse("patient:today")
SCORE, ICON = reverse("patient:first_score"), reverse("patient:home_screen")
AGREED = {"version": CURRENT, "reminder_at": "20:00:00"}
OF_THE_DIARY = ("patient:today", "patient:history", "patient:course", "patient:now", "patient:first_score")


@pytest.fixture
def new(our: ClinicCast) -> ClinicCast:
    """Our patient, before they have agreed."""
    Patient.objects.update(consent_version="")
    return our


def move_injection(cast: ClinicCast, *, days: int, status: Status = Status.PERFORMED) -> None:
    record = injection_record(injected_on=TODAY + timedelta(days=days), status=status)
    injections.change(by=cast.clinician, injection=cast.injection, record=record, agents=[], now=NOW)


def test_until_somebody_agrees_every_page_of_the_diary_leads_to_the_text(new, phone):
    assert {phone.get(reverse(name)).url for name in OF_THE_DIARY} == {WELCOME}
    assert save(phone, TODAY).url == WELCOME
    assert not DiaryEntry.objects.exists()
    assert phone.get(reverse("patient:call")).status_code == 200


def test_the_text_names_the_clinic_and_how_long_it_keeps_the_record(new, phone):
    page = phone.get(WELCOME).text
    assert "harbour clinic" in page and "for 10 years after" in page
    assert "Yes, start my diary" in page and "{" not in page.split("<main")[1]


def test_the_evening_and_the_language_of_the_page_are_chosen_beforehand(new, phone):
    page = phone.get(WELCOME).text
    assert '<option value="20:00:00" selected>8:00 PM</option>' in page
    assert '<option value="en" selected>English</option>' in page


def test_who_agrees_goes_on_to_the_diary_with_their_choices(new, phone):
    assert phone.post(WELCOME, AGREED | {"reminder_at": "18:00:00"}).url == SCORE
    new.patient.refresh_from_db()
    assert (new.patient.consent_version, new.patient.reminder_at) == (CURRENT, time(18))
    assert Consent.objects.get().language == "en"
    assert phone.get(DIARY).status_code == 200
    assert phone.get(WELCOME).url == DIARY


def test_no_reminder_is_a_choice(new, phone):
    phone.post(WELCOME, AGREED | {"reminder_at": ""})
    new.patient.refresh_from_db()
    assert new.patient.reminder_at is None


@pytest.mark.parametrize("wrong", [{"version": "2020-01"}, {"version": ""}, {"reminder_at": "25:00"}])
def test_an_older_text_or_an_invented_time_is_no_consent(new, phone, wrong):
    answer = phone.post(WELCOME, AGREED | wrong)
    assert answer.status_code == 422 and "Not saved yet" in answer.text
    assert not Consent.objects.exists()


def test_who_says_no_is_told_what_that_means(new, phone):
    page = phone.get(reverse("patient:welcome_no")).text
    assert "Nothing is recorded" in page and reverse("patient:call") in page
    assert not Consent.objects.exists()


def test_a_text_that_changed_is_asked_for_at_the_next_opening_and_loses_no_form(our, phone):
    Patient.objects.update(consent_version="2020-01", reminder_at=None)
    assert save(phone, TODAY).url.startswith(DIARY)
    assert phone.get(DIARY).url == WELCOME
    page = phone.get(WELCOME).text
    assert "has changed since you agreed" in page
    assert '<option value="" selected>No reminder</option>' in page
    assert phone.post(WELCOME, AGREED).url == DIARY
    assert phone.get(DIARY).status_code == 200


def test_a_helper_cannot_agree_for_the_patient(new, phone):
    helper = Client()
    caregiver = make_caregiver(new.patient)
    helper.cookies[settings.DEVICE_COOKIE_NAME] = make_device(
        new.patient, new.clinician, caregiver=caregiver
    )[1]
    assert helper.get(DIARY).url == WELCOME
    assert "has to agree first" in helper.get(WELCOME).text
    helper.post(WELCOME, AGREED)
    assert not Consent.objects.exists()
    phone.post(WELCOME, AGREED)
    assert helper.get(WELCOME).url == DIARY


# --- The score before the injection ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "question"),
    [
        (Status.SCHEDULED, "How strong is the pain the injection is meant for, right now?"),
        (Status.PERFORMED, "How strong was the pain the injection was meant for, just before the injection?"),
    ],
)
def test_on_the_day_of_the_injection_one_question_is_asked(our, phone, status, question):
    move_injection(our, days=0, status=status)
    assert question in phone.get(SCORE).text
    assert phone.post(SCORE, {"client_id": uuid.uuid4(), "pain": "7"}).url == ICON
    reading = Reading.objects.get()
    assert (reading.minutes, reading.pain) == (None, 7)
    assert phone.get(SCORE).url == ICON  # given already


def test_without_a_number_nothing_is_saved_and_it_may_be_skipped(our, phone):
    move_injection(our, days=0)
    answer = phone.post(SCORE, {})
    assert answer.status_code == 422 and "choose a number from 0 to 10" in answer.text
    assert f'href="{ICON}">Skip' in answer.text
    assert not Reading.objects.exists()


@pytest.mark.parametrize(("days", "status"), [(-1, Status.PERFORMED), (1, Status.SCHEDULED)])
def test_on_any_other_day_the_diary_asks(our, phone, days, status):
    move_injection(our, days=days, status=status)
    assert phone.get(SCORE).url == ICON


# --- The home screen, and choices later ------------------------------------------------------------


@pytest.mark.parametrize(
    ("agent", "said", "unsaid"),
    [
        ("iPhone", "share button", "three dots at"),
        ("Android", "three dots at", "share button"),
        ("Firefox", "three dots at", "never said"),
    ],
)
def test_the_way_to_the_home_screen_is_told_for_this_kind_of_phone(phone, agent, said, unsaid):
    page = phone.get(ICON, headers={"user-agent": f"Mozilla/5.0 ({agent})"}).text
    assert said in page and unsaid not in page


def test_choices_are_changed_later(our, phone):
    choices = reverse("patient:preferences")
    assert '<option value="" selected>No reminder</option>' in phone.get(choices).text
    assert phone.post(choices, {"reminder_at": "08:00:00"}).url == reverse("patient:you")
    our.patient.refresh_from_db()
    assert our.patient.reminder_at == time(8)
    assert phone.post(choices, {"reminder_at": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("language", "sent", "unsent"),
    [
        ("en", "your phone asks if it may remind you", "Reminders are not sent yet"),
        ("es", "su teléfono pregunta", "Los avisos todavía no se envían"),
        ("ar", "يسألك هاتفك", "التذكيرات لا تُرسل بعد"),
    ],
)
@pytest.mark.parametrize(
    ("contact", "app", "are_sent"),
    [("it@example.org", True, True), ("", True, False), ("a@b.c", False, False)],
)
def test_beside_the_time_stands_whether_anything_reminds(
    our, phone, settings, language, sent, unsent, contact, app, are_sent
):
    Patient.objects.update(language=language)
    settings.PUSH_CONTACT, settings.APP_IS_ON = contact, app
    page = phone.get(reverse("patient:preferences")).text
    assert (sent in page, unsent in page) == (are_sent, not are_sent)


def test_saving_with_two_taps_is_off_until_the_patient_chooses_it_and_may_be_taken_back(our, phone):
    choices = reverse("patient:preferences")
    off, on = (f'id="id_two_taps"{so}>' for so in ("", " checked"))
    assert off in phone.get(choices).text
    for said, is_on in (({"two_taps": "on"}, True), ({}, False)):
        phone.post(choices, {"reminder_at": "08:00:00"} | said)
        our.patient.refresh_from_db()
        assert our.patient.two_taps is is_on
        assert (on if is_on else off) in phone.get(choices).text


def test_agreeing_to_a_new_text_leaves_saving_with_two_taps_as_it_is(our, phone):
    Patient.objects.update(consent_version="2020-01", two_taps=True)
    assert "two_taps" not in phone.get(WELCOME).text
    assert phone.post(WELCOME, AGREED).url == DIARY
    our.patient.refresh_from_db()
    assert our.patient.two_taps


def test_what_was_agreed_to_can_be_read_again(our, phone):
    assert "harbour clinic" in phone.get(reverse("patient:agreed")).text
    Patient.objects.update(consent_version="")
    assert phone.get(reverse("patient:agreed")).url == WELCOME
