"""The main job as two people do it: a nurse enrols a patient, the patient logs, the clinician sees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desks import sign_in
from tests.cast import TODAY, ClinicCast
from tests.chromium import DESK, PHONE, WITH_WORKER
from tracker.domain.roles import Role
from tracker.models import DiaryEntry, Patient

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IS_DRAWN = "image => image.decode().then(() => image.naturalWidth > 0)"
"""Waits until a picture is there; a broken one is an error."""


def enrol(page: Page) -> str:
    """Enrol a patient with an injection three days ago; the one-time link that the page shows."""
    page.get_by_role("link", name="Enrol").click()
    page.get_by_label("Family name").fill("Fernsby")
    page.get_by_label("Given name").fill("Wilma")
    page.get_by_label("Date of birth").fill("1961-02-03")
    page.get_by_label("Record number").fill("F-17")
    page.get_by_label("Date", exact=True).fill((TODAY - timedelta(days=3)).isoformat())
    page.get_by_role("combobox", name="Indication").fill("M54.12")
    page.get_by_role("listbox", name="Indication").get_by_role("option").click()
    page.get_by_label("Operator").fill("Dr Vale")
    page.get_by_role("button", name="Save and show the code").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fernsby")
    return page.get_by_label("Or send this link").input_value()


def join(phone: Page) -> None:
    """From the link to the page of today."""
    phone.get_by_label("Your date of birth").fill("1961-02-03")
    phone.get_by_role("button", name="Yes, go on").click()
    phone.get_by_role("button", name="Yes, start my diary").click()
    phone.get_by_role("link", name="To my diary").click()


def log(page: Page, pain: str, soreness: str) -> None:
    page.locator("#pain").get_by_role("radio", name=pain, exact=True).check()
    page.locator("#soreness").get_by_role("radio", name=soreness, exact=True).check()
    page.get_by_role("button", name="Save").click()


def test_a_day_logged_on_a_phone_becomes_a_clinicians_chart(opened, our: ClinicCast, errors):
    desk = opened("/clinic/", DESK)
    sign_in(desk, our.staff[Role.NURSE].user)
    link = enrol(desk)

    phone = opened(link, PHONE, **WITH_WORKER)
    join(phone)
    log(phone, "4", "2")
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 4, soreness 2.")).to_be_visible()

    phone.get_by_role("link", name="Tuesday").click()
    log(phone, "9", "3")
    expect(phone.get_by_text("Saved for Tuesday 19 May: pain 9, soreness 3.")).to_be_visible()
    phone.goto(f"/diary/{TODAY - timedelta(days=1)}/")
    log(phone, "6", "3")
    expect(phone.get_by_text("Saved for Tuesday 19 May: pain 6, soreness 3.")).to_be_visible()

    phone.get_by_role("link", name="Course", exact=True).click()
    expect(phone.get_by_role("heading", name="Day 3")).to_be_visible()
    expect(phone.locator("svg.own-chart")).to_be_visible()

    patient = Patient.objects.get(record_number="F-17")
    days = DiaryEntry.objects.filter(patient=patient).values_list("pain", flat=True)
    assert sorted(days) == [4, 6, 9]  # the first answer for Tuesday is kept

    clinician = opened("/clinic/", DESK)
    sign_in(clinician, our.clinician.user)
    line = clinician.get_by_role("row").filter(has_text="Fernsby")
    expect(line).to_contain_text("day 3")
    line.get_by_role("link", name="Fernsby").click()
    expect(clinician.get_by_text("esi-rules 1.0").first).to_be_visible()
    expect(clinician.get_by_text("edited").first).to_be_visible()
    assert clinician.locator("picture img").first.evaluate(IS_DRAWN)
    assert errors == []
