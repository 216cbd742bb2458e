"""Whom to call, on the page that the phone fills by itself: the clinic's own numbers, without a network."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone.phones import prepared, ready
from tests.cast import NOW
from tracker.actions import clinic_texts
from tracker.domain.roles import Role

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


def test_signs_stand_as_the_clinic_words_them(our, opened, keys, live_server):
    for name, text in (("signs.0", "An arm that is new and weak"), ("signs.6", "A <i>cold</i> hand")):
        clinic_texts.write(
            by=our.staff[Role.ADMINISTRATOR],
            language="en",
            name=f"calling.emergency.{name}",
            text=text,
            now=NOW,
        )
    page = ready(prepared(opened, live_server.url, keys))
    page.context.set_offline(True)
    page.goto("/call/")
    expect(page.get_by_text("An arm that is new and weak")).to_be_visible()
    expect(page.get_by_text("A <i>cold</i> hand")).to_be_visible()
    expect(page.get_by_role("heading", name="Call 911 now")).to_be_visible()
