"""The language of a page: the patient's own, a visitor's, English for staff; and its direction."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.cast import ClinicCast
from tracker.domain.consent import CURRENT
from tracker.models import Consent, Patient

SPANISH = {"accept-language": "es-MX,es;q=0.9,en;q=0.5"}
JOIN, DIARY, WELCOME = reverse("patient:join"), reverse("patient:today"), reverse("patient:welcome")


def written_in(answer: HttpResponse) -> str:
    found = re.search(r'<html lang="(\w+)" dir="(\w+)">', answer.text)
    assert found and (found[2] == "rtl") == (found[1] == "ar")
    return found[1]


def now_reads(cast: ClinicCast, language: str) -> None:
    Patient.objects.filter(pk=cast.patient.pk).update(language=language)


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_a_patients_page_is_written_in_the_patients_language(our, phone, language):
    now_reads(our, language)
    assert written_in(phone.get(DIARY)) == language
    assert written_in(phone.get(DIARY, headers=SPANISH)) == language


def test_in_a_language_that_is_not_written_the_page_is_english_and_says_so(our, phone):
    now_reads(our, "fr")
    assert written_in(phone.get(DIARY)) == "en"


def test_a_page_after_that_one_is_written_in_its_own_language(our, phone, desk):
    now_reads(our, "ar")
    assert written_in(phone.get(DIARY)) == "ar"
    assert written_in(Client().get(JOIN)) == "en"
    assert written_in(desk.get("/clinic/")) == "en"


def test_a_visitor_is_met_in_the_language_of_the_browser(db):
    assert written_in(Client().get(JOIN, headers=SPANISH)) == "es"
    assert written_in(Client().get("/", headers={"accept-language": "fr"})) == "en"


def test_what_a_visitor_chooses_holds_for_the_next_page(db):
    visitor = Client()
    assert written_in(visitor.get(f"{JOIN}?language=ar", headers=SPANISH)) == "ar"
    assert written_in(visitor.get("/", headers=SPANISH)) == "ar"
    assert written_in(visitor.get(f"{JOIN}?language=xx")) == "ar"


def test_a_visitors_page_offers_every_language_by_its_own_name(db):
    for address in ("/", JOIN, reverse("patient:call")):
        page = Client().get(address).text
        for code, name in settings.LANGUAGES:
            assert f'href="?language={code}" lang="{code}"' in page and f">{name}</a>" in page


def test_staff_read_english_whatever_their_browser_asks_for(desk):
    assert written_in(desk.get("/clinic/", headers=SPANISH)) == "en"
    assert written_in(desk.get("/nowhere/", headers=SPANISH)) == "en"


def test_a_page_that_says_no_is_written_for_the_visitor(db, phone, our):
    assert written_in(Client().get("/nowhere/", headers=SPANISH)) == "es"
    now_reads(our, "ar")
    phone.get(DIARY)
    assert written_in(phone.get("/nowhere/", headers=SPANISH)) == "ar"


def test_who_begins_reads_the_text_to_agree_to_in_the_language_they_came_with(our, phone):
    Patient.objects.update(consent_version="")
    assert written_in(phone.get(WELCOME, headers=SPANISH)) == "es"
    page = phone.get(f"{WELCOME}?language=ar")
    assert written_in(page) == "ar" and '<option value="ar" selected>' in page.text
    phone.post(f"{WELCOME}?language=ar", {"version": CURRENT, "language": "ar", "reminder_at": ""})
    assert Consent.objects.get().language == "ar"
    assert written_in(phone.get(DIARY)) == "ar"


def test_who_begins_is_met_in_the_language_that_the_clinic_noted_and_may_change_it(our, phone):
    Patient.objects.update(consent_version="", language="ar")
    page = phone.get(WELCOME, headers=SPANISH)
    assert written_in(page) == "ar" and '<option value="ar" selected>' in page.text
    assert written_in(phone.get(f"{WELCOME}?language=en", headers=SPANISH)) == "en"
    Patient.objects.update(language="xx")
    fresh = Client(headers=SPANISH)
    fresh.cookies[settings.DEVICE_COOKIE_NAME] = our.device_token
    assert written_in(fresh.get(WELCOME)) == "es"


def test_the_page_that_a_phone_fills_in_is_there_in_every_language():
    for language in ("en", "es", "ar"):
        assert written_in(Client().get(f"/app/{language}/")) == language
    assert Client().get("/app/fr/").status_code == 404


def test_a_phone_keeps_the_page_of_its_reader_alone(our, phone):
    now_reads(our, "ar")
    phone.get(DIARY)
    worker = phone.get("/sw.js").text
    assert 'SHELL = "/app/ar/"' in worker and "/app/en/" not in worker
    assert 'SHELL = "/app/en/"' in Client().get("/sw.js").text


def test_what_a_phone_asks_for_is_answered_in_the_patients_language(our, phone):
    now_reads(our, "es")
    assert phone.get("/api/v1/mine/").json()["language"] == "es"
