"""The hours after a block on a phone without a network: what is due by its clock, and the verdict of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta

import pytest
import time_machine
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.phone.phones import SHIFTED, entries, flush, prepared, ready
from tests.browser.traffic import at_rest
from tests.cast import NOW, TODAY, ClinicCast, injection_record
from tests.desks import desk_of
from tracker.actions import injections
from tracker.content.dates import clock
from tracker.models import Assessment, Track

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MORNING = NOW + timedelta(hours=12)  # 07:30 of the next day, on which the injection is
DAY = TODAY + timedelta(days=1)
HOURS = f"/diary/{DAY}/reading/"
MINUTE = 60_000
FORWARD = """(minutes) => {
  const was = Date.now;
  Date.now = () => was() + minutes * 60_000;
  onset.hours.tick();
}"""


@pytest.fixture
def morning() -> Iterator[None]:
    with time_machine.travel(MORNING, tick=True):
        yield


def on_the_day(our: ClinicCast, **changes: object) -> None:
    record = injection_record(injected_on=DAY, **changes)
    injections.change(
        by=our.clinician, injection=our.injection, record=record, agents=[], now=MORNING, move_anyway=True
    )


@pytest.fixture
def phone(morning, opened, our, keys, live_server) -> Page:
    """Has its copy, and loses the network."""
    on_the_day(our, intent="diagnostic")
    page = ready(prepared(opened, live_server.url, keys))
    page.context.set_offline(True)
    return page


def forward(page: Page, minutes: int) -> None:
    """Time passes, and the app is opened again."""
    page.context.add_init_script(SHIFTED % (minutes * MINUTE))
    page.goto(HOURS)


def give(page: Page, pain: int, *, reliever: str = "") -> None:
    page.locator("#now").get_by_role("radio", name=str(pain), exact=True).check()
    if reliever:
        page.locator("#reliever").get_by_label(reliever).check()
    page.locator("[data-slot=giving]").get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved. Thank you.")).to_be_focused()


def begin(page: Page, at: str) -> None:
    page.get_by_label("When was the injection?").fill(at)
    page.get_by_role("button", name="Save the time").click()
    expect(page.get_by_text(f"Injection at {clock(time.fromisoformat(at))}.")).to_be_visible()


def moment(page: Page, words: str) -> Locator:
    return page.locator(".hours li").filter(has_text=words).first


def asked(page: Page) -> Locator:
    return page.locator("[data-slot=hours-moment]")


def later(page: Page, hours: int) -> str:
    """In the evening there is a network again; the verdict on the clinic's side."""
    page.context.set_offline(False)
    with time_machine.travel(MORNING + timedelta(hours=hours), tick=True):
        assert flush(page) == "in touch"
        at_rest()
    return Assessment.objects.get().label


def through_two_moments(page: Page, *, second: str = "No") -> None:
    """08:00 it is; 8 before it, then 1 at a quarter of an hour and at half an hour."""
    page.get_by_role("link", name="How is it right now?").click()
    give(page, 8)
    forward(page, 35)
    begin(page, "08:00")
    forward(page, 9)
    give(page, 1, reliever="No")
    forward(page, 16)
    give(page, 1, reliever=second)


def test_a_whole_block_is_followed_without_a_network_and_judged_once_it_is_sent(phone, our):
    through_two_moments(phone)
    for words, minutes in (("45 minutes after", 15), ("60 minutes after", 15), ("2 hours after", 60)):
        forward(phone, minutes)
        expect(asked(phone)).to_have_text(words)
        give(phone, 1, reliever="No")
    expect(moment(phone, "30 minutes after")).to_contain_text("8:30 AM saved: 1")
    expect(moment(phone, "3 hours after")).to_contain_text("11:00 AM in 1 h 0 min")
    expect(phone.get_by_text("Next: 3 hours after, at 11:00 AM. That is in 1 h 0 min.")).to_be_visible()
    forward(phone, 330)
    expect(moment(phone, "5 hours after")).to_contain_text("missed")
    expect(asked(phone)).to_be_hidden()
    assert {entry["state"] for entry in entries(phone)} == {"waiting"}
    assert later(phone, 8) == "diagnostic:positive"
    assert Track.objects.get().after == [[15, 1], [30, 1], [45, 1], [60, 1], [120, 1]]
    with time_machine.travel(MORNING + timedelta(hours=8), tick=True):
        desk = desk_of(our.clinician.user.email)
        html = desk.get(reverse("clinic:injection", args=[our.injection.public_id])).text
    assert "from 15 to 120 minutes after it" in html


def test_hours_of_an_evening_block_are_asked_after_midnight_without_a_network(phone):
    phone.get_by_role("link", name="How is it right now?").click()
    forward(phone, 16 * 60)  # 23:30
    begin(phone, "17:30")
    forward(phone, 60)  # after midnight
    expect(asked(phone)).to_have_text("7 hours after")
    give(phone, 1, reliever="No")
    expect(moment(phone, "7 hours after")).to_contain_text("12:30 AM saved: 1")
    phone.goto("/diary/")
    phone.get_by_role("link", name="How is it right now?").click()
    forward(phone, 60)
    expect(asked(phone)).to_have_text("8 hours after")


