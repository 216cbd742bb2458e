"""Reminders on a phone: offered after a saved day, shown as they come, and a tap leads to the diary."""

from __future__ import annotations

import json
from datetime import time, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone.phones import log
from tests.cast import ClinicCast
from tests.gateways.push_host import Phone
from tracker.actions import push
from tracker.actions.reminders import DIARY, PLAN
from tracker.gateways.push import Push, message_of
from tracker.gateways.push_service import public_key
from tracker.models import Device, Patient, PushSubscription

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFER = "Remind me at 8:00 PM"
KEYS = Phone().keys
ENDPOINT = "https://push.example.org/abc"

PUSH_SERVICE = """({ endpoint, keys }) => {
  self.asked = 0;
  const request = Notification.requestPermission;
  Notification.requestPermission = () => { self.asked += 1; return request.call(Notification); };
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    const bytes = String.fromCharCode(...applicationServerKey);
    self.key = btoa(bytes).replace(/[+]/g, "-").replace(/[/]/g, "_").replace(/=/g, "");
    return { toJSON: () => ({ endpoint, expirationTime: null, keys }) };
  };
}"""
"""No browser here has a push service: subscribing is the one thing that is made up."""

DECIDED = """(permission) => {
  Object.defineProperty(Notification, "permission", { value: permission, configurable: true });
  Notification.requestPermission = async () => "denied";
  return onset.app.refresh();
}"""
IS_KNOWN = """async () => {
  const copy = await (await onset.store.person(await onset.store.holder())).copy();
  return Boolean(self.key) && copy.push_key === "";
}"""
SHOWN = """async () => {
  const shown = await (await navigator.serviceWorker.ready).getNotifications();
  return shown.map(({ title, body, tag, data }) => ({ title, body, tag, data }));
}"""
CLICK = """async () => {
  const { notification: one, went } = { notification: (await registration.getNotifications())[0], went: [] };
  WindowClient.prototype.focus = function () { went.push(`to ${new URL(this.url).pathname}`); };
  clients.openWindow = (url) => { went.push(`opened ${url}`); };
  const click = new NotificationEvent("notificationclick", { notification: one });
  let done;
  click.waitUntil = (work) => { done = work; };
  self.dispatchEvent(click);
  await done;
  return went;
}"""
"""A tap as the worker learns of it; only a real one may raise a window, so that is noted down instead."""


@pytest.fixture
def reminded(our: ClinicCast) -> ClinicCast:
    """Our patient has chosen a time."""
    Patient.objects.filter(pk=our.patient.pk).update(reminder_at=time(20))
    return our


def with_push_service(page: Page, *, permission: str = "granted") -> None:
    if permission == "granted":
        page.context.grant_permissions(["notifications"])
    page.add_init_script(f"({PUSH_SERVICE})({json.dumps({'endpoint': ENDPOINT, 'keys': KEYS})})")
    page.reload()


def save(page: Page) -> None:
    log(page, 4)
    expect(page.get_by_text("Your clinic has it.")).to_be_visible()


def deliver(page: Page, path: str = DIARY) -> list[dict[str, Any]]:
    """What the server sends, as a browser hands it to the worker once it is decrypted; what then shows."""
    session = page.context.new_cdp_session(page)
    found: list[str] = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: found.extend(one["registrationId"] for one in event["registrations"]),
    )
    session.send("ServiceWorker.enable")
    origin = page.evaluate("location.origin")
    message = Push(
        ENDPOINT, **KEYS, title="Time for your diary", navigate=f"{origin}{path}", life=timedelta()
    )
    data = message_of(message)
    session.send(
        "ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": found[0], "data": data}
    )
    comes_true(page, f"async () => (await ({SHOWN})()).length > 0")
    return page.evaluate(SHOWN)


def comes_true(page: Page, promised: str) -> None:
    """Waits for what a page answers later: Playwright takes a promise for true."""
    until = """async () => {
      for (let left = 100; left; left -= 1) {
        if (await (%s)()) return true;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return false;
    }"""
    assert page.evaluate(until.replace("%s", promised))


def click(page: Page) -> list[str]:
    (worker,) = page.context.service_workers
    return worker.evaluate(CLICK)


