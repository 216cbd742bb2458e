"""A patient's way from the booking to day 100, in each language, under a clock that is moved on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser.desks import sign_in
from tests.browser.phone.moving import Clock, starting
from tests.browser.phone.phones import HEARD, hold, keys_for, ready
from tests.browser.phone.ways import Way
from tests.browser.traffic import at_rest
from tests.cast import NOW, TODAY, ClinicCast, injection_record
from tests.chromium import DESK, WITH_WORKER
from tests.desks import desk_of
from tracker.actions import injections
from tracker.domain.forms import Form
from tracker.domain.roles import Role
from tracker.domain.schedule import Rhythm
from tracker.domain.timeline import PhaseKey
from tracker.domain.wording import MessageKey, ReliefKey
from tracker.models import Alert, Assessment, Injection, Patient, Response
from tracker.web import app_shell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALLEST = {"width": 320, "height": 640}
DAY_0 = TODAY + timedelta(days=7)
NO_NETWORK = "net::ERR_INTERNET_DISCONNECTED"


@pytest.fixture
def clock() -> Iterator[Clock]:
    with starting(NOW) as clock:
        yield clock


@pytest.fixture
def workers_clock(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    script, told = app_shell.worker_script, clock.of_workers()
    monkeypatch.setattr(app_shell, "worker_script", lambda: told + script())


def book(opened, our: ClinicCast, language: str) -> str:
    """A nurse enrols the patient a week ahead; the link that the page shows."""
    desk = opened("/clinic/enrol/", DESK)
    sign_in(desk, our.staff[Role.NURSE].user)
    for label, text in (("Family name", "Fernsby"), ("Given name", "Wilma"), ("Operator", "Dr Vale")):
        desk.get_by_label(label).fill(text)
    desk.get_by_label("Date of birth").fill("1961-02-03")
    desk.get_by_label("Record number").fill("F-17")
    desk.get_by_label("Date", exact=True).fill(DAY_0.isoformat())
    desk.get_by_label("Status").select_option("scheduled")
    desk.get_by_label("Language").select_option(language)
    desk.get_by_role("combobox", name="Indication").fill("M54.12")
    desk.get_by_role("listbox", name="Indication").get_by_role("option").click()
    desk.get_by_role("button", name="Save and show the code").click()
    link = desk.get_by_label("Or send this link").input_value()
    desk.context.close()
    return link


@pytest.fixture
def way(request, opened, our: ClinicCast, clock: Clock) -> Way:
    """From the clinic's link to the diary on the patient's phone, in their language."""
    language = request.param
    link = book(opened, our, language)
    patient = Patient.objects.get(record_number="F-17")
    page = opened("about:blank", SMALLEST, **WITH_WORKER, locale=language)
    page.context.add_init_script(clock.of_pages())
    page.context.add_init_script(HEARD)
    way = Way(page, clock, language, patient, DAY_0)
    join(way, link)
    return way


def join(way: Way, link: str) -> None:
    page = way.page
    page.goto(link)
    page.locator("#born_on").fill("1961-02-03")
    way.is_well()
    page.locator("main form button").click()
    page.locator("[name=version]").wait_for(state="attached")
    way.is_well()
    page.locator("main form button").click()
    page.wait_for_url("**/home-screen/")
    way.is_well()
    page.locator("main a.button").click()
    page.wait_for_url("**/diary/")
    way.is_well()
    assert page.evaluate("inTouch") == "in touch"


in_each_language = pytest.mark.parametrize("way", ["en", "es", "ar"], indirect=True)


@in_each_language
def test_from_the_booking_to_lasting_relief(way: Way, our: ClinicCast, errors):
    the_week_before(way)
    the_day_itself(way, our)
    the_first_days(way)
    the_weeks_after(way)
    the_months_after(way)
    the_clinics_page(way, our)
    assert [one for one in errors if NO_NETWORK not in one] == []


def the_week_before(way: Way) -> None:
    """A baseline of 7, and a plan that is ticked off without a network."""
    way.log(-7, 7)
    way.is_asked(Form.PEG)
    way.peg(-7, 8, 7, 6)
    way.is_accessible()
    tick(way, "driver")
    way.lose_network()
    tick(way, "medicines")
    tick(way, "had_reaction false")
    assert set(ticked(way)) == {"driver"}
    way.find_network()
    assert ticked(way) == {
        "driver": {"done": True},
        "medicines": {"done": True},
        "had_reaction": {"yes": False},
    }

    way.send({-6: 7, -5: 8, -4: 7, -3: 6, -2: 7})
    way.at(-1).log(-1, 7)
    way.is_asked()
    course = way.open("/course/")
    expect(course.locator("[data-slot=over]")).to_have_text(way.word("days-to-go", count=1))
    expect(course.locator("[data-slot=so-far]")).to_have_text(way.word("so-far", score="7.0", count=7))


def tick(way: Way, name: str) -> None:
    button = way.open("/plan/").locator(f'[data-id="{name}"]')
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def ticked(way: Way) -> dict[str, object]:
    """What the clinic knows of the plan."""
    at_rest()
    of_plan = Response.objects.filter(patient=way.patient, form__in=(Form.PREPARATION, Form.QUESTION))
    return dict(of_plan.values_list("part", "said"))


def the_day_itself(way: Way, our: ClinicCast) -> None:
    """Pain right now before it, half an hour and four hours after, and the evening at home."""
    way.at(0, time(8)).right_now(7)
    injection = Injection.objects.get(patient=way.patient)
    record = injection_record(injected_on=DAY_0)
    way.at(0, time(9, 20))
    injections.change(by=our.clinician, injection=injection, record=record, agents=[], now=way.now)
    way.open("/diary/")
    way.was_at("09:00")
    way.at(0, time(9, 32)).right_now(2)
    way.at(0, time(13, 5)).lose_network()
    way.right_now(3)
    way.at(0).find_network()

    way.log(0, 4, 3)
    way.is_asked(Form.CHECK)
    way.check(0)
    plan = way.open("/plan/")
    expect(plan.locator("[data-slot=plan-title]")).to_have_text(way.word("plan-day-0"))
    expect(plan.locator("[data-slot=plan-first] h2")).to_have_text(way.word("plan-today"))
    expect(plan.locator("[data-slot=plan-first] li")).not_to_have_count(0)
    too_early = way.message(MessageKey.NOT_ENOUGH_SCORES)
    way.is_at(0, PhaseKey.NUMBING, PhaseKey.SORE_SPOT, message=too_early)
    way.is_accessible()


def the_first_days(way: Way) -> None:
    """Days 1 and 2 without a network; the sore spot is asked about until it was no more on two days."""
    early = way.message(MessageKey.STILL_EARLY)
    way.at(1).log(1, 7, 2)
    way.check(1, rescue=True)
    way.is_at(1, PhaseKey.SORE_SPOT, message=early)
    way.at(2).lose_network()
    expect(way.open("/plan/").locator("[data-slot=plan-title]")).to_have_text(way.word("plan-day", day=2))
    way.log(2, 6, 1)
    way.check(2, rescue=False)
    way.at(3).log(3, 4, 0)
    way.is_asked(Form.CHECK)
    way.find_network()
    way.check(3, rescue=False)
    way.is_at(3, PhaseKey.ONSET, message=early)
    way.send({4: 4, 5: 3}, {4: 0, 5: 0}, checks=True)
    way.at(6).log(6, 3)
    way.send(dict.fromkeys(range(7, 14), 2), checks=True)


def the_weeks_after(way: Way) -> None:
    """No question about pain relievers from day 15 on, none about danger from day 29 on."""
    way.at(14).log(14, 2)
    way.is_asked(Form.CHECK, Form.PGIC, Form.PEG)
    way.check(14, rescue=False)
    way.pgic(14, 2)
    way.peg(14, 2, 2, 2)
    lasts(way, 14, PhaseKey.FULL_EFFECT)
    way.send(dict.fromkeys(range(15, 28), 2), checks=True)
    way.at(28).log(28, 2)
    way.is_asked(Form.CHECK, Form.PGIC, Form.PEG)
    way.check(28)
    way.pgic(28, 1)
    way.is_enough(Rhythm.DAILY)
    way.is_asked(Form.PEG)
    way.at(30).log(30, 2)
    way.peg(30, 1, 2, 1)
    way.is_enough(Rhythm.TWICE_A_WEEK)
    way.is_asked()
    lasts(way, 30, PhaseKey.LASTING)


def the_months_after(way: Way) -> None:
    """Tuesdays and Fridays are enough, but for the week after a jump; one worse day is no end of relief."""
    way.send(dict.fromkeys([34, 37, 41, 44], 2) | {48: 4})
    way.at(49).is_enough(Rhythm.DAILY)
    way.send(dict.fromkeys([51, 55, 58], 2))
    way.at(60).log(60, 2)
    way.is_asked(Form.PEG)
    way.peg(60, 1, 1, 2)
    way.is_enough(Rhythm.TWICE_A_WEEK)
    lasts(way, 60, PhaseKey.LASTING)
    way.send(dict.fromkeys([62, 65, 69, 72, 76, 79, 83, 86], 2))
    way.at(90).log(90, 2)
    way.is_asked(Form.PGIC, Form.PEG)
    way.pgic(90, 1)
    way.peg(90, 1, 1, 1)
    lasts(way, 90, PhaseKey.LASTING)
    way.send({93: 2, 97: 2})
    way.at(100).log(100, 2)
    way.is_asked()
    lasts(way, 100, PhaseKey.LASTING)
    way.is_accessible()
    way.at(101).is_enough(Rhythm.MONTHLY)


def lasts(way: Way, day: int, phase: PhaseKey) -> None:
    """Five points lower than before, and half of it or less since day 5."""
    lower = way.message(MessageKey.POINTS_LOWER, points="5.0")
    relief = way.relief(ReliefKey.GOES_ON, first=5, days=day - 4)
    way.is_at(day, phase, message=lower, relief=relief)


CONFIRMED = {
    "label": "responder",
    "baseline": 7.0,
    "baseline_quality": "good",
    "baseline_n": 7,
    "onset_after_day": 2,
    "onset_day": 3,
    "day14_mean": 2.0,
    "day14_n": 5,
    "percent_relief": 71.4286,
    "confidence": "firm",
    "immediate": "yes",
    "soreness": "as_expected",
    "first_sustained_50": 5,
    "last_documented_50": 100,
    "relief_days": 96,
    "durability_state": "ongoing",
    "payer_3month": "met",
}


def the_clinics_page(way: Way, our: ClinicCast) -> None:
    found = Assessment.objects.get(patient=way.patient)
    assert {name: found.result[name] for name in CONFIRMED} == CONFIRMED
    assert (found.attention, found.attention_reasons) == (0, [])
    record = said(desk_of(our.clinician.user.email), "clinic:patient", way.patient.public_id)
    for figure in (
        "5.0 points, 71.4 %",
        "96 days, ongoing day 5 to day 100",
        "3-month test Met",
        "As of day 100",
    ):
        assert figure in record
    assert "day 90 25 Aug 2026 1.0 " in record and "important 1: Very much improved" in record
    assert "day −7 20 May 2026 7.0" in record


def said(desk: Client, page: str, *args: object) -> str:
    """The words of one of the clinic's pages, in a row."""
    html = desk.get(reverse(page, args=args)).text
    return " ".join(re.sub("<[^>]+>", " ", html[html.index("<main") :]).split())


