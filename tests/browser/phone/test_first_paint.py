"""What a diary shows before its store has answered: a question that is nobody's, and that stays put."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone.phones import entries, log, prepared, put, ready
from tests.browser.phone.test_hands import ID, TROUBLE
from tests.cast import ClinicCast
from tests.chromium import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HELD = """{
  const released = new Promise((resolve) => { self.release = resolve; });
  Object.defineProperty(IDBOpenDBRequest.prototype, "onsuccess", {
    set(heard) { this.addEventListener("success", (event) => released.then(() => heard.call(this, event))); },
  });
}"""
"""A store that answers once it is released."""

MOVED = """self.moved = [];
new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => moved.push(value)))
  .observe({ type: "layout-shift", buffered: true });
"""
FORESEEN = "JSON.parse(localStorage.getItem('onset-first'))"
KNOWN = ("[data-slot=date]", "[data-slot=study-day]", "[data-clinic]", "[data-slot=contact]")
"""What only the store knows."""


def kept(page: Page) -> Any:
    """What the page foresees, once it has: it waits for a frame."""
    page.wait_for_timeout(200)
    return page.evaluate(FORESEEN)


def held(page: Page, path: str = "/diary/") -> Page:
    """The phone opened once more, without a network, and with a store that does not answer yet."""
    kept(page)
    page.context.set_offline(True)
    page.context.add_init_script(HELD)
    page.goto(path)
    return page


def test_the_question_stands_there_before_the_store_says_whose_phone_it_is(phone):
    page = held(phone)
    expect(page.locator("#pain")).to_be_visible()
    expect(page.locator("#soreness")).to_be_hidden()
    expect(page.get_by_role("button", name="Save")).to_be_hidden()
    for known in KNOWN:
        assert set(page.locator(known).all_text_contents()) == {""}, known
    page.evaluate("release()")
    expect(page.locator("#soreness")).to_be_visible()
    expect(page.locator("[data-slot=date]")).to_have_text("Wednesday 20 May")


def test_a_choice_that_was_quicker_than_the_store_is_kept_and_saved(phone):
    page = held(phone)
    page.locator("#pain input[value='7']").click()
    page.locator("#pain input:checked").press(
        "Enter"
    )  # sent now it would be lost, as nothing is there to keep it
    page.evaluate("release()")
    expect(page.locator("#soreness")).to_be_visible()
    expect(page.locator("#pain input:checked")).to_have_value("7")
    page.locator("#soreness input[value='1']").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved for Wednesday 20 May: pain 7, soreness 1.")).to_be_visible()
    assert [(entry["pain"], entry["soreness"]) for entry in entries(page)] == [(7, 1)]


def test_a_day_that_is_saved_is_not_asked_about_while_the_store_is_slow(phone):
    log(phone, 6)
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    page = held(phone)
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
    expect(page.locator("#pain")).to_be_hidden()
    page.evaluate("release()")
    expect(page.get_by_text("Saved for Wednesday 20 May: pain 6")).to_be_visible()


@pytest.mark.parametrize("path", ["/course/", "/diary/2026-05-19/", "/diary/?saved=2026-05-19"])
def test_the_question_is_no_other_pages(phone, path):
    page = held(phone, path)
    expect(page.get_by_role("navigation", name="Pages")).to_be_visible()
    expect(page.locator("#pain")).to_be_hidden()


def test_nothing_is_foreseen_where_something_needs_somebody(phone):
    assert kept(phone)["except"] == []
    put(phone, TROUBLE | {"client_id": ID.format(1)})
    phone.reload()
    expect(phone.get_by_role("heading", name="This needs you")).to_be_visible()
    assert kept(phone) is None


def test_at_night_the_store_says_first_which_day_is_meant(phone):
    foreseen = kept(phone)
    assert foreseen["ahead"] == 0  # half past seven in the evening, where home is by UTC
    at_night = foreseen | {"ahead": 6 * 3_600_000}
    phone.evaluate("(text) => localStorage.setItem('onset-first', text)", json.dumps(at_night))
    phone.context.add_init_script(HELD)
    phone.goto("/diary/")
    expect(phone.locator("#pain")).to_be_hidden()


@pytest.mark.row(14)
def test_a_page_of_the_servers_and_signing_out_without_a_network_forget_it(phone):
    assert kept(phone)
    phone.goto("/diary/?plain")
    assert phone.evaluate(FORESEEN) is None
    phone.goto("/diary/")
    assert kept(phone)
    phone.context.set_offline(True)
    phone.goto("/leave/")
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("No network")
    assert phone.evaluate(FORESEEN) is None


@pytest.mark.parametrize("saved", [False, True], ids=["to be logged", "saved"])
def test_nothing_on_the_screen_moves_when_the_store_and_the_network_have_answered(
    opened, our: ClinicCast, keys, live_server, saved
):
    our.log({-2: 7, 1: 6}, soreness={0: 3, 1: 1})
    page = ready(prepared(opened, live_server.url, keys))
    page.set_viewport_size(PHONE)
    if saved:
        log(page, 6)
        expect(page.get_by_text("Your clinic has it.")).to_be_visible()
    kept(page)
    page.context.add_init_script(MOVED)
    page.context.set_offline(True)
    page.goto("/diary/")
    expect(page.get_by_text("No connection.")).to_be_visible()
    page.wait_for_timeout(300)
    assert page.evaluate("moved") == []
