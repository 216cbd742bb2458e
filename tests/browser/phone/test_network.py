"""Networks that are away, slow, or not what they seem."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.phone.phones import HEARD, entries, flush, log, put, states, stored, tab
from tests.cast import NOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SYNC, SESSION = "**/api/v1/sync/", "**/api/v1/session/"
NO_BACKGROUND = "delete ServiceWorkerRegistration.prototype.sync"
SHORTER_THAN_A_RETRY = 4_500
"""The page tries again by itself after five seconds: what is there sooner came by the event."""

SHORTER_THAN_A_REQUEST = 8_000
"""The page gives a request up after ten seconds: what is there sooner did not wait for it."""


EVENTS = [
    'document.dispatchEvent(new Event("visibilitychange"))',
    'dispatchEvent(new Event("online"))',
    'dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))',
]


def waiting(page: Page, *pains: int, first: int = 0) -> list[dict]:
    """Entries of the last days that have not been sent."""
    made = [
        {
            "client_id": f"{number:08}-0000-4000-8000-000000000000",
            "day": f"2026-05-{20 - number}",
            "pain": pain,
            "soreness": None,
            "entered_at": f"2026-05-20T18:0{number}:00.000Z",
            "replaces": None,
        }
        for number, pain in enumerate(pains, start=first)
    ]
    put(page, *made)
    return made


def always(answer: dict[str, Any]) -> Callable[[Route], None]:
    """The same answer to whatever is asked."""
    return lambda route: route.fulfill(**answer)


def ids_in(route: Route) -> list[str]:
    return [change["client_id"] for change in json.loads(route.request.post_data)["changes"]]


@pytest.mark.row(1)
def test_an_entry_of_a_phone_without_a_network_outlives_a_reload_and_goes_once_it_is_back(phone):
    phone.context.set_offline(True)
    log(phone, 7)
    expect(phone.get_by_text("Saved on this phone, not sent yet")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 7, soreness 2.")).to_be_visible()
    expect(phone.get_by_text("1 entry is on this phone and not sent yet")).to_be_visible()
    assert (states(phone), stored()) == (["waiting"], [])
    phone.context.set_offline(False)
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    assert (states(phone), stored()) == (["sent"], [7])


@pytest.mark.row(2)
def test_an_answer_that_is_lost_after_the_entry_was_stored_leaves_one_row(phone):
    posted = []

    def lose_the_first(route: Route) -> None:
        posted.append(ids_in(route))
        if len(posted) > 1:
            return route.continue_()
        route.fetch()
        return route.abort()

    phone.context.route(SYNC, lose_the_first)
    made = waiting(phone, 7)
    assert flush(phone) == "unreachable"
    assert (states(phone), stored()) == (["waiting"], [7])
    assert flush(phone) == "in touch"
    assert (states(phone), stored()) == (["sent"], [7])
    assert posted == [[made[0]["client_id"]]] * 2


@pytest.mark.row(6)
def test_an_entry_that_no_server_takes_asks_for_its_author_and_holds_back_no_other(phone):
    waiting(phone, 4, 11, 6)
    assert flush(phone) == "in touch"
    assert sorted(states(phone)) == ["attention", "sent", "sent"]
    assert sorted(stored()) == [4, 6]
    phone.reload()
    trouble = phone.get_by_role("region", name="This needs you")
    expect(trouble).to_contain_text("Tuesday 19 May, pain 11: not taken.")
    expect(trouble.get_by_role("link", name="Log it again")).to_have_attribute("href", "/diary/2026-05-19/")
    trouble.get_by_role("button", name="Remove").click()
    expect(trouble).to_be_hidden()
    assert states(phone) == ["sent", "sent"]


@pytest.mark.row(10)
def test_a_token_that_was_changed_on_the_way_is_taken_anew_once(phone):
    trace = []
    phone.on("response", lambda answer: trace.append((answer.url.split("/")[-2], answer.status)))
    waiting(phone, 7)

    def outdate(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json=answer.json() | {"csrf_token": "a" * 64})

    phone.context.route(SESSION, outdate, times=1)
    assert flush(phone) == "in touch"
    sent = [step for step in trace if step[0] in ("session", "sync")]
    assert sent == [("session", 200), ("sync", 403), ("session", 200), ("sync", 200)]
    assert (states(phone), stored()) == (["sent"], [7])


@pytest.mark.row(10)
def test_a_token_that_is_refused_for_ever_makes_no_endless_round(phone):
    phone.context.route(SYNC, lambda route: route.fulfill(status=403, json={"detail": "no"}))
    waiting(phone, 7)
    assert flush(phone) == "unreachable"
    assert states(phone) == ["waiting"]


@pytest.mark.row(15)
def test_two_tabs_that_send_at_once_post_each_entry_once(phone):
    posted = []

    def slowly(route: Route) -> None:
        posted.extend(ids_in(route))
        phone.wait_for_timeout(100)  # so that the other one has time to do harm
        route.continue_()

    other = tab(phone)
    made = waiting(phone, 7, 6)
    phone.context.route(SYNC, slowly)
    for page in (phone, other):
        page.evaluate("self.sent = onset.sending.flush(), undefined")
    assert [page.evaluate("sent") for page in (phone, other)] == ["in touch"] * 2
    assert posted == [entry["client_id"] for entry in made]
    assert stored() == [7, 6]


@pytest.mark.row(16)
def test_a_page_and_its_worker_that_send_at_once_post_each_entry_once(phone):
    posted = []

    def slowly(route: Route) -> None:
        posted.extend(ids_in(route))
        phone.wait_for_timeout(100)
        route.continue_()

    made = waiting(phone, 7, 6)
    phone.context.route(SYNC, slowly)
    dispatch = sync_event(phone)
    phone.evaluate("self.sent = onset.sending.flush(), undefined")
    dispatch()
    assert phone.evaluate("sent") == "in touch"
    (worker,) = phone.context.service_workers
    assert worker.evaluate("onset.sending.flush()") == "in touch"
    assert posted == [entry["client_id"] for entry in made]
    assert stored() == [7, 6]


def sync_event(page: Page):
    """What the system does when the network is back: wakes the worker of this page's origin."""
    session = page.context.new_cdp_session(page)
    found = []
    session.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda told: found.extend(one for one in told["registrations"] if not one["isDeleted"]),
    )
    session.send("ServiceWorker.enable")
    while not found:
        page.wait_for_timeout(10)
    origin = page.evaluate("location.origin")
    which = {"origin": origin, "registrationId": found[-1]["registrationId"]}
    return lambda: session.send(
        "ServiceWorker.dispatchSyncEvent", which | {"tag": "entries", "lastChance": False}
    )


