"""One day, said twice: on two phones of one patient, or on one of them again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone.phones import entries, flush, keys_for, log, prepared, ready, states, stored
from tests.browser.traffic import at_rest
from tests.cast import TODAY, ClinicCast
from tracker.models import DiaryDay

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def second(opened, our: ClinicCast, live_server) -> Page:
    """Another phone of the same patient."""
    return ready(prepared(opened, live_server.url, keys_for(our.clinician, our.patient)))


def counted() -> tuple[int | None, int | None]:
    at_rest()
    day = DiaryDay.objects.get(describes_on=TODAY)
    return day.current.pain, day.current.soreness


def log_alone(page: Page, pain: int) -> None:
    """Without a network, so that neither phone knows of the other."""
    page.context.set_offline(True)
    log(page, pain)
    expect(page.get_by_text(f"Saved for Wednesday 20 May: pain {pain}")).to_be_visible()


@pytest.mark.row(4)
def test_the_earlier_of_two_phones_that_sends_last_learns_what_counts_and_may_take_it_back(phone, second):
    log_alone(phone, 3)
    log_alone(second, 6)
    for page in (second, phone):
        page.context.set_offline(False)
        expect(page.get_by_text("Your clinic has it.")).to_be_visible()
    assert (counted(), sorted(stored())) == ((6, 2), [3, 6])
    lost = phone.get_by_text("You said pain 3, soreness 2 on this phone.")
    expect(lost).to_contain_text("Another phone said pain 6, soreness 2 later: that counts.")
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 6, soreness 2.")).to_be_visible()
    phone.get_by_role("button", name="Use this phone’s").click()
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 3, soreness 2.")).to_be_visible()
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    expect(lost).to_be_hidden()
    assert (counted(), sorted(stored())) == ((3, 2), [3, 3, 6])
    assert flush(second) == "in touch"
    expect(second.get_by_text("pain 3, soreness 2")).to_be_visible()


@pytest.mark.row(4)
def test_the_earlier_of_two_phones_that_sends_first_has_the_same_winner(phone, second):
    log_alone(phone, 3)
    log_alone(second, 6)
    for page in (phone, second):
        page.context.set_offline(False)
        expect(page.get_by_text("Your clinic has it.")).to_be_visible()
    assert (counted(), stored()) == ((6, 2), [3, 6])
    expect(second.get_by_text("Another phone said")).to_be_hidden()
    assert flush(phone) == "in touch"
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 6, soreness 2.")).to_be_visible()


@pytest.mark.row(5)
def test_a_correction_of_what_was_not_sent_yet_is_no_conflict_once_it_is(phone):
    log_alone(phone, 3)
    phone.get_by_role("link", name="Change", exact=True).click()
    log(phone, 5)
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 5")).to_be_visible()
    first, again = entries(phone)
    assert again["replaces"] == first["client_id"]
    phone.context.set_offline(False)
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    assert (states(phone), stored(), counted()) == (["sent", "sent"], [3, 5], (5, 2))
    expect(phone.get_by_text("Another phone said")).to_be_hidden()


@pytest.mark.row(5)
def test_a_correction_on_one_phone_names_the_entry_of_the_other_that_it_saw(phone, second):
    log(second, 6)
    expect(second.get_by_text("Your clinic has it.")).to_be_visible()
    assert flush(phone) == "in touch"
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 6")).to_be_visible()
    phone.get_by_role("link", name="Change", exact=True).click()
    log(phone, 4)
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 4")).to_be_visible()
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    assert (stored(), counted()) == ([6, 4], (4, 2))
    assert entries(phone)[-1]["replaces"] == entries(second)[-1]["client_id"]
