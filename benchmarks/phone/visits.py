"""A phone's visits, one function a figure. Each makes one measurement, in a browser profile of its own."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, ViewportSize

from benchmarks.phone.profiles import SLOW_4G, SLOW_CPU, THREE_G, Network, throttle

TIMES_BEFORE = 3
"""A diary is opened every day: by then a browser has kept the scripts as it runs them."""

AT_REST = 1.5
"""Seconds after which nothing of a page is on its way any more, on a slow processor."""

PHONE = ViewportSize(width=360, height=640)
LISTEN = """
window.painted = window.moved = window.filled = 0;
const watch = (type, how) =>
  new PerformanceObserver((list) => list.getEntries().forEach(how)).observe({ type, buffered: true });
watch("largest-contentful-paint", (entry) => { window.painted = entry.startTime; });
watch("layout-shift", (entry) => { window.moved += entry.value; });
new MutationObserver((_, observer) => {
  if (!document.body || document.body.classList.contains("unfilled")) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.filled = performance.now(); }));
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["class"] });
"""
STORED = """async () => {
  const name = (await indexedDB.databases()).map((one) => one.name).find((one) => one.startsWith("onset-"));
  if (!name) return false;
  const database = await new Promise((resolve) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
  });
  const rows = database.transaction("kept").objectStore("kept").get("copy");
  const copy = await new Promise((resolve) => { rows.onsuccess = () => resolve(rows.result); });
  database.close();
  return Boolean(copy);
}"""
QUEUE = """async (count) => {
  const person = await onset.store.person(await onset.store.holder());
  const { days, diary } = onset;
  const today = days.offered(Date.now(), (await person.copy()).time_zone).today;
  for (let back = 0; back < count; back += 1) {
    await person.add(diary.entryFor({ on: days.plus(today, -(back % 3)), pain: back % 11, soreness: null }));
  }
}"""
SEND = """async () => {
  const person = await onset.store.person(await onset.store.holder());
  const began = performance.now();
  const flushed = onset.sending.flush();
  while ((await person.waiting()).length) await new Promise((resolve) => setTimeout(resolve, 20));
  const seconds = (performance.now() - began) / 1000;
  return { seconds, state: await flushed };
}"""
SAVE = """() => new Promise((resolve) => {
  const form = document.querySelector('[data-slot="form"]');
  for (const name of ["pain", "soreness"]) form.querySelector(`#${name} input[value="4"]`).checked = true;
  const said = document.querySelector('[data-slot="saved"]');
  const began = performance.now();
  new MutationObserver((_, observer) => {
    if (said.hidden) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
  }).observe(said, { attributes: true });
  form.requestSubmit();
})"""


@dataclass
class Traffic:
    """What a page itself fetched: requests, compressed bytes, and what their headers took on top."""

    requests: list[str] = field(default_factory=list)
    bytes: float = 0
    headers: float = 0

    def listen(self, session: CDPSession) -> None:
        session.on("Network.requestWillBeSent", lambda event: self.requests.append(event["request"]["url"]))
        session.on("Network.responseReceived", lambda event: self._begun(event["response"]))
        session.on("Network.loadingFinished", lambda event: self._ended(event["encodedDataLength"]))

    def _begun(self, response: dict[str, Any]) -> None:
        self.headers += response["encodedDataLength"]
        self.bytes -= response["encodedDataLength"]

    def _ended(self, total: float) -> None:
        self.bytes += total


@dataclass(frozen=True, slots=True)
class Phones:
    """Browser profiles of one patient's phone."""

    browser: Browser
    address: str
    cookies: list[Any]

    @contextmanager
    def fresh(self) -> Iterator[BrowserContext]:
        """A phone that is signed in and has never been here."""
        context = self.browser.new_context(viewport=PHONE, base_url=self.address)
        context.add_cookies(self.cookies)
        context.add_init_script(LISTEN)
        yield context
        context.close()

    @contextmanager
    def settled(self) -> Iterator[BrowserContext]:
        """A phone whose worker is in control, whose store is filled, and that has shown its diary before."""
        with self.fresh() as context:
            page = context.new_page()
            page.goto("/diary/")
            page.evaluate("navigator.serviceWorker.ready.then(() => true)")
            while not page.evaluate(STORED):
                page.wait_for_timeout(50)
            for _ in range(TIMES_BEFORE):
                page.goto("/diary/")
                page.locator("[data-view=day]").wait_for()
            page.close()
            yield context


