"""The patient's pages on a small phone, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings

from tests.cast import NOW
from tests.chromium import PHONE
from tracker.models import DiaryEntry

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def moving_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def visit(browser, our, live_server) -> Iterator[object]:
    """Opens an address on our patient's phone; with `signed_in=False` on one that nobody knows."""
    contexts = []

    def visit(path: str, *, signed_in: bool = True, **options: object) -> object:
        context = browser.new_context(viewport=PHONE, service_workers="block", **options)
        contexts.append(context)
        if signed_in:
            cookie = {"name": settings.DEVICE_COOKIE_NAME, "value": our.device_token, "url": live_server.url}
            context.add_cookies([cookie])
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield visit
    for context in contexts:
        context.close()


PAGES = [
    "/diary/",
    "/course/",
    "/diary/history/",
    "/call/",
    "/leave/",
    "/you/",
    "/you/stop/",
    "/you/confirm/",
]
PAGES += ["/you/helpers/", "/you/helpers/new/", "/you/contact/", "/you/contact/change/", "/you/looks/?own=1"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 360])
def test_no_page_scrolls_sideways(visit, path, width):
    page = visit(path)
    page.set_viewport_size({"width": width, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_save_is_seen_without_scrolling(visit):
    box = visit("/diary/").get_by_role("button", name="Save").bounding_box()
    assert box["y"] + box["height"] <= PHONE["height"]


def test_six_and_five_buttons_on_a_phone_and_one_row_above(visit):
    page = visit("/diary/")
    rows = "new Set([...document.querySelectorAll('#pain input')].map(i => i.getBoundingClientRect().y)).size"
    assert page.evaluate(rows) == 2
    page.set_viewport_size({"width": 480, "height": 640})
    assert page.evaluate(rows) == 1


def test_at_night_question_and_both_days_stand_in_one_row(visit):
    with time_machine.travel(NOW.replace(hour=1), tick=True):
        page = visit("/diary/")
    boxes = [page.locator(".which a").nth(at).bounding_box() for at in (0, 1)]
    assert boxes[0]["y"] == boxes[1]["y"] and boxes[1]["x"] + boxes[1]["width"] <= PHONE["width"]


@pytest.mark.usefixtures("drawn_frames")
@pytest.mark.parametrize("width", [320, 360])
def test_no_heading_or_number_of_the_table_is_broken_in_two(visit, our, width):
    our.log(dict.fromkeys(range(-2, 11), 10), soreness=dict.fromkeys(range(11), 10))
    page = visit("/course/")
    page.set_viewport_size({"width": width, "height": 640})
    page.locator("summary").click()
    lines = """cells => cells.map(cell => {
        const words = document.createRange();
        words.selectNodeContents(cell);
        return words.getClientRects().length;
    })"""
    assert set(page.locator(".all-days :is(th, td:not(.text))").evaluate_all(lines)) == {1}
    assert page.locator(".scroll").evaluate("box => box.scrollWidth <= box.clientWidth")


def test_three_taps_save_a_day_without_scripts(visit):
    page = visit("/diary/", java_script_enabled=False)
    page.get_by_role("group", name="On average").get_by_role("radio", name="4", exact=True).check()
    page.get_by_role("group", name="How sore").get_by_role("radio", name="not sore").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved for Wednesday 20 May: pain 4, soreness 0.").wait_for()
    assert DiaryEntry.objects.count() == 1


def test_a_day_is_saved_by_keyboard_alone(visit):
    page = visit("/diary/")
    page.locator("#pain input").first.focus()
    for key in ("Space", "ArrowRight", "ArrowRight", "Tab", "Space", "Tab", "Enter"):
        page.keyboard.press(key)
    page.get_by_text("Saved for Wednesday 20 May: pain 2, soreness 0.").wait_for()
