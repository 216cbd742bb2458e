"""A phone's store that is full, or gone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.phone.phones import diaries, log, ready, states, stored

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FULL = {
    "at once": """() => {
      IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
    }""",
    "at the end": """() => {
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (...said) {
        const request = put.apply(this, said);
        this.transaction.abort();
        return request;
      };
    }""",
}


@pytest.mark.row(21)
@pytest.mark.parametrize("full", FULL.values(), ids=FULL)
def test_a_phone_without_room_says_so_and_leaves_the_choices_where_they_are(phone, full):
    phone.evaluate(full)
    log(phone, 7, 3)
    alert = phone.get_by_role("alert").filter(has_text="Not saved yet.")
    expect(alert).to_contain_text("This phone has no room to save it. Your choices are still here.")
    expect(alert).to_be_focused()
    expect(phone.locator("#pain").get_by_role("radio", name="7", exact=True)).to_be_checked()
    expect(phone.locator("#soreness").get_by_role("radio", name="3", exact=True)).to_be_checked()
    assert (states(phone), stored()) == ([], [])
    phone.reload()
    expect(phone.locator("#pain").get_by_role("radio", name="7", exact=True)).to_be_checked()
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    assert stored() == [7]


@pytest.mark.row(22)
def test_a_browser_that_cleared_the_store_gets_the_days_back_from_the_server(phone):
    log(phone, 7)
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    origin = phone.evaluate("location.origin")
    phone.goto("about:blank")
    kinds = "indexeddb,cache_storage,service_workers,local_storage"
    cdp = phone.context.new_cdp_session(phone)
    cdp.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": kinds})
    phone.goto("/call/?plain")
    ready(phone)
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 7, soreness 2.")).to_be_visible()
    assert states(phone) == []  # the entry is the server's now, and the phone has its copy
    assert len(diaries(phone)) == 1