def test_after_a_saved_day_a_tap_asks_the_browser_and_the_server_knows_the_phone(reminded, phone, errors):
    with_push_service(phone)
    expect(phone.get_by_role("button", name="Save")).to_be_visible()
    expect(phone.get_by_role("button", name=OFFER)).to_be_hidden()  # nothing is saved yet
    save(phone)
    assert phone.evaluate("asked") == 0
    phone.get_by_role("button", name=OFFER).click()
    expect(phone.get_by_text("This phone reminds you at 8:00 PM.")).to_be_visible()
    assert (phone.evaluate("asked"), phone.evaluate("key")) == (1, public_key())
    found = PushSubscription.objects.get()
    assert (found.endpoint, found.p256dh, found.auth) == (ENDPOINT, KEYS["p256dh"], KEYS["auth"])
    assert found.origin == phone.evaluate("location.origin")
    phone.reload()
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    expect(phone.get_by_role("button", name=OFFER)).to_be_hidden()
    assert errors == []


def test_who_says_no_is_not_asked_again(reminded, phone, errors):
    with_push_service(phone)
    save(phone)
    phone.get_by_role("button", name="No, thanks").click()
    expect(phone.get_by_role("button", name=OFFER)).to_be_hidden()
    phone.reload()
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    expect(phone.get_by_role("button", name=OFFER)).to_be_hidden()
    assert phone.evaluate("asked") == 0
    assert not PushSubscription.objects.exists()
    assert errors == []


def test_a_phone_that_allows_no_notifications_is_not_asked_or_says_so(reminded, phone):
    with_push_service(phone, permission="denied")
    save(phone)
    phone.evaluate(DECIDED, "denied")
    expect(phone.get_by_role("button", name=OFFER)).to_be_hidden()
    phone.evaluate(DECIDED, "default")
    phone.get_by_role("button", name=OFFER).click()
    expect(phone.get_by_text("This phone does not allow it.")).to_be_visible()
    assert not PushSubscription.objects.exists()


def test_without_a_time_or_somebody_to_write_to_nothing_is_offered(our, phone, errors):
    with_push_service(phone)
    save(phone)
    expect(phone.get_by_role("button", name="Remind me")).to_be_hidden()
    assert errors == []


def test_a_phone_that_the_server_forgot_is_known_again_without_a_question(reminded, phone, errors):
    with_push_service(phone)
    save(phone)
    phone.get_by_role("button", name=OFFER).click()
    expect(phone.get_by_text("This phone reminds you at 8:00 PM.")).to_be_visible()
    push.unsubscribe(by=Device.objects.latest("id"), now=reminded.device.made_at)
    phone.reload()  # learns of it
    comes_true(phone, IS_KNOWN)
    assert phone.evaluate("asked") == 0
    assert PushSubscription.objects.count() == 1
    assert errors == []


@pytest.mark.row(39)
def test_a_reminder_shows_its_title_alone_and_a_tap_raises_the_diary(reminded, phone, errors):
    with_push_service(phone)
    address = phone.evaluate("location.origin") + "/diary/"
    assert deliver(phone) == [{"title": "Time for your diary", "body": "", "tag": "daily", "data": address}]
    assert click(phone) == ["to /diary/"]
    comes_true(phone, f"async () => (await ({SHOWN})()).length === 0")
    assert errors == []


def test_a_reminder_of_the_plan_opens_the_plan(reminded, phone, errors):
    with_push_service(phone)
    (shown,) = deliver(phone, PLAN)
    assert click(phone) == [f"opened {shown['data']}"]
    phone.goto("/plan/")
    phone.get_by_role("heading", level=1).wait_for()
    deliver(phone, PLAN)
    assert click(phone) == ["to /plan/"]
    assert errors == []


@pytest.mark.row(39)
def test_a_tap_opens_the_diary_where_another_page_or_none_is_there(reminded, phone, errors):
    with_push_service(phone)
    phone.goto("/course/")
    phone.get_by_role("heading", level=1).wait_for()
    address = phone.evaluate("location.origin") + "/diary/"
    deliver(phone)
    assert click(phone) == [f"opened {address}"]
    assert errors == []


@pytest.mark.row(39)
def test_a_second_reminder_takes_the_place_of_the_first(reminded, phone):
    with_push_service(phone)
    deliver(phone)
    assert len(deliver(phone)) == 1
