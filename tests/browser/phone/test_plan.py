"""The plan on the phone without a network: ticks, questions, sugar, and today's part by the phone's day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone.phones import flush, keys_for, prepared, ready
from tests.browser.test_modes import faults
from tests.browser.traffic import at_rest
from tests.cast import NOW, TODAY, ClinicCast, injection_record, make_caregiver
from tracker.actions import care, injections
from tracker.content.care import ENGLISH
from tracker.domain.care import CareFigures, CarePlan
from tracker.domain.procedure import Status
from tracker.models import Alert, Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def today_is(our: ClinicCast, day: int, **changes: object) -> None:
    record = injection_record(injected_on=TODAY - timedelta(days=day), **changes)
    injections.change(
        by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW, move_anyway=True
    )
    our.injection.refresh_from_db()


def write(our: ClinicCast, **changes: object) -> None:
    care.write(by=our.clinician, injection=our.injection, plan=CarePlan(**changes), now=NOW)


@pytest.fixture
def before(our: ClinicCast, opened, keys, live_server) -> Page:
    """Two days before the injection, without a network."""
    today_is(our, -2, status=Status.SCHEDULED)
    write(our)
    page = ready(prepared(opened, live_server.url, keys))
    page.context.set_offline(True)
    page.goto("/plan/")
    return page


@pytest.fixture
def diabetic(our: ClinicCast, opened, keys, live_server) -> Page:
    """A day after the injection."""
    today_is(our, 1)
    write(our, is_diabetic=True, figures=CareFigures(sugar_limit=250))
    page = ready(prepared(opened, live_server.url, keys))
    page.context.set_offline(True)
    page.goto("/plan/")
    return page


def sent(page: Page) -> list[tuple[str, str, object]]:
    page.context.set_offline(False)
    assert flush(page) == "in touch"
    at_rest()
    return list(Response.objects.order_by("id").values_list("form", "part", "said"))


def box(page: Page, title: str) -> object:
    return (
        page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=title)).get_by_role("button")
    )


def test_a_tick_stands_at_once_after_a_reload_and_once_it_was_sent(before):
    expect(before.get_by_role("heading", name="Your injection is on Friday 22 May")).to_be_visible()
    driver = box(before, "Somebody to drive you home")
    driver.click()
    expect(driver).to_have_attribute("aria-pressed", "true")
    expect(driver).to_be_focused()
    before.reload()
    expect(driver).to_have_attribute("aria-pressed", "true")
    assert sent(before) == [("preparation", "driver", {"done": True})]
    before.reload()
    expect(driver).to_have_attribute("aria-pressed", "true")
    driver.click()
    expect(driver).to_have_attribute("aria-pressed", "false")
    assert sent(before)[1:] == [("preparation", "driver", {"done": False})]


def test_a_yes_says_to_call_at_once_and_a_no_takes_it_back(before):
    fever = before.get_by_role("group", name=ENGLISH.questions["has_infection"])
    advice = before.get_by_role("alert").filter(has_text="Call us before you come")
    expect(advice).to_be_hidden()
    fever.get_by_role("button", name="Yes").click()
    expect(advice).to_be_visible()
    expect(advice.get_by_role("link")).to_have_attribute("href", "tel:5550100")
    fever.get_by_role("button", name="No").click()
    expect(advice).to_be_hidden()
    assert sent(before) == [
        ("question", "has_infection", {"yes": True}),
        ("question", "has_infection", {"yes": False}),
    ]


def test_what_is_today_is_counted_on_the_phone(diabetic):
    expect(diabetic.get_by_role("heading", name="Day 1 after your injection")).to_be_visible()
    today = diabetic.locator('[data-slot="plan-first"]')
    expect(today.get_by_role("heading", name=ENGLISH.steps["bandage"].title)).to_be_visible()
    expect(today.get_by_role("heading", name=ENGLISH.steps["lifting"].title)).to_have_count(0)
    diabetic.get_by_text("All days after it").click()
    folded = diabetic.locator('[data-slot="plan-folded"]')
    expect(folded.get_by_role("heading", name=ENGLISH.steps["lifting"].title)).to_be_visible()


def test_sugar_above_the_limit_brings_the_advice_without_a_network(diabetic):
    meter = diabetic.get_by_label("Your meter says")
    advice = diabetic.get_by_role("heading", name="Call your clinic today").first
    meter.fill("12")
    diabetic.get_by_role("button", name="Save").click()
    expect(diabetic.get_by_text("Write the number on your meter")).to_be_visible()
    meter.fill("180")
    diabetic.get_by_role("button", name="Save").click()
    expect(diabetic.get_by_role("row", name="Wednesday 20 May, in the morning")).to_contain_text("180")
    expect(advice).to_be_hidden()
    meter.fill("251")
    expect(diabetic.get_by_text("Is an older value missing? Tell your clinic.")).to_be_visible()
    diabetic.get_by_label("Time of day").select_option("at noon")
    diabetic.get_by_label("When", exact=True).select_option("yesterday")
    diabetic.get_by_role("button", name="Save").click()
    expect(advice).to_be_visible()
    expect(diabetic.get_by_role("row", name="Tuesday 19 May, at noon")).to_contain_text("above your limit")
    assert not Alert.objects.exists()
    assert len(sent(diabetic)) == 2
    assert Alert.objects.get().response.said == {"mg_dl": 251}


def test_a_plan_without_room_on_the_phone_says_so(before):
    before.evaluate("""() => { IDBObjectStore.prototype.put = () => {
        throw new DOMException("", "QuotaExceededError"); }; }""")
    box(before, "Somebody to drive you home").click()
    expect(before.get_by_role("alert").filter(has_text="no room")).to_be_visible()
    expect(box(before, "Somebody to drive you home")).to_have_attribute("aria-pressed", "false")


def test_a_helper_who_may_only_read_has_nothing_to_tick(our, opened, live_server):
    helper = make_caregiver(our.patient, may_log=False)
    today_is(our, -2, status=Status.SCHEDULED)
    keys = keys_for(our.clinician, our.patient, caregiver=helper)
    page = prepared(opened, live_server.url, keys)
    page.goto("/course/")
    page.evaluate("inTouch")
    page.goto("/plan/")
    expect(page.get_by_role("heading", name="Somebody to drive you home")).to_be_visible()
    expect(page.locator("[data-view=plan] button:visible")).to_have_count(0)


@pytest.mark.parametrize("stage", ["before", "diabetic"])
def test_the_plan_is_whole_in_every_mode(request, stage):
    page = request.getfixturevalue(stage)
    page.locator("[data-view=plan] summary").first.click()
    assert faults(page) == {}
