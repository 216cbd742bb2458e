"""Logging by two taps, for those who chose it: a tap can be taken back, and keys never save by themselves."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone.phones import entries, flush, prepared, put, ready, states, stored
from tests.cast import NOW
from tests.scopes import inside
from tracker.models import Patient

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEPT = {
    "client_id": "1b4e28ba-2fa1-41d2-883f-0016d3cca427",
    "day": "2026-05-20",
    "pain": 6,
    "soreness": 1,
    "entered_at": "2026-05-20T18:00:00Z",
    "replaces": None,
}
SENT = """async () => {
  const person = await onset.store.person(await onset.store.holder());
  const [{ client_id }] = await person.entries();
  const at = new Date(Date.now() + 600_000).toISOString(); // later than the copy, whatever this clock says
  await person.change([client_id], (entry) => ({ ...entry, state: "sent", sent_at: at }));
}"""
TWICE = """() => {
  const form = document.querySelector("[data-slot=form]");
  form.requestSubmit();
  form.requestSubmit();
}"""
SAVED = "Saved for Wednesday 20 May: pain 6, soreness 1."


@pytest.fixture
def taps(opened, our, keys, live_server) -> Page:
    """A phone whose holder chose two taps; its page's clock is the test's."""
    with inside(our):
        Patient.objects.filter(pk=our.patient.pk).update(two_taps=True)
    page = ready(prepared(opened, live_server.url, keys))
    page.clock.install(time=NOW)
    page.reload()
    page.locator('[data-view="day"]').wait_for()
    return page


def number(page: Page, name: str, score: int):
    return page.locator(f"#{name} input[value='{score}']")


def test_the_second_tap_saves_and_ten_seconds_later_it_is_sent(taps):
    number(taps, "pain", 6).click()
    expect(taps.get_by_role("button", name="Save")).to_be_visible()
    assert entries(taps) == []
    number(taps, "soreness", 1).click()
    expect(taps.get_by_text(SAVED)).to_be_visible()
    expect(taps.get_by_text("You can still undo it.")).to_be_visible()
    assert flush(taps) == "in touch"
    assert (states(taps), stored()) == (["waiting"], [])
    taps.clock.run_for(10_500)
    expect(taps.get_by_text("Your clinic has it.")).to_be_visible()
    expect(taps.get_by_role("button", name="Undo")).to_be_hidden()
    assert (states(taps), stored()) == (["sent"], [6])


def test_undo_takes_it_back_unsent_and_leaves_the_choices(taps):
    number(taps, "pain", 6).click()
    number(taps, "soreness", 1).click()
    taps.get_by_role("button", name="Undo").click()
    expect(taps.get_by_text(SAVED)).to_be_hidden()
    expect(taps.locator("#pain input:checked")).to_have_value("6")
    expect(taps.locator("#pain input:checked")).to_be_focused()
    expect(taps.locator("#soreness input:checked")).to_have_value("1")
    taps.clock.run_for(11_000)
    assert flush(taps) == "in touch"
    assert (entries(taps), stored()) == ([], [])


def test_keys_choose_and_never_save_by_themselves(taps):
    number(taps, "pain", 6).click()
    taps.locator("#soreness input").first.focus()
    for key in ("Space", "ArrowRight", "ArrowRight"):
        taps.keyboard.press(key)
    expect(taps.locator("#soreness input:checked")).to_have_value("2")
    expect(taps.get_by_role("button", name="Save")).to_be_visible()
    assert entries(taps) == []
    taps.keyboard.press("Enter")
    expect(taps.get_by_text("Saved for Wednesday 20 May: pain 6, soreness 2.")).to_be_visible()
    expect(taps.get_by_role("button", name="Undo")).to_be_hidden()


def test_without_the_choice_two_taps_wait_for_save(phone):
    number(phone, "pain", 6).click()
    number(phone, "soreness", 1).click()
    expect(phone.get_by_role("button", name="Save")).to_be_visible()
    assert entries(phone) == []


def test_a_clock_that_is_set_back_holds_an_entry_no_longer_than_its_ten_seconds(taps):
    put(taps, KEPT | {"held_until": 1_937_000_000_000})  # 2031, as that clock said
    taps.reload()
    expect(taps.get_by_text("Your clinic has it.")).to_be_visible()
    assert (states(taps), stored()) == (["sent"], [6])


def test_what_was_sent_meanwhile_is_not_taken_back(taps):
    number(taps, "pain", 6).click()
    number(taps, "soreness", 1).click()
    expect(taps.get_by_role("button", name="Undo")).to_be_visible()
    taps.evaluate(SENT)
    taps.locator("[data-slot=undo]").evaluate("(button) => button.click()")
    expect(taps.get_by_text(SAVED)).to_be_visible()
    assert states(taps) == ["sent"]


def test_two_quick_taps_on_save_are_one_entry(phone):
    for name in ("pain", "soreness"):
        number(phone, name, 3).check()
    phone.evaluate(TWICE)
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    assert stored() == [3]