# --- A course that goes wrong ------------------------------------------------------------------------


@pytest.fixture
def bad_way(opened, our: ClinicCast, clock: Clock, live_server) -> Way:
    """The injection is today; pain was 8 in the week before."""
    record = injection_record(injected_on=TODAY)
    injections.change(
        by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW, move_anyway=True
    )
    our.injection.refresh_from_db()
    our.log(dict.fromkeys(range(-7, 0), 8))
    page = opened("about:blank", SMALLEST, **WITH_WORKER)
    page.context.add_init_script(clock.of_pages())
    page.context.add_init_script(HEARD)
    hold(page.context, keys_for(our.clinician, our.patient), live_server.url)
    return Way(ready(page), clock, "en", our.patient, TODAY)


def test_from_a_sign_of_danger_to_relief_that_is_lost(bad_way: Way, our: ClinicCast, errors):
    a_sign_without_a_network(bad_way, our)
    relief_that_goes(bad_way, our)
    assert [one for one in errors if NO_NETWORK not in one] == []


LOST = {
    "label": "responder",
    "onset_day": 4,
    "first_sustained_50": 5,
    "last_documented_50": 44,
    "relief_days": 40,
    "durability_state": "lost",
    "payer_3month": "not_met",
}


def a_sign_without_a_network(way: Way, our: ClinicCast) -> None:
    """The advice comes at once and stays; the clinic hears of it with the network."""
    way.send({1: 8, 2: 7}, {1: 3, 2: 2}, checks=True)
    way.at(3).open("/diary/")
    way.lose_network()
    way.log(3, 6, 2)
    way.check(3, "bladder", rescue=False)
    for _ in range(2):
        expect(way.page.get_by_role("alert").filter(has_text="Call 911 now")).to_be_visible()
        way.page.reload()
    way.is_at(3, PhaseKey.ONSET, message=way.message(MessageKey.RED_FLAG_ADVICE))
    assert not Alert.objects.exists()
    way.find_network()
    assert Alert.objects.get().response.said["signs"] == ["bladder"]
    desk = desk_of(our.clinician.user.email)
    assert "At once Named a sign of danger: call at once" in said(desk, "clinic:worklist")
    assert "You cannot pass urine" in said(desk, "clinic:patient", way.patient.public_id)
    desk.post(
        reverse("clinic:alerts_handled", args=[way.patient.public_id]), {"up_to": Alert.objects.get().pk}
    )
    assert "Named a sign of danger" not in said(desk, "clinic:worklist")


