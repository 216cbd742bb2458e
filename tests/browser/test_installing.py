"""The app on a home screen: what a browser says of the manifest, and when the page speaks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import violations
from tests.cast import TODAY
from tests.chromium import FLAGS, PHONE, path_of_chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ordinary(browser: Browser, tmp_path) -> Iterator[Page]:
    """A page with a profile of its own: in a private window nothing can be installed."""
    context = browser.browser_type.launch_persistent_context(
        str(tmp_path), executable_path=path_of_chromium(), args=FLAGS, viewport=PHONE
    )
    yield context.pages[0]
    context.close()


def test_a_browser_finds_nothing_wrong_with_the_manifest_and_would_install_it(ordinary, live_server, our):
    ordinary.goto(f"{live_server.url}/call/")
    devtools = ordinary.context.new_cdp_session(ordinary)
    found = devtools.send("Page.getAppManifest")
    assert found["errors"] == [] and found["url"].endswith("/manifest.webmanifest")
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    assert devtools.send("Page.getAppId")["appId"] == f"{live_server.url}/"


# --- The hint ------------------------------------------------------------------------------------

SAVED = f"/diary/?saved={TODAY}"
IPHONE = "navigator.standalone = false; Object.defineProperty(navigator, 'maxTouchPoints', {get: () => 5})"
INSTALLED = "navigator.standalone = true; Object.defineProperty(navigator, 'maxTouchPoints', {get: () => 5})"
SHUT = """for (const name of ['getItem', 'setItem'])
    Storage.prototype[name] = () => { throw new DOMException('shut', 'SecurityError') }"""
OFFER = """() => {
    const offer = new Event("beforeinstallprompt", {cancelable: true});
    offer.prompt = async () => { window.prompts = (window.prompts ?? 0) + 1 };
    offer.userChoice = Promise.resolve({outcome: "accepted"});
    return !dispatchEvent(offer);
}"""


def hint(page: Page) -> Locator:
    return page.get_by_role("region", name="Keep your diary one tap away")


@pytest.fixture
def diary(opened, our, live_server) -> Callable[..., Page]:
    """The page of today on a phone that has just saved so many entries."""
    our.log({10: 3})

    def diary(*, saved: int, script: str = "", service_workers: str = "block") -> Page:
        page: Page = opened("/call/", PHONE, service_workers=service_workers)
        cookie = {"name": settings.DEVICE_COOKIE_NAME, "value": our.device_token, "url": live_server.url}
        page.context.add_cookies([cookie])
        if script:
            page.add_init_script(script)
        page.goto("/diary/")
        for _ in range(saved):
            page.goto(SAVED)
        return page

    return diary


def test_after_the_second_entry_a_button_asks_the_browser_to_install(diary, errors):
    page = diary(saved=2)
    expect(hint(page)).to_be_hidden()  # this browser has offered nothing yet
    assert page.evaluate(OFFER)  # held back
    expect(hint(page)).to_be_visible()
    expect(page.get_by_text("Add to Home Screen")).to_be_hidden()
    assert violations(page) == []
    page.get_by_role("button", name="Put it on the home screen").click()
    expect(hint(page)).to_be_hidden()
    assert page.evaluate("window.prompts") == 1
    page.goto(SAVED)
    page.evaluate(OFFER)
    expect(hint(page)).to_be_hidden()
    assert errors == []


def test_before_the_second_entry_nothing_is_offered(diary):
    page = diary(saved=1)
    assert page.evaluate(OFFER)
    expect(hint(page)).to_be_hidden()


def test_a_page_that_is_loaded_again_is_no_second_entry(diary):
    page = diary(saved=1, script=IPHONE)
    page.reload()
    page.goto("/diary/")  # shows what is saved, too
    expect(hint(page)).to_be_hidden()
    page.goto(SAVED)
    expect(hint(page)).to_be_visible()


def test_an_iphone_is_shown_where_to_tap_and_that_the_icon_needs_a_code(diary, errors):
    page = diary(saved=2, script=IPHONE)
    expect(hint(page)).to_contain_text("Tap Share, then Add to Home Screen")
    expect(page.get_by_role("button", name="Put it on the home screen")).to_be_hidden()
    assert violations(page) == []
    expect(hint(page).get_by_role("link", name="Your phones")).to_have_attribute("href", "/you/phones/")
    expect(hint(page).get_by_role("link", name="Show me step by step")).to_have_attribute(
        "href", "/home-screen/"
    )
    assert errors == []


def test_who_says_no_is_never_asked_again(diary):
    page = diary(saved=2, script=IPHONE)
    page.get_by_role("button", name="No, thank you").click()
    expect(hint(page)).to_be_hidden()
    page.goto(SAVED)
    expect(hint(page)).to_be_hidden()


@pytest.mark.parametrize("script", [INSTALLED, IPHONE + ";" + SHUT], ids=["installed", "without storage"])
def test_nothing_is_offered_where_it_cannot_help(diary, errors, script):
    page = diary(saved=3, script=script)
    page.evaluate(OFFER)
    expect(hint(page)).to_be_hidden()
    assert errors == []


def in_the_app(page: Page) -> Page:
    """The page that a phone fills in by itself, as soon as the worker and the store are there for it."""
    for _ in range(40):
        page.goto("/diary/")
        if page.locator("[data-view=day]").count():
            return page
    raise AssertionError("the app's own page never came")


def test_the_app_that_saves_without_a_network_counts_and_offers_too(diary, errors):
    page = in_the_app(diary(saved=0, script=IPHONE, service_workers="allow"))
    expect(page.get_by_text("Saved for Wednesday 20 May: pain 3.")).to_be_visible()
    expect(hint(page)).to_be_hidden()
    for day, name in ((1, "Tuesday"), (2, "Monday")):
        page.goto(f"/diary/{TODAY - timedelta(days=day)}/")
        expect(hint(page)).to_be_hidden()  # somebody is filling in a form
        for four in page.get_by_role("radio", name="4", exact=True).all():
            four.click()
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_text(f"Saved for {name}")).to_be_visible()
    expect(hint(page)).to_be_visible()
    assert violations(page) == []
    assert errors == []
