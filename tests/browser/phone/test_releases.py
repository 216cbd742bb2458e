"""Another release, a broken one, and none any more: what a phone has goes on, and no choice is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone.phones import log, put, stored, tab
from tracker.web import app_shell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UPDATE = "navigator.serviceWorker.getRegistration().then((one) => one.update()).then(() => {}, () => {})"
CACHES = "caches.keys()"
FAILED = """async () => {
  const registration = await navigator.serviceWorker.getRegistration();
  const over = new Promise((resolve) => registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker.addEventListener("statechange", () => worker.state !== "installing" && resolve(worker.state));
  }));
  await registration.update().catch(() => {});
  return over;
}"""
Release = Callable[[Callable[[str], str]], None]


@pytest.fixture
def release(workers_clock, monkeypatch) -> Release:
    """Another release of the worker, made from this one's text."""

    def release(change: Callable[[str], str]) -> None:
        script = app_shell.worker_script()
        changed = change(script)
        assert changed != script
        monkeypatch.setattr(app_shell, "worker_script", lambda: changed)

    return release


def later(script: str) -> str:
    return script.replace('const VERSION = "', 'const VERSION = "later-')


def with_broken_file(script: str) -> str:
    return later(script).replace('const SHELL = "', 'const SHELL = "/app/xx/", KEPT = "')


def with_redirect(script: str) -> str:
    return later(script).replace('const OFFLINE = "/', 'const OFFLINE = "/diary", AWAY = "/')


def choose(page: Page, name: str, score: int) -> None:
    page.locator(f"#{name}").get_by_role("radio", name=str(score), exact=True).check()


def chosen(page: Page, name: str) -> object:
    return expect(page.locator(f"#{name}").locator("input:checked"))


@pytest.mark.row(24)
def test_a_new_release_waits_for_a_tap_and_half_filled_forms_in_two_tabs_outlive_it(phone, release, errors):
    other = tab(phone)
    choose(phone, "pain", 6)
    choose(other, "pain", 3)
    (before,) = phone.evaluate(CACHES)
    release(later)
    phone.evaluate(UPDATE)
    expect(phone.get_by_text("A new version of this app is ready.")).to_be_visible()
    expect(other.get_by_text("A new version of this app is ready.")).to_be_visible()
    assert set(phone.evaluate(CACHES)) > {before}  # nothing is taken away yet
    with other.expect_navigation(), phone.expect_navigation():
        phone.get_by_role("button", name="Use it now").click()
    chosen(phone, "pain").to_have_value("6")
    chosen(other, "pain").to_have_value("3")
    expect(phone.locator("#update")).to_be_hidden()
    (after,) = phone.evaluate(CACHES)
    assert after == before.replace("onset-", "onset-later-")
    choose(phone, "soreness", 1)
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    assert stored() == [6]
    assert errors == []


@pytest.mark.row(25)
@pytest.mark.row(35)
@pytest.mark.parametrize("broken", [with_broken_file, with_redirect])
def test_a_release_that_cannot_be_kept_whole_is_not_kept_and_the_one_before_lives(phone, release, broken):
    before = phone.evaluate(CACHES)
    release(broken)
    assert phone.evaluate(FAILED) == "redundant"
    assert phone.evaluate(CACHES) == before
    phone.context.set_offline(True)
    phone.reload()
    log(phone, 5)
    expect(phone.get_by_text("Saved on this phone, not sent yet")).to_be_visible()
    expect(phone.locator("#update")).to_be_hidden()


@pytest.mark.row(27)
def test_a_worker_that_is_switched_off_sends_what_waits_and_leaves_the_servers_pages(phone, settings, errors):
    entry = {"client_id": "1b4e28ba-2fa1-41d2-883f-0016d3cca427", "day": "2026-05-19", "replaces": None}
    put(phone, entry | {"pain": 4, "soreness": 1, "entered_at": "2026-05-19T19:00:00Z"})
    settings.APP_IS_ON = False
    loads: list[str] = []
    phone.on("framenavigated", lambda frame: loads.append(frame.url))
    phone.evaluate(UPDATE)
    phone.locator("#main form[action]").wait_for()  # the server's own form
    expect(phone.locator("#words")).to_have_count(0)
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    assert phone.evaluate(CACHES) == []
    assert stored() == [4]
    phone.reload()
    log(phone, 6)
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 6, soreness 2.")).to_be_visible()
    assert stored() == [4, 6]
    assert phone.evaluate("navigator.serviceWorker.controller") is None
    assert len(loads) <= 5  # the worker's, the page's own, and the three that this test asked for
    assert errors == []


@pytest.mark.row(27)
def test_a_worker_that_is_switched_off_while_the_server_is_down_stays_for_what_waits(phone, settings):
    phone.context.route("**/api/**", lambda route: route.fulfill(status=503, body="{}"))
    log(phone, 6)
    expect(phone.get_by_text("1 entry is on this phone")).to_be_visible()
    settings.APP_IS_ON = False
    phone.evaluate(UPDATE)
    phone.locator("#main form[action]").wait_for()
    assert phone.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 1
    phone.context.unroute("**/api/**")
    phone.reload()
    while phone.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)"):
        phone.wait_for_timeout(50)
    assert stored() == [6]
