"""The main job in Spanish and in Arabic, on the page that a phone fills: nothing runs out of the screen."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.phone.phones import prepared, ready, settled, stored
from tests.cast import ClinicCast
from tracker.content.app import app_words
from tracker.content.calling import CALLING
from tracker.content.counted import KINDS_OF, kind_of
from tracker.content.dates import clock, full_date, weekday_date
from tracker.content.languages import in_language
from tracker.models import Patient

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALLEST = {"width": 320, "height": 640}
DIRECTION = {"en": "ltr", "es": "ltr", "ar": "rtl"}

every_language = pytest.mark.parametrize("language", sorted(DIRECTION))


@pytest.fixture
def phone_in(opened, our: ClinicCast, keys, live_server):
    """Our patient's phone, of one who reads this language."""

    def phone_in(language: str) -> Page:
        Patient.objects.filter(pk=our.patient.pk).update(language=language)
        return ready(prepared(opened, live_server.url, keys))

    return phone_in


def is_well(page: Page, language: str) -> None:
    """The page is the phone's own, in this language and direction, and fits."""
    assert page.locator("#words").count() == 1
    said = page.evaluate(
        "[document.documentElement.lang, document.dir, document.documentElement.scrollWidth]"
    )
    assert said == [language, DIRECTION[language], SMALLEST["width"]]
    assert violations(page) == []


@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_day_is_logged_and_looked_at(phone_in, our, errors, language):
    our.log({-2: 7, -1: 7, 1: 6, 2: 5}, soreness={1: 2, 2: 1})
    page = phone_in(language)
    page.set_viewport_size(SMALLEST)
    is_well(page, language)

    for name, score in (("pain", "4"), ("soreness", "2")):
        page.locator(f"#{name}").get_by_role("radio", name=score, exact=True).check()
    page.locator('[data-view="day"] form button').click()
    with override(language):
        saved = app_words(language)["saved-for"].split("{")[0] + weekday_date(date(2026, 5, 20))
    expect(page.locator('[data-view="day"] .tick')).to_contain_text(saved)
    expect(page.locator('[data-view="day"] .state.sent')).to_be_visible()
    is_well(page, language)
    assert stored()[-1] == 4

    settled(page, "/course/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("10")
    chart = page.locator("svg.own-chart")
    expect(chart).to_be_visible()
    assert chart.evaluate("one => getComputedStyle(one).direction") == "ltr"
    is_well(page, language)

    settled(page, "/call/")
    title = in_language(CALLING, language).emergency.title.format(emergency="911")
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    is_well(page, language)
    assert errors == []


@every_language
def test_the_app_writes_dates_as_the_pages_do(phone_in, language):
    page = phone_in(language)
    days = [date(2026, 1, 5) + timedelta(days=31 * month) for month in range(12)]
    said = page.evaluate("days => days.map((on) => onset.days.full(on))", [day.isoformat() for day in days])
    with override(language):
        assert said == [full_date(day) for day in days]


@every_language
def test_the_app_writes_times_as_the_pages_do(phone_in, language):
    page = phone_in(language)
    times = [datetime(2026, 1, 5) + timedelta(minutes=15 * quarter) for quarter in range(96)]
    said = page.evaluate(
        "times => times.map((at) => onset.days.clock(at, 'UTC'))", [f"{at}Z" for at in times]
    )
    with override(language):
        assert said == [clock(at) for at in times]


@every_language
def test_a_browser_tells_the_same_kinds_of_number_apart(opened, our, language):
    page = opened("/call/", SMALLEST)
    select = "language => [...Array(250).keys()].map((n) => new Intl.PluralRules(language).select(n))"
    known = dict.fromkeys(KINDS_OF[language])
    assert page.evaluate(select, language) == [kind_of(count, known) for count in range(250)]


LEFT_OF = """(place) => [0, place.textContent.length - 1].map((at) => {
  const range = document.createRange();
  range.setStart(place.firstChild, at);
  range.setEnd(place.firstChild, at + 1);
  return range.getBoundingClientRect().left;
})"""


def test_a_telephone_number_is_read_from_the_left_in_arabic_too(phone_in):
    page = settled(phone_in("ar"), "/call/")
    for place in (
        page.locator("[data-view=call] [data-number], .foot [data-number]").locator("visible=true").all()
    ):
        first, last = place.evaluate(LEFT_OF)
        assert first < last


def test_what_is_missing_is_listed_a_line_each(phone_in):
    page = phone_in("en")
    page.locator('[data-view="day"] form button').click()
    lines = page.locator("[data-slot=problem-lines] a")
    expect(lines).to_have_count(2)
    first, second = (line.bounding_box() for line in lines.all())
    assert first and second and second["y"] >= first["y"] + first["height"]
    assert min(first["height"], second["height"]) >= 44


def test_another_language_comes_with_the_next_release(phone_in, our):
    page = phone_in("en")
    Patient.objects.filter(pk=our.patient.pk).update(language="ar")
    page.goto("/you/")
    assert page.evaluate("document.documentElement.lang") == "ar"
    settled(page)
    page.locator("#update button").click()
    expect(page.locator("html")).to_have_attribute("lang", "ar")
