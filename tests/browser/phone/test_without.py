"""A browser that lacks something, and pages that the phone does not keep: the server's own pages stand in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone.phones import flush, hold, log, prepared, put, stored
from tests.cast import ClinicCast
from tests.chromium import PHONE
from tests.scopes import inside
from tracker.models import Patient
from tracker.web import app_shell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ABSENT = "Object.defineProperty(self, 'indexedDB', { value: undefined });\n"
REFUSED = "IDBFactory.prototype.open = () => { throw new DOMException('refused', 'SecurityError'); };\n"
SHELL_OF = "document.documentElement.lang"


def logs_with_the_server(page: Page) -> None:
    page.goto("/diary/")
    expect(page.locator("#words")).to_have_count(0)
    log(page, 5)
    expect(page.get_by_text("Saved for Wednesday 20 May: pain 5, soreness 2.")).to_be_visible()
    assert stored() == [5]


@pytest.mark.row(23)
@pytest.mark.parametrize("without", [ABSENT, REFUSED], ids=["absent", "refused"])
def test_without_a_store_each_page_is_the_servers(opened, keys, live_server, monkeypatch, errors, without):
    script = app_shell.worker_script
    monkeypatch.setattr(app_shell, "worker_script", lambda: without + script())
    page = prepared(opened, live_server.url, keys)
    page.context.add_init_script(without)
    page.goto("/diary/")
    if without == REFUSED:
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    logs_with_the_server(page)
    assert page.evaluate("navigator.serviceWorker.getRegistration().then(Boolean)") == (without == REFUSED)
    assert errors == []


@pytest.mark.row(23)
def test_a_page_that_may_not_open_the_store_any_more_gives_way_to_the_servers(phone):
    phone.context.add_init_script(REFUSED)  # its worker may, and answers with the page of the app
    phone.goto("/diary/")
    phone.wait_for_url("**/diary/?plain")
    expect(phone.locator("#words")).to_have_count(0)
    expect(phone.locator("#pain")).to_be_visible()


@pytest.mark.row(42)
def test_without_scripts_a_form_goes_to_the_server(opened, keys, live_server):
    page = opened("about:blank", PHONE, java_script_enabled=False)
    hold(page.context, keys, live_server.url)
    logs_with_the_server(page)
    page.goto("/course/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Day 10")


@pytest.mark.row(34)
def test_a_page_that_is_not_kept_says_that_it_needs_a_network_and_leads_to_the_diary(phone):
    phone.context.set_offline(True)
    phone.goto("/you/")
    expect(phone.get_by_role("heading", name="No network")).to_be_visible()
    phone.get_by_role("link", name="To my diary").click()
    log(phone, 3)
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 3, soreness 2.")).to_be_visible()


def speaks(cast: ClinicCast, language: str) -> None:
    with inside(cast):
        Patient.objects.filter(pk=cast.patient.pk).update(language=language)


@pytest.mark.row(36)
def test_another_language_comes_like_a_new_release_and_is_there_without_a_network(our, phone):
    expect(phone).to_have_title("Today – Onset")
    speaks(our, "es")
    phone.goto("/you/")
    phone.goto("/diary/")
    expect(phone.get_by_text("A new version of this app is ready.")).to_be_visible()
    with phone.expect_navigation():
        phone.get_by_role("button", name="Use it now").click()
    assert flush(phone) == "in touch"
    phone.context.set_offline(True)
    phone.reload()
    expect(phone).to_have_title("Hoy – Onset")
    keys = (
        "caches.keys().then(async ([name]) => (await (await caches.open(name)).keys()).map(({ url }) => url))"
    )
    assert not [url for url in phone.evaluate(keys) if url.endswith("/app/en/")]


@pytest.mark.row(36)
def test_a_language_that_nobody_offers_has_no_page(client):
    assert client.get("/app/fr/").status_code == 404
    assert client.get("/app/es/").status_code == 200


@pytest.mark.row(37)
def test_a_page_that_comes_back_from_the_browsers_memory_sends_what_waits(phone):
    put(
        phone,
        {
            "client_id": "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
            "day": "2026-05-20",
            "pain": 4,
            "replaces": None,
            "soreness": 1,
            "entered_at": "2026-05-20T19:00:00Z",
        },
    )
    phone.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    assert stored() == [4]
