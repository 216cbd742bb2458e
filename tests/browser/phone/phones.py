"""A patient's phone in a real browser, and what it holds."""

from __future__ import annotations

import time
from typing import Any

import time_machine
from django.conf import settings
from playwright.sync_api import BrowserContext, Page

from tests.browser.traffic import at_rest
from tests.cast import NOW
from tests.chromium import PHONE, WITH_WORKER
from tracker.access import Actor
from tracker.actions import invitations
from tracker.models import DiaryEntry, Patient

SHIFTED = """{
  const Real = Date, by = %d;
  self.Date = class extends Real {
    constructor(...parts) { parts.length ? super(...parts) : super(Real.now() + by); }
    static now() { return Real.now() + by; }
  };
}
"""
HEARD = """self.inTouch = new Promise((resolve) => {
  const channel = new BroadcastChannel("onset");
  channel.addEventListener("message", ({ data }) => data.kind === "changed" && resolve(data.state));
  setTimeout(resolve, 15_000, "silent");
});
"""


def clock() -> str:
    """A script that sets a browser's clock by the server's, and leaves its timers alone."""
    return SHIFTED % ((time.time() - time_machine.escape_hatch.time.time()) * 1000)


def keys_for(by: Actor, patient: Patient, **more: Any) -> dict[str, str]:
    """The cookies of a phone that joined now: its session's, and its outbox's."""
    at_rest()
    code = invitations.issue(by=by, patient=patient, now=NOW, **more).code
    keys = invitations.redeem(typed=code, born_on=patient.born_on, device_name="Test phone", now=NOW)
    return {settings.DEVICE_COOKIE_NAME: keys.session, settings.APPEND_COOKIE_NAME: keys.append}


def hold(context: BrowserContext, keys: dict[str, str], url: str) -> None:
    """Put a phone's keys where its browser keeps them."""
    context.add_cookies([{"name": name, "value": key, "url": url} for name, key in keys.items()])


def ready(page: Page) -> Page:
    """From a page of the server's to one that the phone fills by itself."""
    page.goto("/diary/")
    assert page.evaluate("inTouch") == "in touch"
    return settled(page)


def settled(page: Page, path: str = "/diary/") -> Page:
    """A page that the phone fills, when it has been in touch with the server."""
    page.goto(path)
    assert page.evaluate("inTouch") == "in touch"
    return page


def prepared(opened: Any, url: str, keys: dict[str, str], **options: Any) -> Page:
    """A new browser with the server's clock and these keys, on a page that is nobody's."""
    page = opened("about:blank", PHONE, **WITH_WORKER, **options)
    page.context.add_init_script(clock())
    page.context.add_init_script(HEARD)
    hold(page.context, keys, url)
    return page


def tab(page: Page, path: str = "/diary/") -> Page:
    """Another tab of the same phone."""
    return settled(page.context.new_page(), path)


def log(page: Page, pain: int, soreness: int | None = 2) -> None:
    """Fill in the form that is open, and save."""
    page.locator("#pain").get_by_role("radio", name=str(pain), exact=True).check()
    if soreness is not None:
        page.locator("#soreness").get_by_role("radio", name=str(soreness), exact=True).check()
    page.get_by_role("button", name="Save").click()


def entries(page: Page, owner: object = None) -> list[dict[str, Any]]:
    """What the phone's own store holds for whoever holds it now, or for somebody else."""
    return page.evaluate(
        "async (owner) => (await onset.store.person(owner || await onset.store.holder())).entries()",
        str(owner) if owner else None,
    )


def states(page: Page, owner: object = None) -> list[str]:
    return [entry["state"] for entry in entries(page, owner)]


def put(page: Page, *records: dict[str, Any]) -> None:
    """Write entries into the store, as an earlier release or a fault may have left them there."""
    page.evaluate(
        "async (all) => { const who = await onset.store.person(await onset.store.holder());"
        " for (const one of all) await who.add(one); }",
        list(records),
    )


def flush(page: Page) -> str:
    """Try to send now; how it went."""
    return page.evaluate("onset.sending.flush()")


def diaries(page: Page) -> list[str]:
    """The stores of people, without the one that says whose turn it is."""
    names = page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")
    return [name for name in names if name.startswith("onset-")]


def stored() -> list[int | None]:
    """The pain of every entry that the server has, the first one first."""
    at_rest()
    return list(DiaryEntry.objects.order_by("id").values_list("pain", flat=True))
