"""Forms on the phone without a network: the check for signs of danger, PEG-3 and PGIC."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations
from tests.browser.phone.phones import flush, prepared, put, ready
from tests.browser.traffic import at_rest
from tests.cast import NOW, TODAY, ClinicCast, injection_record
from tracker.actions import injections
from tracker.models import Alert, Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHECK = f"/diary/{TODAY}/check/"


def sent(page: Page) -> list[dict]:
    """What the server has once the phone is in touch again."""
    page.context.set_offline(False)
    assert flush(page) == "in touch"
    at_rest()
    return list(Response.objects.order_by("id").values_list("said", flat=True))


def test_none_of_the_signs_is_one_tap_and_sent_once_there_is_a_network(phone):
    phone.context.set_offline(True)
    phone.get_by_role("link", name="A short check").click()
    phone.get_by_role("button", name="None of these").click()
    expect(phone.get_by_role("status").filter(has_text="Saved. Thank you.")).to_be_focused()
    expect(phone.get_by_text("Saved on this phone, not sent yet")).to_be_visible()
    phone.goto("/diary/")
    expect(phone.get_by_role("heading", name="Still to answer")).to_be_hidden()
    assert sent(phone) == [{"signs": [], "words": "2026-11"}]


def test_a_sign_of_danger_says_what_to_do_at_once_and_after_a_reload(phone):
    phone.context.set_offline(True)
    phone.goto(CHECK)
    phone.get_by_label("You cannot pass urine").check()
    phone.get_by_role("button", name="Save what I ticked").click()
    advice = phone.get_by_role("alert").filter(has_text="Call 911 now")
    expect(advice).to_be_visible()
    phone.reload()
    expect(advice).to_be_visible()
    assert not Alert.objects.exists()
    sent(phone)
    assert Alert.objects.get().response.said["signs"] == ["bladder"]


def test_while_a_sign_stands_the_course_says_nothing_cheerful(our, opened, keys, live_server):
    our.log({-3: 8, -2: 8, -1: 8, 2: 1, 3: 1, 4: 1, 8: 1, 9: 1, 10: 1})
    page = ready(prepared(opened, live_server.url, keys))
    page.goto("/course/")
    expect(page.get_by_text("Your scores are lower than before")).to_be_visible()
    page.context.set_offline(True)
    page.goto(CHECK)
    page.get_by_label("Fever of 100.4").check()
    page.get_by_role("button", name="Save what I ticked").click()
    expect(page.get_by_role("heading", name="Call your clinic today").first).to_be_visible()
    page.goto("/course/")
    expect(page.get_by_text("Please read “When to call” now.")).to_be_visible()
    expect(page.locator("[data-slot=message-call]").get_by_role("link")).to_be_visible()
    expect(page.get_by_text("Your scores are lower than before")).to_be_hidden()


def test_a_tick_and_none_of_these_is_asked_about_and_nothing_is_guessed(phone):
    phone.goto(CHECK)
    phone.get_by_role("button", name="Save what I ticked").click()
    problem = phone.get_by_role("alert").filter(has_text="Not saved yet.")
    expect(problem).to_contain_text("choose “None of these”")
    phone.get_by_label("Fever of 100.4").check()
    phone.get_by_role("button", name="None of these").click()
    expect(problem).to_contain_text("You ticked a sign")
    expect(phone.get_by_label("Fever of 100.4")).to_be_checked()
    at_rest()
    assert not Response.objects.exists()


@pytest.fixture
def at_day_14(our: ClinicCast, opened, keys, live_server) -> Page:
    record = injection_record(injected_on=TODAY - timedelta(days=14))
    injections.change(by=our.clinician, injection=our.injection, record=record, agents=[], now=NOW)
    return ready(prepared(opened, live_server.url, keys))


def test_both_questionnaires_of_day_14_are_answered_without_a_network(at_day_14):
    page = at_day_14
    page.context.set_offline(True)
    page.get_by_role("link", name="Three questions about your week").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").filter(has_text="Not saved yet.")).to_be_focused()
    for question, score in (("pain", "5"), ("enjoyment", "4"), ("activity", "3")):
        page.locator(f"form #{question}").get_by_role("radio", name=score, exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. Thank you.")).to_be_visible()
    page.goto("/diary/")
    page.get_by_role("link", name="How much has changed").click()
    page.get_by_label("Much improved", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved. Thank you.")).to_be_visible()
    assert sent(page) == [{"pain": 5, "enjoyment": 4, "activity": 3}, {"change": 2}]


def test_what_is_said_of_a_saved_answer_changes_once_the_clinic_has_it(at_day_14):
    at_day_14.goto(f"/diary/{TODAY}/pgic/")
    at_day_14.get_by_label("Much improved", exact=True).check()
    at_day_14.get_by_role("button", name="Save").click()
    expect(at_day_14.get_by_text("Sent. Your clinic has it.")).to_be_visible()


def test_an_answer_given_again_stands_and_both_are_kept(phone):
    phone.goto(CHECK)
    phone.get_by_role("button", name="None of these").click()
    phone.get_by_role("button", name="Change").click()
    phone.get_by_label("Fever of 100.4").check()
    phone.get_by_role("button", name="Save what I ticked").click()
    expect(phone.get_by_role("heading", name="Call your clinic today").first).to_be_visible()
    assert [one["signs"] for one in sent(phone)] == [[], ["fever"]]


def test_an_answer_that_the_server_refuses_is_named_and_leads_back_to_its_form(phone):
    put(
        phone,
        {
            "client_id": "1b4e28ba-2fa1-41d2-883f-0016d3cca477",
            "form": "check",
            "day": str(TODAY),
            "said": {"signs": ["tired"]},
            "entered_at": "2026-05-20T19:00:00Z",
        },
    )
    flush(phone)
    notice = phone.get_by_text("Any of these today?: not taken")
    expect(notice).to_be_visible()
    phone.get_by_role("link", name="Log it again").click()
    expect(phone.get_by_role("button", name="None of these")).to_be_visible()


def test_a_phone_without_room_says_so_and_keeps_what_was_ticked(phone):
    phone.goto(CHECK)
    phone.get_by_label("Fever of 100.4").check()
    phone.evaluate("""() => { IDBObjectStore.prototype.put = () => {
        throw new DOMException("", "QuotaExceededError"); }; }""")
    phone.get_by_role("button", name="Save what I ticked").click()
    expect(phone.get_by_role("alert").filter(has_text="no room")).to_be_visible()
    expect(phone.get_by_label("Fever of 100.4")).to_be_checked()


def test_the_forms_have_no_violation(at_day_14):
    for path in ("check", "peg", "pgic"):
        at_day_14.goto(f"/diary/{TODAY}/{path}/")
        at_day_14.locator("[data-view=form] form button").first.wait_for()
        assert violations(at_day_14) == [], path
    at_day_14.goto(CHECK)
    at_day_14.get_by_label("You cannot pass urine").check()
    at_day_14.get_by_role("button", name="Save what I ticked").click()
    at_day_14.get_by_role("alert").filter(has_text="Call 911 now").wait_for()
    assert violations(at_day_14) == [], "advice"