def relief_that_goes(way: Way, our: ClinicCast) -> None:
    """Half the pain from day 5 to day 44, then as much as before: in words, and on the clinic's list."""
    way.send({4: 5, **dict.fromkeys(range(5, 29), 3)}, {4: 1, 5: 0, 6: 0}, checks=True)
    lower = way.message(MessageKey.POINTS_LOWER, points="5.0")
    so_far = way.relief(ReliefKey.GOES_ON, first=5, days=24)
    way.is_at(28, PhaseKey.LASTING, message=lower, relief=so_far)
    way.send(dict.fromkeys([30, 34, 37, 41, 44], 3))
    way.send({48: 7, 51: 8, 55: 8, 58: 8})
    way.at(60).log(60, 8)
    talk = way.message(MessageKey.TALK_TO_US)
    over = way.relief(ReliefKey.HIGHER_AGAIN, first=5, last=44, days=40)
    way.is_at(60, PhaseKey.LASTING, message=talk, relief=over)
    found = Assessment.objects.get(patient=way.patient)
    assert {name: found.result[name] for name in LOST} == LOST
    desk = desk_of(our.clinician.user.email)
    assert "day 60 Responder Next visit Relief lost, confirmed 8 day 60 0.0 today" in said(
        desk, "clinic:worklist"
    )
    record = said(desk, "clinic:patient", way.patient.public_id)
    assert "40 days, lost day 5 to day 44" in record and "3-month test Not met" in record