@pytest.mark.row(17)
def test_the_system_sends_in_the_background_when_the_diary_is_closed(phone):
    other = tab(phone, "/call/?plain")
    waiting(phone, 7)
    phone.close()
    assert stored() == []
    other.evaluate("() => {" + HEARD + "}")
    sync_event(other)()
    assert other.evaluate("inTouch") == "in touch"
    assert stored() == [7]


@pytest.mark.row(18)
def test_without_background_sync_the_page_sends_when_it_is_looked_at_again(phone):
    phone.evaluate(NO_BACKGROUND)
    for number, event in enumerate(EVENTS):
        phone.context.route("**/api/**", lambda route: route.abort())
        waiting(phone, 7, first=number)
        assert flush(phone) == "unreachable"
        expect(phone.get_by_text("not sent yet").first).to_be_visible()
        phone.context.unroute("**/api/**")
        phone.evaluate(event)
        expect(phone.locator(".contact:visible")).to_be_hidden(timeout=SHORTER_THAN_A_RETRY)
        assert stored() == [7] * (number + 1)


@pytest.mark.row(19)
def test_a_network_that_never_answers_holds_up_no_saving_and_is_tried_again(phone):
    phone.evaluate(NO_BACKGROUND)
    phone.clock.install(time=NOW)
    asked = []

    def hold_the_first(route: Route) -> None:
        asked.append(route)
        if len(asked) > 1:
            route.continue_()

    phone.context.route(SYNC, hold_the_first)
    log(phone, 7)
    saved = phone.get_by_text("Saved for Wednesday 20 May: pain 7, soreness 2.")
    expect(saved).to_be_visible(timeout=SHORTER_THAN_A_REQUEST)
    expect(phone.get_by_text("Sending 1.")).to_be_visible()
    phone.clock.fast_forward(10_500)
    expect(phone.get_by_text("1 entry is on this phone and not sent yet")).to_be_visible()
    phone.clock.fast_forward(5_500)
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    assert (len(asked), stored()) == (2, [7])


