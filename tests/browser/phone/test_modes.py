"""Every view of the app in the modes that readers set: dark, forced colours, large, narrow, right to left."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone.phones import log, put
from tests.browser.phone.test_forms import CHECK
from tests.browser.phone.test_hands import ID, TROUBLE, seen
from tests.browser.test_modes import as_usual, faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["seen"]


def a_form_with_nothing_chosen(page: Page) -> None:
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Not saved yet.").filter(visible=True)).to_be_visible()


def an_entry_that_needs_somebody(page: Page) -> None:
    put(page, TROUBLE | {"client_id": ID.format(1)})
    page.context.set_offline(True)
    page.goto("/diary/")
    expect(page.get_by_role("heading", name="This needs you")).to_be_visible()


def saved_and_not_sent(page: Page) -> None:
    log(page, 6)
    expect(page.get_by_text("1 entry is on this phone and not sent yet.")).to_be_visible()


def the_check_with_nothing_ticked(page: Page) -> None:
    page.goto(CHECK)
    page.get_by_role("button", name="Save what I ticked").click()
    expect(page.get_by_text("Not saved yet.").filter(visible=True)).to_be_visible()


def a_sign_of_danger(page: Page) -> None:
    page.get_by_label("You cannot pass urine").check()
    page.get_by_role("button", name="Save what I ticked").click()
    expect(page.get_by_role("alert").filter(has_text="Call 911 now")).to_be_visible()


def at(path: str, says: str) -> Callable[[Page], None]:
    def open_it(page: Page) -> None:
        page.goto(path)
        expect(page.get_by_text(says).filter(visible=True)).not_to_have_count(0)

    return open_it


WALK: list[Callable[[Page], None]] = [
    a_form_with_nothing_chosen,
    an_entry_that_needs_somebody,
    saved_and_not_sent,
    at("/diary/2026-05-17/", "Sunday 17 May"),
    at("/diary/history/", "Wednesday 20 May"),
    at("/course/", "A dot with a dashed edge is not sent yet."),
    at("/plan/", "After your injection"),
    at("/call/", "Call your clinic today"),
    at("/leave/", "2 entries on this phone were not sent yet."),
    the_check_with_nothing_ticked,
    a_sign_of_danger,
    at("/you/", "No network"),
]


@pytest.mark.row(41)
def test_every_view_of_the_app_is_whole_in_every_mode(seen):
    page, found = seen, {}
    for step in WALK:
        as_usual(page)
        step(page)
        if wrong := faults(page):
            found[page.url.split("/", 3)[-1], step.__name__] = wrong
    assert found == {}
