"""The phone's own store, where other tabs and other releases have a hand in it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.phone.phones import flush, log, put, states, stored, tab

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LATER_STORE = """async () => {
  const name = `onset-${await onset.store.holder()}`;
  return new Promise((resolve) => {
    const request = indexedDB.open(name, 2);
    request.onblocked = () => resolve("blocked");
    request.onsuccess = () => resolve("open");
  });
}"""


@pytest.mark.row(26)
def test_an_old_page_does_not_hold_up_a_later_store_and_gives_way_to_the_servers_pages(phone):
    assert phone.evaluate(LATER_STORE) == "open"
    phone.goto("/diary/")
    expect(phone.locator("#words")).to_have_count(0)
    log(phone, 4)
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 4, soreness 2.")).to_be_visible()
    assert stored() == [4]


@pytest.mark.row(12, 22, 26)
def test_a_store_that_another_tab_took_away_is_opened_anew(phone):
    other = tab(phone)
    owner = phone.evaluate("onset.store.holder()")
    other.evaluate("onset.leave.wipe()")
    assert phone.evaluate("onset.store.holder()") is None
    phone.evaluate("(owner) => onset.store.setHolder(owner)", owner)
    put(phone, {"client_id": "1b4e28ba-2fa1-41d2-883f-0016d3cca427", "day": "2026-05-19", "pain": 4})
    assert states(phone) == ["waiting"]


@pytest.mark.row(26)
def test_an_entry_that_an_older_or_later_release_wrote_is_sent_all_the_same(phone):
    entry = {
        "day": "2026-05-20",
        "pain": 4,
        "soreness": 1,
        "replaces": None,
        "entered_at": "2026-05-20T19:00:00Z",
    }
    put(
        phone,
        entry
        | {"client_id": "1b4e28ba-2fa1-41d2-883f-0016d3cca427", "v": 2, "mood": "fair", "state": "waiting"},
    )
    assert flush(phone) == "in touch"
    assert (states(phone), stored()) == (["sent"], [4])