def _painted(page: Page) -> float:
    page.wait_for_load_state("load")
    page.wait_for_timeout(400)  # the largest paint may still be replaced by a larger one
    return float(page.evaluate("window.painted"))


def first_visit(phones: Phones, network: Network = SLOW_4G) -> tuple[float, Traffic]:
    """Milliseconds to the largest paint of the very first page, and what it took."""
    with phones.fresh() as context:
        page = context.new_page()
        traffic = Traffic()
        session = throttle(page, network, cpu=SLOW_CPU)
        traffic.listen(session)
        page.goto("/diary/")
        painted = _painted(page)
        page.wait_for_load_state("networkidle")
        return painted, traffic


def bare_page(phones: Phones, network: Network = SLOW_4G) -> float:
    """The floor of a first visit: a page of a few words, over the same network."""
    with phones.fresh() as context:
        page = context.new_page()
        throttle(page, network, cpu=SLOW_CPU)
        page.goto("/livez")
        return _painted(page)


@dataclass(frozen=True, slots=True)
class Opened:
    """A visit without a network: ms to the largest paint and to what the store says; how far things moved."""

    painted: float
    filled: float
    moved: float


def again_without_a_network(phones: Phones, *, path: str = "/diary/") -> Opened:
    """A diary that is opened once more, on a slow processor.

    Nothing asks the page anything meanwhile: to look for an element costs the slow processor 50 ms.
    """
    with phones.settled() as context:
        context.set_offline(True)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOW_CPU})
        page.goto(path)
        time.sleep(AT_REST)
        return Opened(*page.evaluate("[window.painted, window.filled, window.moved]"))


def kept_page(phones: Phones) -> Opened:
    """Its floor: a kept page of a few words, with no store to look into."""
    return again_without_a_network(phones, path="/you/")


def save_without_a_network(phones: Phones, *, cpu: int = 1) -> float:
    """Milliseconds from Save to the next frame that says so."""
    with phones.settled() as context:
        context.set_offline(True)
        page = context.new_page()
        session = context.new_cdp_session(page)
        page.goto("/diary/")
        page.locator("[data-view=day] [data-slot=form]").wait_for()
        session.send("Emulation.setCPUThrottlingRate", {"rate": cpu})
        return float(page.evaluate(SAVE))


def send_a_queue(phones: Phones, network: Network = THREE_G, *, count: int = 100) -> float:
    """Seconds until the server has said its word about every one of `count` entries."""
    with phones.settled() as context:
        page = context.new_page()
        page.goto("/diary/")
        page.wait_for_load_state("networkidle")
        page.evaluate(QUEUE, count)
        throttle(page, network, cpu=1)
        sent = page.evaluate(SEND)
        assert sent["state"] == "in touch", sent
        return float(sent["seconds"])


def bare_request(phones: Phones, network: Network = THREE_G) -> float:
    """The floor of sending: one request and its answer of a few bytes, in seconds."""
    with phones.fresh() as context:
        page = context.new_page()
        page.goto("/call/")
        page.wait_for_load_state("networkidle")
        throttle(page, network, cpu=1)
        return float(
            page.evaluate(
                "async () => { const began = performance.now(); await (await fetch('/livez')).text();"
                " return (performance.now() - began) / 1000; }"
            )
        )


def weight_of_the_worker(phones: Phones) -> int:
    """Bytes of /sw.js as a browser gets it."""
    asked = urllib.request.Request(f"{phones.address}/sw.js", headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(asked) as answer:
        return len(answer.read())
