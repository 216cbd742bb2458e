"""Each page as readers set up their devices: dark, forced colours, large text, narrow, right to left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.desks import sign_in
from tests.chromium import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NARROW = {"width": 320, "height": 640}
ORDINARY: dict[str, Any] = {
    "color_scheme": "light",
    "forced_colors": "none",
    "reduced_motion": "no-preference",
}
PATIENT_PAGES = ("/diary/", "/diary/2026-05-19/", "/diary/history/", "/course/", "/call/", "/you/")


def root(style: str) -> Callable[[Page], object]:
    """Changes the root as a reader's own settings do: a style in the page is stopped by its policy."""
    return lambda page: page.evaluate(f"document.documentElement.{style}")


FORCED, CONTRAST = "forced colours", "color-contrast"
"""There the system's colours hold, and axe judges those that the page had asked for."""

MODES: dict[str, Callable[[Page], object]] = {
    "dark, without motion": lambda page: page.emulate_media(color_scheme="dark", reduced_motion="reduce"),
    FORCED: lambda page: page.emulate_media(forced_colors="active"),
    "320 px": lambda page: page.set_viewport_size(NARROW),
    "text of 200 %": root("style.fontSize = '200%'"),
    "right to left, 320 px": lambda page: (root("dir = 'rtl'")(page), page.set_viewport_size(NARROW)),
}


def as_usual(page: Page) -> None:
    page.emulate_media(**ORDINARY)
    page.set_viewport_size(PHONE)
    page.evaluate("Object.assign(document.documentElement, {dir: 'ltr'}).style.fontSize = ''")


def overflow(page: Page) -> int:
    """How many pixels of the page lie beyond its edge, whichever way it scrolls."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def faults(page: Page) -> dict[str, list[str]]:
    """What is wrong with an open page, for each mode in which anything is."""
    found = {}
    for name, switch in MODES.items():
        as_usual(page)
        switch(page)
        wide = [f"{beyond} px too wide"] if (beyond := overflow(page)) > 0 else []
        found[name] = wide + [one for one in violations(page) if name != FORCED or CONTRAST not in one]
    return {name: wrong for name, wrong in found.items() if wrong}


@pytest.fixture
def phone(opened, our, live_server) -> Page:
    """The patient's, joined, before any page of the diary is open. All of them come from the server."""
    our.log({-2: 7, -1: 7, 1: 6, 2: 5, 3: 4, 8: 3}, soreness={0: 3, 1: 1})
    page = opened("/call/", PHONE, service_workers="block")
    cookie = {"name": settings.DEVICE_COOKIE_NAME, "value": our.device_token, "url": live_server.url}
    page.context.add_cookies([cookie])
    return page


def test_a_patients_pages_are_whole_in_every_mode(phone, errors):
    page, found = phone, {}
    for path in PATIENT_PAGES:
        page.goto(path)
        found[path] = faults(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert errors == []


def test_the_clinics_worklist_is_whole_in_every_mode(opened, our, errors):
    our.log({-2: 7, -1: 7, 1: 6, 2: 5, 3: 4}, soreness={0: 3, 1: 1})
    page = opened("/clinic/", PHONE)
    sign_in(page, our.clinician.user)
    assert faults(page) == {}
    assert errors == []


TOO_SMALL = """(links) => links.filter((link) => link.getBoundingClientRect().height < 44)
  .map((link) => link.textContent)"""
BEYOND = """(regions) => regions.filter((one) => one.scrollWidth > one.clientWidth)
  .map((one) => one.textContent)"""


def test_a_record_on_a_phone_suits_a_finger_and_scrolls_one_way_only(opened, our):
    our.log({-2: 7, -1: 7, 1: 6, 2: 5, 3: 4}, soreness={0: 3, 1: 1})
    page = opened("/clinic/", PHONE)
    sign_in(page, our.clinician.user)
    page.goto(f"/clinic/patients/{our.patient.public_id}/")
    assert overflow(page) <= 0
    assert page.locator(".scroll").evaluate_all(BEYOND) == []
    links = page.locator(
        ":is(.ways, .others, .submit, .provenance, .bar nav) a, summary, .card button"
    ).locator("visible=true")
    assert links.count() > 10
    assert links.evaluate_all(TOO_SMALL) == []
    assert faults(page) == {}


ONE_LINE = """(place) => {
  const range = document.createRange();
  range.selectNodeContents(place);
  return new Set([...range.getClientRects()].map((line) => line.top)).size === 1;
}"""


def test_a_number_to_call_stays_whole_on_its_button(phone, our):
    our.clinic.name = "A clinic with a name that takes more than one line of a phone"
    our.clinic.phone = "+1 (555) 010-0142"
    our.clinic.save()
    phone.goto("/call/")
    button = phone.locator("a.button", has_text=our.clinic.phone)
    assert button.locator("> :last-child").evaluate(ONE_LINE)
    assert overflow(phone) <= 0 and button.evaluate("(it) => it.scrollWidth <= it.clientWidth")


ARROW = "getComputedStyle(document.querySelector('.links a'), '::after').transform"


def test_an_arrow_points_onward_whichever_way_a_page_is_read(phone):
    phone.goto("/you/")
    turned = phone.evaluate(ARROW)
    root("dir = 'rtl'")(phone)
    assert phone.evaluate(ARROW) == turned.replace(
        "0.707107, 0.707107, -0.707107", "0.707107, -0.707107, 0.707107"
    )
    assert phone.evaluate(ARROW) != turned


LEFT_EDGES = """(place) => {
  const text = [...place.childNodes].find((node) => node.nodeType === 3);
  return [0, text.length - 1].map((at) => {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getBoundingClientRect().left;
  });
}"""


def test_a_telephone_number_keeps_its_order_among_words_read_from_the_right(phone, our):
    our.clinic.name = "\u0627\u0644\u0639\u064a\u0627\u062f\u0629"
    our.clinic.save()
    phone.goto("/call/")
    root("dir = 'rtl'")(phone)
    first, last = phone.locator(".foot a bdi").evaluate(LEFT_EDGES)
    assert first < last


def test_what_is_printed_at_night_is_dark_on_white(phone):
    phone.goto("/call/")
    by_day = phone.evaluate("getComputedStyle(document.body).color")
    phone.emulate_media(media="print", color_scheme="dark")
    assert phone.evaluate("getComputedStyle(document.body).color") == by_day
    assert phone.locator(".signs").first.evaluate("(it) => getComputedStyle(it).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
