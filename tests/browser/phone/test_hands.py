"""The app by keyboard alone, and what a machine finds of it in every state, by day and by night."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.phone.phones import log, prepared, put, ready
from tests.cast import ClinicCast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ID = "1b4e28ba-2fa1-41d2-883f-0016d3cca4{:02}"
TROUBLE = {
    "day": "2026-05-18",
    "pain": 3,
    "soreness": 1,
    "state": "attention",
    "entered_at": "2026-05-18T19:00:00Z",
    "problem": {"verdict": "invalid", "message": "Choose a day that has come."},
}


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until something has the focus, as somebody would who looks for it."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


@pytest.mark.row(41)
def test_a_day_is_logged_and_corrected_by_keys_alone(phone):
    tab_to(phone, "#pain input")
    for _ in range(5):
        phone.keyboard.press("ArrowRight")
    expect(phone.locator("#pain input:checked")).to_have_value("5")
    phone.keyboard.press("Enter")
    problem = phone.get_by_role("alert").filter(has_text="Not saved yet.")
    expect(problem).to_be_focused()
    tab_to(phone, "a[href='#soreness']")
    phone.keyboard.press("Enter")
    tab_to(phone, "#soreness input")
    phone.keyboard.press("Space")
    tab_to(phone, "form button")
    phone.keyboard.press("Enter")
    said = phone.get_by_role("status").filter(has_text="Saved for Wednesday 20 May: pain 5, soreness 0.")
    expect(said).to_be_focused()
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    expect(said).to_be_focused()  # what is shown anew leaves the reader where they were
    tab_to(phone, "[data-slot=change]")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("Saved so far: pain 5, soreness 0.")).to_be_visible()


@pytest.fixture
def seen(our: ClinicCast, opened, keys, live_server) -> Page:
    """A phone with a course to look at."""
    our.log({-2: 7, -1: 7, 1: 6, 2: 5, 3: 4}, soreness={0: 3, 1: 1})
    return ready(prepared(opened, live_server.url, keys))


def is_clean(page: Page, where: str) -> None:
    assert violations(page) == [], where


@pytest.mark.row(41)
def test_no_view_of_the_app_has_a_violation(seen):
    page = seen
    is_clean(page, "today, empty")
    page.get_by_role("button", name="Save").click()
    is_clean(page, "today, with what is missing")
    log(page, 6)
    expect(page.get_by_text("Your clinic has it.")).to_be_visible()
    is_clean(page, "saved")
    for path in ("/diary/2026-05-17/", "/diary/history/", "/course/", "/call/", "/leave/"):
        page.goto(path)
        page.locator("[data-view]:not([hidden]) h1").first.wait_for()
        is_clean(page, path)


@pytest.mark.row(41)
def test_no_notice_of_the_app_has_a_violation(seen):
    page = seen
    put(page, TROUBLE | {"client_id": ID.format(1)})
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="This needs you")).to_be_visible()
    log(page, 6)
    expect(page.get_by_text("1 entry is on this phone and not sent yet.")).to_be_visible()
    is_clean(page, "saved, not sent")
    page.goto("/course/")
    expect(page.get_by_text("A dot with a dashed edge is not sent yet.")).to_be_visible()
    is_clean(page, "the course, not sent")
    page.goto("/leave/")
    expect(page.get_by_text("2 entries on this phone were not sent yet.")).to_be_visible()
    is_clean(page, "leave, not sent")
    page.goto("/you/")
    expect(page.get_by_role("heading", name="No network")).to_be_visible()
    is_clean(page, "no network")
