"""Whom to call, on the page that the phone fills by itself: the clinic's own numbers, without a network."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone.phones import flush, prepared, ready
from tests.browser.traffic import at_rest
from tests.cast import NOW, TODAY
from tracker.actions import clinic_texts
from tracker.domain.roles import Role
from tracker.models import Response

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def abroad(our, opened, keys, live_server) -> Page:
    """A clinic where people call 112, with somebody on call."""
    clinic = our.clinic
    clinic.emergency_number, clinic.on_call_phone, clinic.on_call_hours = "112", "+49 555 0177", "at night"
    clinic.save()
    page = ready(prepared(opened, live_server.url, keys))
    page.context.set_offline(True)
    return page


def test_the_emergency_number_is_that_of_the_clinics_country(abroad):
    abroad.goto("/call/")
    expect(abroad.get_by_role("heading", name="Call 112 now")).to_be_visible()
    expect(abroad.get_by_role("link", name="Call 112", exact=True)).to_have_attribute("href", "tel:112")
    expect(abroad.get_by_text("911")).to_have_count(0)


def test_whoever_is_on_call_can_be_called(abroad):
    abroad.goto("/call/")
    expect(abroad.get_by_text("Somebody answers: at night")).to_be_visible()
    expect(abroad.get_by_role("link", name="Call +49 555 0177")).to_have_attribute("href", "tel:+495550177")


def test_where_nobody_is_on_call_no_number_is_shown(phone):
    phone.context.set_offline(True)
    phone.goto("/call/")
    expect(phone.get_by_role("heading", name="Call 911 now")).to_be_visible()
    expect(phone.get_by_role("heading", name="When your clinic is closed")).to_be_hidden()


@pytest.fixture
def worded(our, opened, keys, live_server) -> Page:
    """A clinic that words signs of danger itself, and has added one."""
    own = {
        "emergency.signs.0": "An arm that is new and weak",
        "emergency.signs.6": "A <i>cold</i> hand",
        "today.signs.0": "You are hot",
    }
    for name, text in own.items():
        clinic_texts.write(
            by=our.staff[Role.ADMINISTRATOR], language="en", name=f"calling.{name}", text=text, now=NOW
        )
    page = ready(prepared(opened, live_server.url, keys))
    page.context.set_offline(True)
    return page


def test_signs_stand_as_the_clinic_words_them(worded):
    worded.goto("/call/")
    expect(worded.get_by_text("An arm that is new and weak")).to_be_visible()
    expect(worded.get_by_text("A <i>cold</i> hand")).to_be_visible()
    expect(worded.get_by_role("heading", name="Call 911 now")).to_be_visible()


def test_the_check_names_them_in_the_same_words_and_keeps_which_were_shown(worded, our):
    worded.goto(f"/diary/{TODAY}/check/")
    expect(worded.get_by_label("An arm that is new and weak")).to_be_visible()
    expect(worded.get_by_text("A <i>cold</i> hand")).to_be_hidden()
    worded.get_by_label("You are hot").check()
    worded.get_by_role("button", name="Save what I ticked").click()
    expect(worded.get_by_role("listitem").filter(has_text="You are hot").first).to_be_visible()
    worded.context.set_offline(False)
    assert flush(worded) == "in touch"
    at_rest()
    our.clinic.refresh_from_db()
    (said,) = Response.objects.values_list("said", flat=True)
    assert said["signs"] == ["fever"]
    assert said["words"].endswith(our.clinic.texts_version.hex[:8])
