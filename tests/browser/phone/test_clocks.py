"""What day it is: the patient's own zone decides, and a clock that is wrong is known to be."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone.phones import SHIFTED, entries, flush, log, prepared, ready, states, stored
from tests.cast import ClinicCast
from tests.scopes import inside
from tracker.domain.track import Timing
from tracker.models import DiaryEntry, Patient
from tracker.web import app_shell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOUR = 3_600_000
YEAR = 365 * 24 * HOUR
LATER = """(hours) => {
  const was = Date.now;
  Date.now = () => was() + hours * 3_600_000;
  document.dispatchEvent(new Event("visibilitychange"));
}"""


def in_zone(cast: ClinicCast, zone: str) -> None:
    with inside(cast):
        Patient.objects.filter(pk=cast.patient.pk).update(time_zone=zone)


def date_of(page: Page):
    return expect(page.locator("h1 [data-slot=date]"))


@pytest.mark.row(28)
def test_at_a_quarter_past_one_the_day_that_just_ended_is_asked_about_first(opened, our, keys, live_server):
    in_zone(our, "Asia/Kathmandu")  # +5:45: 19:30 UTC is 01:15 there
    page = ready(prepared(opened, live_server.url, keys, timezone_id="Asia/Kathmandu"))
    date_of(page).to_have_text("Wednesday 20 May")
    expect(page.get_by_role("navigation", name="Which day")).to_be_visible()
    page.get_by_role("navigation", name="Which day").get_by_role("link", name="Today").click()
    date_of(page).to_have_text("Thursday 21 May")


@pytest.mark.row(29)
def test_a_page_left_open_over_night_asks_about_the_new_day(phone):
    date_of(phone).to_have_text("Wednesday 20 May")
    phone.context.route(
        "**/api/**", lambda route: None
    )  # no answer for ten seconds: the phone knows the day without
    phone.evaluate(LATER, 9)
    date_of(phone).to_have_text("Thursday 21 May")
    log(phone, 3)
    expect(phone.get_by_text("Saved for Thursday 21 May: pain 3, soreness 2.")).to_be_visible()
    assert [entry["day"] for entry in entries(phone)] == ["2026-05-21"]


@pytest.mark.row(29)
def test_a_form_that_was_begun_before_midnight_is_saved_for_the_day_it_names(phone):
    phone.context.set_offline(True)
    phone.locator("#pain").get_by_role("radio", name="6", exact=True).check()
    phone.evaluate(LATER, 9)
    date_of(phone).to_have_text("Wednesday 20 May")
    log(phone, 6)
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 6, soreness 2.")).to_be_visible()
    assert [entry["day"] for entry in entries(phone)] == ["2026-05-20"]


@pytest.mark.row(30)
def test_on_a_journey_the_zone_of_home_says_what_day_it_is(opened, our, keys, live_server):
    in_zone(our, "America/New_York")
    page = ready(prepared(opened, live_server.url, keys, timezone_id="Asia/Tokyo"))
    date_of(page).to_have_text("Wednesday 20 May")  # in Tokyo it is Thursday, half past four
    log(page, 6)
    expect(page.get_by_text("Sent at 3:30 PM.")).to_be_visible()
    page.goto("/diary/history/")
    expect(page.get_by_role("listitem").filter(has_text="20 May")).to_contain_text("pain 6, soreness 2")
    assert [str(entry.describes_on) for entry in DiaryEntry.objects.all()] == ["2026-05-20"]
    assert DiaryEntry.objects.get().timing == Timing.LIVE


@pytest.fixture
def off_by(opened, keys, live_server, workers_clock, monkeypatch) -> Callable[[int], Page]:
    """A phone whose clock is so many years off, for its pages and its worker."""

    def off_by(years: int) -> Page:
        shift, script = SHIFTED % (years * YEAR), app_shell.worker_script
        monkeypatch.setattr(app_shell, "worker_script", lambda: shift + script())
        page = prepared(opened, live_server.url, keys)
        page.context.add_init_script(shift)
        return ready(page)

    return off_by


@pytest.mark.row(31)
@pytest.mark.parametrize("years", [5, -56], ids=["in 2031", "in 1970"])
def test_a_clock_that_is_years_off_asks_about_the_right_day_and_the_clinic_is_told(off_by, years):
    wrong = off_by(years)
    date_of(wrong).to_have_text("Wednesday 20 May")
    wrong.context.set_offline(True)
    wrong.reload()
    date_of(wrong).to_have_text("Wednesday 20 May")
    log(wrong, 6)
    expect(wrong.get_by_text("Saved for Wednesday 20 May: pain 6, soreness 2.")).to_be_visible()
    wrong.context.set_offline(False)
    expect(wrong.get_by_text("Sent at 7:30 PM.")).to_be_visible()
    expect(wrong.get_by_text("your clinic will check the time")).to_be_visible()
    entry = DiaryEntry.objects.get()
    assert (str(entry.describes_on), entry.pain, entry.timing) == ("2026-05-20", 6, Timing.UNCERTAIN)


@pytest.mark.row(31)
def test_a_clock_that_is_years_ahead_does_not_make_what_was_just_sent_old(off_by, settings):
    wrong = off_by(5)
    wrong.context.clear_cookies(name=settings.DEVICE_COOKIE_NAME)
    log(wrong, 6)
    expect(wrong.get_by_text("You are signed out. What you log is still sent")).to_be_visible()
    assert flush(wrong) == "sending only"
    assert (states(wrong), stored()) == (["sent"], [6])
    expect(wrong.get_by_text("Saved for Wednesday 20 May: pain 6, soreness 2.")).to_be_visible()