HOTEL = {"status": 200, "content_type": "text/html", "body": "<title>Welcome to our hotel</title>"}


NO_ANSWERS = [
    {"status": 500, "json": {"detail": "no"}},
    {"status": 502, "content_type": "text/html", "body": "<h1>Bad gateway</h1>"},
    {"status": 503, "json": {"detail": "later"}},
    {"status": 413, "json": {"detail": "too large"}},
    {"status": 413, "content_type": "text/html", "body": "<h1>Too large</h1>"},
    {"status": 429, "json": {"detail": "slower"}},
    {"status": 404, "json": {"detail": "moved"}},
    {"status": 200, "json": {"results": []}},
    {"status": 200, "json": {}},
    {"status": 200, "json": None},
    {"status": 200, "json": {"results": [{"status": "a word of a later release"}] * 2}},
    HOTEL,
]


@pytest.mark.row(20)
def test_an_answer_that_is_not_about_the_entries_keeps_them_waiting(phone):
    waiting(phone, 7, 6)
    for answer in NO_ANSWERS:
        phone.context.route(SYNC, always(answer))
        flush(phone)
        assert states(phone) == ["waiting", "waiting"], answer
        phone.context.unroute(SYNC)
    assert flush(phone) == "in touch"
    assert (states(phone), stored()) == (["sent", "sent"], [7, 6])


@pytest.mark.row(20)
def test_a_hotels_sign_in_page_instead_of_the_server_keeps_the_diary_and_what_waits(phone):
    phone.context.route("**/api/**", always(HOTEL))
    log(phone, 7)
    expect(phone.get_by_text("1 entry is on this phone and not sent yet")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 7, soreness 2.")).to_be_visible()
    assert states(phone) == ["waiting"]


@pytest.mark.row(20)
def test_a_batch_that_is_refused_whole_goes_entry_by_entry(phone):
    for number, status in enumerate((400, 413, 422)):
        sizes = []
        waiting(phone, 4, 5, 6, first=3 * number)
        phone.context.route(SYNC, many_refused(status, sizes))
        assert flush(phone) == "in touch"
        phone.context.unroute(SYNC)
        assert sizes == [3, 1, 1, 1]
        assert set(states(phone)) == {"sent"}
    assert stored() == [4, 5, 6] * 3


def many_refused(status: int, sizes: list[int]) -> Callable[[Route], None]:
    """Lets entries through that come alone; notes how many there were in each request."""

    def answer(route: Route) -> None:
        sizes.append(len(ids_in(route)))
        alone = sizes[-1] == 1
        route.continue_() if alone else route.fulfill(status=status, json={"detail": "one of these"})

    return answer


@pytest.mark.row(20)
def test_the_one_that_spoils_a_batch_asks_for_its_author_and_the_others_go(phone):
    made = waiting(phone, 4, 5, 6)

    def refuse_one(route: Route) -> None:
        bad = made[1]["client_id"] in ids_in(route)
        route.fulfill(status=422, json={"detail": "Not this."}) if bad else route.continue_()

    phone.context.route(SYNC, refuse_one)
    assert flush(phone) == "in touch"
    assert [entry["state"] for entry in entries(phone)] == ["sent", "attention", "sent"]
    assert entries(phone)[1]["problem"] == {"verdict": "invalid", "message": "Not this."}
