"""The main job as two people do it: a nurse enrols a patient, the patient logs, the clinician sees."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD, TODAY, ClinicCast
from tests.chromium import DESK, PHONE
from tracker.domain.roles import Role
from tracker.models import DiaryEntry, Patient

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IS_DRAWN = "image => image.decode().then(() => image.naturalWidth > 0)"
"""Waits until a picture is there; a broken one is an error."""


def sign_in(page: Page, email: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def enrol(page: Page) -> str:
    """Add a patient with an injection three days ago; the one-time link that the page shows."""
    page.get_by_role("link", name="Add patient").click()
    page.get_by_label("Given name").fill("Wilma")
    page.get_by_label("Family name").fill("Fernsby")
    page.get_by_label("Date of birth").fill("1961-02-03")
    page.get_by_label("Record number").fill("F-17")
    page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Status").select_option("performed")
    page.get_by_label("Date", exact=True).fill((TODAY - timedelta(days=3)).isoformat())
    page.get_by_label("Level").fill("C7-T1")
    page.get_by_label("Indication").select_option("M54.12")
    page.get_by_label("Operator").fill("Dr Vale")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Fernsby")
    page.get_by_role("button", name="Invite").click()
    return page.get_by_label("Link").input_value()


def log(page: Page, pain: str, soreness: str) -> None:
    page.locator("#pain").get_by_role("radio", name=pain, exact=True).check()
    page.locator("#soreness").get_by_role("radio", name=soreness, exact=True).check()
    page.get_by_role("button", name="Save").click()


def test_a_day_logged_on_a_phone_becomes_a_clinicians_chart(opened, our: ClinicCast, errors):
    desk = opened("/clinic/", DESK)
    sign_in(desk, our.staff[Role.NURSE].user.email)
    link = enrol(desk)

    phone = opened(link, PHONE)
    phone.get_by_role("button", name="Open my diary").click()
    expect(phone.get_by_text("Welcome")).to_be_visible()
    log(phone, "4", "2")
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 4, soreness 2.")).to_be_visible()

    phone.get_by_role("link", name="Tuesday").click()
    log(phone, "9", "3")
    expect(phone.get_by_text("Saved for Tuesday 19 May: pain 9, soreness 3.")).to_be_visible()
    phone.goto(f"/diary/{TODAY - timedelta(days=1)}/")
    log(phone, "6", "3")
    expect(phone.get_by_text("Saved for Tuesday 19 May: pain 6, soreness 3.")).to_be_visible()

    phone.get_by_role("link", name="My course").click()
    expect(phone.get_by_role("heading", name="Day 3")).to_be_visible()
    assert phone.locator("picture img").evaluate(IS_DRAWN)

    patient = Patient.objects.get(record_number="F-17")
    days = DiaryEntry.objects.filter(patient=patient).values_list("pain", flat=True)
    assert sorted(days) == [4, 6, 9]  # the first answer for Tuesday is kept

    clinician = opened("/clinic/", DESK)
    sign_in(clinician, our.clinician.user.email)
    line = clinician.get_by_role("row").filter(has_text="Fernsby")
    expect(line).to_contain_text("day 3")
    line.get_by_role("link", name="Fernsby").click()
    expect(clinician.get_by_text("esi-rules 1.0").first).to_be_visible()
    expect(clinician.get_by_text("edited").first).to_be_visible()
    assert clinician.locator("picture img").first.evaluate(IS_DRAWN)
    assert errors == []
