"""Somebody logs a day on a phone that is not theirs, and leaves nothing on it."""

from __future__ import annotations

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.test_main_job import log
from tests.cast import NOW, ClinicCast, make_patient
from tests.chromium import PHONE, WITH_WORKER
from tracker.actions import invitations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ASK_HOLDER = """async (want) => {
    const read = () => new Promise((done) => {
        const opening = indexedDB.open("onset");
        opening.onupgradeneeded = () => opening.transaction.abort();
        opening.onerror = () => done(undefined);
        opening.onsuccess = () => {
            const reading = opening.result.transaction("facts").objectStore("facts").get("holder");
            reading.onsuccess = () => { opening.result.close(); done(reading.result); };
        };
    });
    for (let tries = 0; tries < 100; tries += 1) {
        if (Boolean(await read()) === want) return true;
        await new Promise((done) => setTimeout(done, 100));
    }
    return false;
}"""
"""Waits until the app on this phone has somebody's diary to show, or until it has nobody's."""


def asked_whose_phone(opened, cast: ClinicCast, **options: object) -> Page:
    code = invitations.issue(by=cast.clinician, patient=cast.patient, now=NOW).code
    page = opened("/join/", PHONE, **WITH_WORKER, **options)
    whose_phone(page, code)
    return page


def whose_phone(page: Page, code: str) -> None:
    page.get_by_label("Code").first.fill(code)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Your date of birth").fill("1970-03-04")


def keys(page: Page) -> dict[str, float]:
    """Our keys in this browser, and when they end; -1 is with the browser."""
    names = (settings.DEVICE_COOKIE_NAME, settings.APPEND_COOKIE_NAME)
    return {cookie["name"]: cookie["expires"] for cookie in page.context.cookies() if cookie["name"] in names}


def test_a_day_is_logged_and_nothing_is_left(opened, our: ClinicCast, errors):
    page = asked_whose_phone(opened, our)
    page.get_by_role("checkbox", name="This is not my phone").check()
    page.get_by_role("button", name="Yes, go on").click()
    expect(page.get_by_role("button", name="Save")).to_be_visible()
    assert keys(page) == {settings.DEVICE_COOKIE_NAME: -1}
    log(page, "4", "2")
    page.get_by_role("link", name="Sign out of this phone").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="This phone is signed out")).to_be_visible()
    assert keys(page) == {}
    assert errors == []


def test_whoever_has_the_app_on_the_phone_stays_unseen_and_keeps_it(opened, our: ClinicCast):
    """The phone is Ada's, with her app and a day that is not sent yet; Nils borrows it."""
    neighbour = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    code = invitations.issue(by=our.clinician, patient=neighbour, now=NOW).code
    page = opened("/join/", PHONE, **WITH_WORKER)
    key = {"name": settings.DEVICE_COOKIE_NAME, "value": our.device_token}
    page.context.add_cookies([key | {"url": page.url.removesuffix("join/")}])
    page.context.route("**/api/v1/sync/", lambda route: route.abort())
    page.goto("/diary/")
    assert page.evaluate(ASK_HOLDER, True)
    page.goto("/diary/")
    log(page, "7", "1")
    expect(page.get_by_text("pain 7").first).to_be_visible()
    page.goto("/diary/history/")
    expect(page.get_by_text("pain 7").first).to_be_visible()

    page.goto("/join/")
    whose_phone(page, code)
    page.get_by_role("checkbox", name="This is not my phone").check()
    page.get_by_role("button", name="Yes, go on").click()
    expect(page.get_by_role("button", name="Save")).to_be_visible()
    assert page.url.endswith("/diary/?plain")
    assert page.evaluate(ASK_HOLDER, False)
    for path in ("/diary/", "/diary/history/"):
        page.goto(path)
        expect(page.locator("[data-view]")).to_have_count(0)
        expect(page.get_by_text("pain 7")).to_have_count(0)
    names = page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
    assert f"onset-{our.patient.public_id}" in names
    assert f"onset-{neighbour.public_id}" not in names


def test_axe_finds_nothing_where_whose_phone_it_is_is_asked(opened, our: ClinicCast):
    page = asked_whose_phone(opened, our, bypass_csp=True)
    page.set_viewport_size({"width": 320, "height": 640})
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("checkbox", name="This is not my phone").check()
    assert violations(page) == []
