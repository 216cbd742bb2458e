"""The warning before a session of staff ends, as a page left open lives through it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import violations
from tests.browser.desks import sign_in
from tests.cast import NOW, ClinicCast
from tests.chromium import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MINUTE = 60
Pass = Callable[[float], None]


@pytest.fixture
def moving_clock():
    """Stands in for the usual one: here the test itself moves the time."""
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def desk(opened, our: ClinicCast) -> Page:
    page = opened("/clinic/", DESK)
    page.clock.install(time=NOW)
    sign_in(page, our.clinician.user)
    return page


def passing(page: Page, moving_clock) -> Pass:
    """Lets time pass for the server first, then for the page's timers."""

    def pass_seconds(seconds: float) -> None:
        moving_clock.shift(seconds)
        page.clock.run_for(int(seconds * 1000))

    return pass_seconds


def dialog(page: Page):
    return page.get_by_role("dialog", name="Are you still there?")


def test_the_warning_comes_at_13_30_and_staying_takes_one_key(desk, moving_clock, errors):
    wait = passing(desk, moving_clock)
    wait(13 * MINUTE + 25)
    expect(dialog(desk)).to_be_hidden()
    wait(6)
    expect(dialog(desk)).to_be_visible()
    expect(desk.get_by_role("button", name="Stay signed in")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(dialog(desk)).to_be_hidden()
    wait(13 * MINUTE)
    expect(dialog(desk)).to_be_hidden()
    desk.reload()
    expect(desk.get_by_role("heading", name="Worklist")).to_be_visible()
    assert errors == []


def test_escape_is_an_answer_too(desk, moving_clock):
    wait = passing(desk, moving_clock)
    wait(13 * MINUTE + 31)
    expect(dialog(desk)).to_be_visible()
    desk.keyboard.press("Escape")
    expect(dialog(desk)).to_be_hidden()
    wait(5 * MINUTE)
    desk.reload()
    expect(desk.get_by_role("heading", name="Worklist")).to_be_visible()


def test_a_page_left_open_goes_to_the_sign_in_page_and_shows_nobody(desk, moving_clock, our):
    wait = passing(desk, moving_clock)
    wait(13 * MINUTE + 31)
    expect(dialog(desk)).to_be_visible()
    wait(30)
    expect(dialog(desk)).to_contain_text("You will be signed out in 0:5")
    expect(desk.get_by_role("status")).to_contain_text("60 seconds left.")
    wait(62)
    desk.wait_for_url("**/accounts/login/**")
    expect(desk.get_by_text("nothing happened here for a quarter of an hour")).to_be_visible()
    assert "Quill" not in desk.content()
    sign_in(desk, our.clinician.user)
    expect(desk.get_by_role("heading", name="Worklist")).to_be_visible()


def test_work_in_another_tab_moves_the_end_of_this_one(desk, moving_clock):
    wait = passing(desk, moving_clock)
    wait(10 * MINUTE)
    other = desk.context.new_page()
    other.goto(desk.url)
    with desk.expect_response("**/accounts/session/left/"):
        wait(4 * MINUTE)
    expect(dialog(desk)).to_be_hidden()
    wait(9 * MINUTE + 40)
    expect(dialog(desk)).to_be_visible()


def test_an_answer_that_was_long_on_its_way_moves_the_end_no_further(desk, moving_clock):
    wait, held = passing(desk, moving_clock), []

    def hold_the_first(route: Route) -> None:
        if held:
            route.continue_()
        else:
            held.append((route, route.fetch()))

    desk.route("**/accounts/session/left/", hold_the_first)
    wait(10 * MINUTE)
    desk.context.new_page().goto(desk.url)
    wait(4 * MINUTE)
    while not held:
        desk.wait_for_timeout(20)
    wait(9 * MINUTE + 40)
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(dialog(desk)).to_be_visible()


def test_a_computer_that_slept_is_out_when_it_wakes(desk, moving_clock):
    moving_clock.shift(40 * MINUTE)
    desk.clock.fast_forward(40 * MINUTE * 1000)
    desk.wait_for_url("**/accounts/login/**")


def test_the_warning_has_no_violation_and_fits_a_small_phone(opened, our, moving_clock):
    page = opened("/clinic/", PHONE)
    page.clock.install(time=NOW)
    sign_in(page, our.clinician.user)
    passing(page, moving_clock)(13 * MINUTE + 31)
    expect(dialog(page)).to_be_visible()
    box = dialog(page).bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    assert box["y"] >= 0 and box["y"] + box["height"] <= PHONE["height"]
    assert violations(page) == []