def test_a_pain_reliever_in_between_makes_it_unjudgeable(phone, our):
    through_two_moments(phone, second="Yes")
    assert later(phone, 2) == "diagnostic:not_assessable"
    with time_machine.travel(MORNING + timedelta(hours=2), tick=True):
        html = desk_of(our.clinician.user.email).get(
            reverse("clinic:injection", args=[our.injection.public_id])
        )
    assert "took a pain reliever after the block" in html.text


def test_every_score_after_it_is_asked_doing_the_movement_and_with_a_word_on_pain_relievers(phone):
    phone.goto(HOURS)
    expect(phone.get_by_text("Do the movement that usually hurts.")).to_be_visible()
    expect(phone.locator("#reliever")).to_be_hidden()
    begin(phone, "07:25")
    forward(phone, 10)
    expect(asked(phone)).to_have_text("15 minutes after")
    problem = phone.get_by_role("alert").filter(has_text="Not saved yet.")
    save = phone.locator("[data-slot=giving]").get_by_role("button", name="Save")
    save.click()
    expect(problem).to_contain_text("Pain: choose a number from 0 to 10.")
    phone.locator("#now").get_by_role("radio", name="3", exact=True).check()
    save.click()
    expect(problem).to_contain_text("Say if you took a pain reliever, too.")
    expect(problem).to_be_focused()
    give(phone, 3, reliever="No")
    assert [entry["said"] for entry in entries(phone)][-1] == {"pain": 3, "rescue": False}


def test_a_form_in_which_something_is_chosen_is_left_alone_while_time_goes_on(phone):
    phone.goto(HOURS)
    begin(phone, "07:25")
    phone.evaluate(FORWARD, 10)
    expect(asked(phone)).to_have_text("15 minutes after")
    phone.locator("#now").get_by_role("radio", name="3", exact=True).check()
    phone.locator("#reliever").get_by_label("No").check()
    phone.evaluate(FORWARD, 15)
    expect(asked(phone)).to_have_text("15 minutes after")
    expect(phone.locator("#now").get_by_role("radio", name="3", exact=True)).to_be_checked()
    expect(moment(phone, "45 minutes after")).to_contain_text("in 15 min")
    phone.locator("[data-slot=giving]").get_by_role("button", name="Save").click()
    problem = phone.get_by_role("alert").filter(has_text="Not saved yet.")
    expect(problem).to_contain_text("The time for that score has passed.")
    expect(asked(phone)).to_have_text("30 minutes after")
    expect(phone.locator("#now").get_by_role("radio", name="3", exact=True)).to_be_checked()
    phone.locator("[data-slot=giving]").get_by_role("button", name="Save").click()
    expect(moment(phone, "30 minutes after")).to_contain_text("saved: 3")
    assert [entry.get("part") for entry in entries(phone)] == [None, "30"]


def test_the_time_is_corrected_and_one_that_has_not_come_is_refused(phone):
    phone.goto(HOURS)
    phone.get_by_label("When was the injection?").fill("19:25")
    phone.get_by_role("button", name="Save the time").click()
    expect(phone.get_by_role("alert").filter(has_text="This time has not come yet.")).to_be_focused()
    begin(phone, "07:05")
    phone.get_by_role("button", name="Change the time").click()
    begin(phone, "07:15")
    expect(asked(phone)).to_have_text("15 minutes after")


def test_a_saved_score_is_corrected(phone):
    phone.goto(HOURS)
    give(phone, 8)
    moment(phone, "Before the injection").get_by_role("button").click()
    give(phone, 7)
    expect(moment(phone, "Before the injection")).to_contain_text("saved: 7")
    assert [entry["said"]["pain"] for entry in entries(phone)] == [8, 7]


def test_a_moment_that_comes_is_told_once_and_says_nothing_of_health(phone, live_server):
    phone.context.grant_permissions(["notifications"], origin=live_server.url)
    phone.goto(HOURS)
    begin(phone, "07:25")
    shown = """navigator.serviceWorker.ready.then((worker) => worker.getNotifications())
        .then((all) => all.map(({ title, body }) => [title, body]))"""
    assert phone.evaluate(shown) == []
    phone.evaluate(FORWARD, 10)
    phone.wait_for_function(f"{shown}.then((all) => all.length)")
    assert phone.evaluate(shown) == [["Time for your diary", ""]]


def test_any_other_injection_is_asked_about_at_its_own_moments(morning, opened, our, keys, live_server):
    on_the_day(our)
    page = ready(prepared(opened, live_server.url, keys))
    page.context.set_offline(True)
    page.goto(HOURS)
    give(page, 6)
    begin(page, "07:20")
    forward(page, 30)
    expect(asked(page)).to_have_text("30 minutes after")
    expect(page.locator("#reliever")).to_be_hidden()
    give(page, 2)
    later(page, 1)
    assert (Track.objects.get().before, Track.objects.get().after) == (6, [[30, 2]])


def test_on_another_day_nothing_is_asked(phone):
    phone.goto(f"/diary/{TODAY}/reading/")
    expect(phone.locator("[data-view=hours]").get_by_text("This is not asked for that day.")).to_be_visible()
    expect(phone.locator("#now")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_has_no_violation(phone, scheme):
    phone.emulate_media(color_scheme=scheme)
    phone.goto(HOURS)
    assert violations(phone) == [], "before it"
    begin(phone, "07:25")
    forward(phone, 10)
    assert violations(phone) == [], "when a score is due"
    give(phone, 3, reliever="No")
    assert violations(phone) == [], "between two scores"
