"""The plan: what stands first on which day, ticks, questions that lead to a call, and the sugar log."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import NOW, TODAY, injection_record, make_caregiver, make_device
from tests.statements import EVERY_REQUEST
from tracker.actions import care, injections
from tracker.content.care import ENGLISH
from tracker.domain.care import CareFigures, CarePlan
from tracker.domain.procedure import Status
from tracker.models import Response

PLAN = reverse("patient:plan")


def move(our, *, day, **changes):
    """Let today be that study day."""
    record = injection_record(injected_on=TODAY - timedelta(days=day), **changes)
    injections.change(
        by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW, move_anyway=True
    )


def planned(our, *, day=-5, **changes):
    move(our, day=day, status=Status.SCHEDULED)
    our.injection.refresh_from_db()
    care.write(by=our.clinician, injection=our.injection, plan=CarePlan(**changes), now=NOW)


def form_of(html: str, *, name: str, value: str) -> dict[str, str]:
    """The hidden fields of the form in which a field has this value."""
    (form,) = [
        one
        for one in re.findall(r"<form.*?</form>", html, re.DOTALL)
        if f'name="{name}" value="{value}"' in one
    ]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def tick(phone: Client, step: str, done: str = "1"):
    return phone.post(PLAN, form_of(phone.get(PLAN).text, name="step", value=step) | {"done": done})


def answer(phone: Client, question: str, yes: str):
    return phone.post(PLAN, form_of(phone.get(PLAN).text, name="question", value=question) | {"yes": yes})


def headings(html: str) -> list[str]:
    found = re.findall(r"<(?:h2|summary)[^>]*>(.*?)</", html, re.DOTALL)
    return [" ".join(one.split()) for one in found]


def test_before_it_the_steps_stand_first_with_boxes_to_tick(our, phone):
    planned(our)
    html = phone.get(PLAN).text
    assert "Your injection is on Monday 25 May" in html and "5 days to go" in html
    assert headings(html) == [
        ENGLISH.parts["before"],
        "Before you come",
        ENGLISH.parts["day"],
        ENGLISH.parts["about"],
        ENGLISH.parts["after"],
    ]
    assert html.count('name="step"') == 3 and html.count('aria-pressed="true">') == 0


def test_a_tick_is_kept_and_ticking_again_takes_it_back(our, phone):
    planned(our)
    assert tick(phone, "driver").url == PLAN
    assert phone.get(PLAN).text.count('aria-pressed="true">') == 1
    tick(phone, "driver", "0")
    assert phone.get(PLAN).text.count('aria-pressed="true">') == 0
    assert [row.said for row in Response.objects.order_by("pk")] == [{"done": True}, {"done": False}]


def test_a_double_tap_is_one_tick(our, phone):
    planned(our)
    sent = form_of(phone.get(PLAN).text, name="step", value="driver") | {"done": "1"}
    phone.post(PLAN, sent)
    phone.post(PLAN, sent)
    assert Response.objects.count() == 1


def test_a_yes_leads_to_a_call_until_it_is_a_no(our, phone):
    planned(our)
    answer(phone, "is_pregnant", "1")
    html = phone.get(PLAN).text
    assert ENGLISH.call in html and html.index(ENGLISH.call) < html.index("<h2")
    answer(phone, "is_pregnant", "0")
    assert ENGLISH.call not in phone.get(PLAN).text


def test_yes_after_back_is_another_answer(our, phone):
    planned(our)
    sent = form_of(phone.get(PLAN).text, name="question", value="is_pregnant")
    phone.post(PLAN, sent | {"yes": "0"})
    phone.post(PLAN, sent | {"yes": "1"})
    assert ENGLISH.call in phone.get(PLAN).text


def test_when_all_was_answered_with_no_the_page_says_so(our, phone):
    planned(our, thinner_plan="as agreed", prescriber_agreed=True, is_diabetic=True)
    for question in ("is_pregnant", "had_reaction"):
        answer(phone, question, "0")
    assert ENGLISH.all_no in phone.get(PLAN).text
    with time_machine.travel(NOW + timedelta(days=2), tick=False):  # day -3: infections are asked about
        assert ENGLISH.all_no not in phone.get(PLAN).text


@pytest.mark.parametrize(
    "sent",
    [
        {"step": "no_such_step", "done": "1"},
        {"step": "baseline", "done": "1"},
        {"step": "driver", "done": "perhaps"},
        {"step": "driver", "done": "1", "client_id": "x"},
        {"question": "has_infection", "yes": "1"},  # five days before nobody asks for it
        {"mg_dl": "180", "time": "morning", "on": str(TODAY)},  # nor for sugar
        {},
    ],
)
def test_what_the_plan_does_not_ask_is_not_taken(our, phone, sent):
    planned(our)
    known = {"client_id": "66666666-2222-4333-8444-555555555555"}
    assert phone.post(PLAN, known | sent).status_code == 422
    assert not Response.objects.exists()


def test_on_the_day_the_day_stands_open_and_after_it_what_holds_today(our, phone):
    planned(our, day=0)
    assert headings(phone.get(PLAN).text)[:3] == [
        ENGLISH.parts["before"],
        "Before you come",
        ENGLISH.parts["day"],
    ]
    move(our, day=0)
    html = phone.get(PLAN).text
    assert headings(html)[:2] == ["Today", ENGLISH.parts["day"]]
    assert 'name="question"' not in html and 'name="step"' not in html


def test_a_day_later_the_list_of_today_is_shorter_than_that_of_all_days(our, phone):
    move(our, day=2)
    html = phone.get(PLAN).text
    assert headings(html) == ["Today", "All days after it"]
    today, everything = html.split("<details>")
    assert ENGLISH.steps["bandage"].title not in today and ENGLISH.steps["bandage"].title in everything
    assert "No bath and no pool for 48 hours" in today
    assert "<small>day 1 to 14</small>" in everything


def test_after_two_weeks_only_the_list_of_all_days_is_left(our, phone):
    move(our, day=20)
    assert headings(phone.get(PLAN).text) == ["All days after it"]


def test_a_clinic_that_has_not_said_that_it_was_done_is_no_reason_to_say_nothing(our, phone):
    planned(our, day=1)
    html = phone.get(PLAN).text
    assert ENGLISH.unconfirmed in html and headings(html)[0] == "Today"


def test_a_date_that_moved_has_no_hour(our, phone):
    planned(our, figures=CareFigures(fasting_hours=6))
    move(our, day=-6, status=Status.SCHEDULED)
    html = phone.get(PLAN).text
    assert ENGLISH.moved in html and "Nothing to eat for 6 hours" in html


def test_without_an_injection_there_is_a_plain_word(our, phone):
    move(our, day=0, status=Status.CANCELLED)
    assert "No plan yet" in phone.get(PLAN).text


@pytest.fixture
def diabetic(our, phone):
    figures = CareFigures(sugar_limit=250)
    care.write(
        by=our.clinician, injection=our.injection, plan=CarePlan(is_diabetic=True, figures=figures), now=NOW
    )
    move(our, day=3)
    return phone


def log(phone: Client, mg_dl: object, *, on=TODAY, time="morning"):
    form = next(
        one for one in re.findall(r"<form.*?</form>", phone.get(PLAN).text, re.DOTALL) if "mg_dl" in one
    )
    client_id = re.search(r'name="client_id" value="([^"]+)"', form)[1]
    return phone.post(PLAN, {"client_id": client_id, "mg_dl": str(mg_dl), "on": str(on), "time": time})


def test_sugar_is_written_down_by_time_of_day(our, diabetic):
    assert log(diabetic, 180).url == PLAN
    log(diabetic, 201, on=TODAY - timedelta(days=1), time="night")
    html = diabetic.get(PLAN).text
    assert html.index("Wed 20 May, in the morning") < html.index("Tue 19 May, at night")
    assert ENGLISH.sugar_high not in html and "above your limit" not in html


def test_whoever_misses_an_older_value_is_told_what_to_do(diabetic):
    assert "Is an older value missing? Tell your clinic." in diabetic.get(PLAN).text


def test_sugar_above_the_clinics_limit_brings_the_advice_at_once(our, diabetic):
    log(diabetic, 251)
    html = diabetic.get(PLAN).text
    assert html.index(ENGLISH.sugar_high) < html.index("<h2")
    assert 'role="alert"' in html and 'href="tel:5550100"' in html
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        assert ENGLISH.sugar_high not in diabetic.get(PLAN).text


@pytest.mark.parametrize("wrong", ["", "much", "19", "1001", "12.5"])
def test_a_value_that_no_meter_shows_is_asked_for_again(our, diabetic, wrong):
    answer = log(diabetic, wrong)
    assert answer.status_code == 422
    assert "Write the number on your meter" in answer.text and "<title>Not saved" in answer.text
    assert not Response.objects.exists()


def test_a_helper_who_may_only_read_has_nothing_to_tick(our, phone):
    planned(our)
    helper = make_caregiver(our.patient, may_log=False)
    _, token = make_device(our.patient, our.clinician, caregiver=helper)
    theirs = Client()
    theirs.cookies[settings.DEVICE_COOKIE_NAME] = token
    html = theirs.get(PLAN).text
    assert ENGLISH.parts["before"] in html and "<form" not in html
    sent = form_of(phone.get(PLAN).text, name="step", value="driver") | {"done": "1"}
    assert theirs.post(PLAN, sent).status_code == 403


def test_the_page_takes_few_statements(our, phone, django_assert_num_queries):
    planned(our, is_diabetic=True)
    phone.get(PLAN)
    with django_assert_num_queries(3 + EVERY_REQUEST):  # the device, the plan, the answers
        phone.get(PLAN)
