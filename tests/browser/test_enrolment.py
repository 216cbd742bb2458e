"""Enrolment in the recovery bay, by two people with a browser each: counted in taps and timed."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from tests.browser.desks import sign_in
from tests.cast import NOW, TODAY, ClinicCast, injection_record, make_device
from tests.chromium import DESK, PHONE
from tracker.actions import injections, invitations
from tracker.domain.procedure import Status
from tracker.domain.roles import Role
from tracker.models import Consent, Device, Patient, Reading

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_TAPS, MOST_SECONDS = 12, 60


class Hand:
    """Somebody's hand: a tap is a touch, or a field that is opened and typed into."""

    def __init__(self) -> None:
        self.taps = 0

    def tap(self, place: Locator) -> None:
        self.taps += 1
        place.click()

    def type(self, place: Locator, text: str) -> None:
        self.taps += 1
        place.fill(text)

    def find(self, box: Locator, words: str) -> None:
        """Type into a box that searches, and take the only thing it finds."""
        self.type(box, words)
        self.tap(box.page.get_by_role("listbox", name="Indication").get_by_role("option"))


def fill_in(desk: Page, hand: Hand) -> str:
    """The short form, and the link that the page's picture holds."""
    hand.type(desk.get_by_label("Family name"), "Fernsby")
    hand.type(desk.get_by_label("Given name"), "Wilma")
    hand.type(desk.get_by_label("Date of birth"), "1961-02-03")
    hand.find(desk.get_by_role("combobox", name="Indication"), "M54.12")
    hand.tap(desk.get_by_role("button", name="Save and show the code"))
    expect(desk.locator(".qr svg")).to_be_visible()
    return desk.get_by_label("Or send this link").input_value()


def join(phone: Page, hand: Hand) -> None:
    """From the camera to the page of today. The camera's own offer to open the link is a tap as well."""
    hand.taps += 1
    hand.type(phone.get_by_label("Your date of birth"), "1961-02-03")
    hand.tap(phone.get_by_role("button", name="Yes, go on"))
    hand.tap(phone.get_by_role("button", name="Yes, start my diary"))
    expect(phone.get_by_text("just before the injection?")).to_be_visible()
    hand.tap(phone.get_by_role("radio", name="7", exact=True))
    hand.tap(phone.get_by_role("button", name="Save"))
    hand.tap(phone.get_by_role("link", name="To my diary"))
    expect(phone.get_by_role("heading", name="Wednesday 20 May")).to_be_visible()


def test_a_patient_is_enrolled_within_a_minute_and_twelve_taps(opened, our: ClinicCast, errors, capsys):
    desk = opened("/clinic/enrol/", DESK)
    sign_in(desk, our.staff[Role.NURSE].user)
    nurse, patient, begin = Hand(), Hand(), time.perf_counter()
    link = fill_in(desk, nurse)
    phone = opened(link, PHONE)
    join(phone, patient)
    expect(desk.get_by_text("Joined.")).to_be_visible()  # by itself
    seconds = time.perf_counter() - begin
    with capsys.disabled():
        print(f"\nenrolment: {patient.taps} taps by the patient, {nurse.taps} by staff, {seconds:.1f} s")
    assert patient.taps <= MOST_TAPS and seconds < MOST_SECONDS
    who = Patient.objects.get(family_name="Fernsby")
    assert Reading.objects.get(patient=who).pain == 7
    assert Consent.objects.get(patient=who).device == Device.objects.get(patient=who)
    assert errors == []


@pytest.fixture
def link(our: ClinicCast) -> str:
    Patient.objects.update(consent_version="")
    return f"/join/#{invitations.issue(by=our.clinician, patient=our.patient, now=NOW).token}"


def born(page: Page, our: ClinicCast) -> None:
    page.get_by_label("Your date of birth").fill(str(our.patient.born_on))
    page.get_by_role("button", name="Yes, go on").click()


def test_a_page_that_nobody_looks_at_sends_nothing_until_somebody_does(opened, our: ClinicCast, link):
    page = opened("/call/", PHONE)
    page.add_init_script(
        """let seen = 'hidden';
        Object.defineProperty(document, 'visibilityState', {get: () => seen});
        window.lookAtIt = () => {
            seen = 'visible';
            document.dispatchEvent(new Event('visibilitychange'));
        };"""
    )
    page.goto(link)
    expect(page.get_by_label("Code")).to_have_value(link.partition("#")[2])
    expect(page).to_have_url("/join/")
    page.wait_for_timeout(300)
    expect(page.get_by_label("Your date of birth")).to_have_count(0)
    page.evaluate("lookAtIt()")
    expect(page.get_by_label("Your date of birth")).to_be_visible()


def test_a_link_opened_where_the_page_is_open_already_is_taken_as_well(opened, our: ClinicCast, link):
    page = opened("/join/", PHONE)
    page.goto(link)
    born(page, our)
    expect(page.get_by_role("heading", name="Before you start your diary")).to_be_visible()


def test_without_scripts_the_code_is_typed(opened, our: ClinicCast, link):
    code = invitations.issue(by=our.clinician, patient=our.patient, now=NOW).code
    page = opened("/join/", PHONE, java_script_enabled=False)
    page.get_by_label("Code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Go on").click()
    born(page, our)
    page.get_by_role("button", name="Yes, start my diary").click()
    page.get_by_role("link", name="To my diary").click()
    expect(page.get_by_role("button", name="Save")).to_be_visible()


def test_the_icon_on_the_home_screen_opens_the_diary_and_not_its_instructions(opened, our, live_server):
    page = signed_in(opened("/call/", PHONE), our.device_token, live_server)
    page.goto("/home-screen/")
    expect(page).to_have_url("/diary/")


def test_an_installed_app_that_knows_nothing_is_let_in_by_a_code_of_the_browser(opened, our, live_server):
    """On older iPhones the icon has a storage of its own, without the browser's cookies."""
    browser = signed_in(opened("/call/", PHONE), our.device_token, live_server)
    browser.goto("/you/phones/")
    browser.get_by_role("button", name="Show a code").click()
    code = browser.locator(".code").inner_text()
    app = opened("/diary/", PHONE)
    app.get_by_label("Code").fill(code)
    app.get_by_role("button", name="Go on").click()
    born(app, our)
    expect(app.get_by_role("heading", name="Wednesday 20 May")).to_be_visible()


def signed_in(page: Page, token: str, live_server) -> Page:
    page.context.add_cookies([{"name": settings.DEVICE_COOKIE_NAME, "value": token, "url": live_server.url}])
    return page


@pytest.mark.parametrize("width", [320, 360])
def test_no_page_of_the_way_in_scrolls_sideways(opened, our, live_server, width):
    injections.change(
        by=our.clinician,
        injection=our.injection,
        record=injection_record(injected_on=TODAY, status=Status.SCHEDULED),
        agents=[],
        now=NOW,
    )
    Device.objects.filter(pk=make_device(our.patient, our.clinician)[0].pk).update(
        name="A" * 80, last_seen_at=NOW - timedelta(days=3)
    )
    page = signed_in(opened("/call/", {"width": width, "height": 640}), our.device_token, live_server)
    pages = ("/join/", "/you/", "/you/phones/", "/you/choices/", "/you/consent/", "/welcome/no/")
    for path in (*pages, "/welcome/score/", "/home-screen/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto("/you/phones/")
    page.get_by_role("button", name="Show a code").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    Patient.objects.update(consent_version="")
    page.goto("/welcome/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
