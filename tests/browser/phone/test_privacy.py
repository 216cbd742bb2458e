"""What leaves a phone, what its caches hold, and what is left on its disk."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.phone.phones import HEARD, clock, hold, log, ready
from tests.cast import ClinicCast
from tests.chromium import FLAGS, PHONE, path_of_chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VIEWS = ["/diary/", "/diary/2026-05-19/", "/diary/history/", "/course/", "/call/", "/leave/", "/you/"]
LISTEN = """window.complaints = [];
document.addEventListener("securitypolicyviolation", (event) =>
  complaints.push([event.effectiveDirective, event.blockedURI, event.sample].join(" ")));
"""
CACHED = """async () => {
  const found = {};
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found[new URL(request.url).pathname] = await (await cache.match(request)).text();
    }
  }
  return found;
}"""
BUSY = "status of 503"
"""The test database has one connection for all threads; a phone tries again, so that it is no matter here."""

HEAVIEST = 50_000
"""Bytes of page, styles and scripts, compressed, that a phone loads once for each release."""


@pytest.mark.row(40)
def test_no_page_of_the_app_asks_a_third_party_or_breaks_its_policy(phone, our, live_server, errors):
    our.log({-2: 7, -1: 7, 1: 6, 2: 5, 3: 4}, soreness={0: 3, 1: 1})
    asked: list[str] = []
    phone.context.on("request", lambda request: asked.append(request.url))
    phone.context.add_init_script(LISTEN)
    log(phone, 6)
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    for path in VIEWS:
        phone.goto(path)
        phone.get_by_role("heading", level=1).wait_for()
        assert phone.evaluate("inTouch") == "in touch"
        assert phone.evaluate("complaints") == [], path
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(live_server.url).netloc}
    assert [one for one in errors if BUSY not in one] == []


@pytest.mark.row(40)
def test_caches_hold_the_empty_page_and_static_files_and_nothing_of_anybody(phone, our):
    our.log({-2: 7, 1: 6}, soreness={0: 3, 1: 1})
    log(phone, 6)
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    for path in VIEWS:
        phone.goto(path)
        phone.get_by_role("heading", level=1).wait_for()
    cached = phone.evaluate(CACHED)
    assert cached.keys() >= {"/app/en/", "/offline/"}
    assert [path for path in cached if not path.startswith(("/app/", "/offline/", "/static/"))] == []
    whose = [
        our.patient.given_name,
        our.patient.family_name,
        our.patient.record_number,
        str(our.patient.public_id),
    ]
    whose += [our.clinic.name, our.clinic.phone, our.device_token]
    assert [(path, one) for path, text in cached.items() for one in whose if one in text] == []


@pytest.mark.row(40)
def test_a_release_is_light(phone):
    cached = phone.evaluate(CACHED)
    client = Client()
    sizes = {path: len(gzip.compress(text.encode())) for path, text in cached.items()}
    sizes["/sw.js"] = len(gzip.compress(client.get("/sw.js").content))
    assert len(cached) > 4
    assert sum(sizes.values()) < HEAVIEST, sizes


@pytest.fixture
def on_disk(browser, tmp_path: Path, live_server, keys: dict[str, str]) -> Iterator[BrowserContext]:
    """A browser that keeps its profile in a folder."""
    context = browser.browser_type.launch_persistent_context(
        tmp_path, executable_path=path_of_chromium(), args=FLAGS, viewport=PHONE, base_url=live_server.url
    )
    context.add_init_script(clock())
    context.add_init_script(HEARD)
    hold(context, keys, live_server.url)
    yield context
    context.close()


def files_with(folder: Path, text: str) -> list[str]:
    """Files of a profile in which a text stands, as Chromium writes it: in one byte or two bytes a letter."""
    forms = (text.encode(), text.encode("utf-16-le"))
    return [
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


@pytest.mark.row(14)
def test_after_signing_out_nothing_of_the_diary_is_left_on_the_disk(on_disk, our: ClinicCast, tmp_path):
    page: Page = ready(on_disk.pages[0])
    log(page, 6)
    expect(page.get_by_text("Your clinic has it.")).to_be_visible()
    of_the_diary = [
        *page.evaluate(
            "onset.store.holder().then((one) => onset.store.person(one)).then((one) => one.entries())"
        )
    ]
    traces = [
        of_the_diary[0]["client_id"],
        of_the_diary[0]["entered_at"],
        "America/New_York",
        our.clinic.phone,
    ]
    assert files_with(tmp_path, traces[0])
    page.goto("/leave/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/")
    for _ in range(100):  # the browser takes its time over it, and may not be closed meanwhile
        if not files_with(tmp_path, traces[0]):
            break
        page.wait_for_timeout(50)
    on_disk.close()
    assert {trace: found for trace in traces if (found := files_with(tmp_path, trace))} == {}
