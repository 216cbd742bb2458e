"""Whose phone it is: sessions that end, people who take turns, and those who leave."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.phone.phones import (
    diaries,
    hold,
    keys_for,
    log,
    ready,
    settled,
    states,
    stored,
    tab,
)
from tests.browser.traffic import at_rest
from tests.cast import NOW, make_patient
from tracker.actions import devices, invitations
from tracker.models import Device, DiaryEntry, Patient

OUTSIDE = re.compile("This phone was signed out|Enter your code")
"""Which one, is a matter of which of two tabs heard first."""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def expire() -> None:
    """Every session is over; the keys of the outboxes are not."""
    at_rest()
    Device.objects.update(expires_at=NOW - timedelta(days=1))


def join(page: Page, by: object, patient: Patient) -> None:
    """By code and date of birth, as a person does."""
    at_rest()
    code = invitations.issue(by=by, patient=patient, now=NOW).code
    page.goto("/join/")
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Your date of birth").fill(str(patient.born_on))
    page.get_by_role("button", name="Yes, go on").click()
    page.wait_for_url("**/diary/")


def caches(page: Page) -> list[str]:
    return page.evaluate("caches.keys()")


@pytest.mark.row(7)
def test_a_phone_whose_session_is_gone_keeps_what_it_logs_until_somebody_signs_in(phone, our, live_server):
    phone.context.clear_cookies()
    log(phone, 7)
    expect(phone.get_by_text("This phone is signed out. Not sent yet: 1.")).to_be_visible()
    expect(phone.get_by_role("link", name="I have a code")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 7, soreness 2.")).to_be_visible()
    assert (states(phone), stored()) == (["waiting"], [])
    hold(phone.context, keys_for(our.clinician, our.patient), live_server.url)
    settled(phone)
    assert (states(phone), stored()) == (["sent"], [7])
    expect(phone.get_by_text("This phone is signed out")).to_be_hidden()


@pytest.mark.row(8)
def test_after_the_session_is_over_the_key_of_the_outbox_still_sends_and_reads_nothing(phone):
    expire()
    log(phone, 7)
    expect(phone.get_by_text("What you log is still sent")).to_be_visible()
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    assert (states(phone), stored()) == (["sent"], [7])
    read = phone.evaluate("fetch('/api/v1/mine/').then((answer) => answer.status)")
    assert read == 401
    phone.goto("/diary/history/")
    expect(phone.get_by_role("listitem").filter(has_text="pain 7")).to_be_visible()


@pytest.mark.row(9)
def test_a_phone_that_the_clinic_ended_is_wiped_at_its_next_contact(phone, our):
    our.log({1: 6})
    other = tab(phone)
    at_rest()
    devices.end(by=our.clinician, device=Device.objects.latest("id"), now=NOW)
    phone.evaluate("onset.sending.flush().catch(() => {}), undefined")
    for page in (phone, other):
        expect(page.get_by_role("heading", level=1)).to_have_text(OUTSIDE)
        expect(page.get_by_text("pain")).to_have_count(0)
    assert diaries(phone) == []
    assert caches(phone) == []


@pytest.mark.row(11)
def test_when_another_person_joins_the_first_ones_entries_stay_unseen_and_go_when_they_return(phone, our):
    first, second = our.patient, make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    phone.context.route("**/api/**", lambda route: route.abort())
    log(phone, 7)
    expect(phone.get_by_text("1 entry is on this phone and not sent yet")).to_be_visible()
    join(phone, our.clinician, second)
    expect(phone.locator("[data-view]")).to_have_count(0)  # the server's page, as the phone knows nobody yet
    expect(phone.get_by_text("pain 7")).to_have_count(0)
    phone.context.unroute("**/api/**")
    ready(phone)
    expect(phone.locator("#pain")).to_be_visible()
    for path in ("/diary/", "/diary/history/", "/course/"):
        settled(phone, path)
        expect(phone.get_by_text("pain 7")).to_have_count(0)
        expect(phone.get_by_role("cell", name="7", exact=True)).to_have_count(0)
    assert states(phone, first.public_id) == ["waiting"]
    settled(phone)
    log(phone, 3, None)
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    at_rest()
    assert list(DiaryEntry.objects.values_list("patient", "pain")) == [(second.pk, 3)]
    join(phone, our.clinician, first)
    ready(phone)
    assert states(phone) == ["sent"]
    at_rest()
    assert (first.pk, 7) in DiaryEntry.objects.values_list("patient", "pain")
    assert DiaryEntry.objects.count() == 2


@pytest.mark.row(12)
def test_signing_out_wipes_the_phone_and_blanks_the_other_tab(phone, our):
    log(phone, 7)
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    other = tab(phone)
    expect(other.get_by_text("pain 7")).to_be_visible()
    phone.goto("/leave/")
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("This phone is signed out")
    expect(other.get_by_role("heading", level=1)).to_have_text(OUTSIDE)
    expect(other.get_by_text("pain 7")).to_have_count(0)
    assert diaries(phone) == []
    assert caches(phone) == []
    at_rest()
    assert Device.objects.latest("id").ended_at is not None
    assert stored() == [7]


@pytest.mark.row(13)
def test_signing_out_without_a_network_warns_of_what_is_not_sent_and_staying_keeps_it(phone):
    phone.context.set_offline(True)
    log(phone, 7)
    expect(phone.get_by_text("Saved for Wednesday 20 May")).to_be_visible()
    phone.goto("/leave/")
    expect(phone.get_by_role("alert")).to_contain_text("1 entry on this phone was not sent yet.")
    phone.get_by_role("link", name="Stay signed in").click()
    expect(phone.get_by_text("Saved for Wednesday 20 May: pain 7, soreness 2.")).to_be_visible()
    assert states(phone) == ["waiting"]
    phone.context.set_offline(False)
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    assert stored() == [7]


@pytest.mark.row(13)
def test_whoever_leaves_all_the_same_is_wiped_at_once_and_the_server_is_told_at_the_next_contact(phone):
    phone.context.set_offline(True)
    log(phone, 7)
    expect(phone.get_by_text("Saved for Wednesday 20 May")).to_be_visible()
    other = tab_offline(phone)
    phone.goto("/leave/")
    phone.get_by_role("button", name="Sign out and lose what was not sent").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("No network")
    expect(other.get_by_role("heading", level=1)).to_have_text("No network")
    assert diaries(phone) == []
    at_rest()
    assert Device.objects.latest("id").ended_at is None
    phone.context.set_offline(False)
    (worker,) = phone.context.service_workers
    assert worker.evaluate("onset.sending.flush()") == "signed out"
    assert diaries(phone) == []
    phone.goto("/diary/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("This phone is signed out")
    at_rest()
    assert Device.objects.latest("id").ended_at is not None
    assert (diaries(phone), stored()) == ([], [])


@pytest.mark.row(13)
def test_whoever_left_without_a_network_and_is_no_longer_known_may_join_again(phone, our):
    phone.context.set_offline(True)
    phone.goto("/leave/")
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("No network")
    phone.context.clear_cookies()
    phone.context.set_offline(False)
    phone.goto("/diary/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Enter your code")
    join(phone, our.clinician, our.patient)
    ready(phone)
    phone.goto("/leave/?plain")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Sign out of this phone?")


def tab_offline(phone: Page) -> Page:
    other = phone.context.new_page()
    other.goto("/diary/")
    expect(other.get_by_text("pain 7")).to_be_visible()
    return other


@pytest.mark.row(11)
def test_a_form_that_one_person_half_filled_in_is_not_the_next_ones(phone, our):
    second = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    phone.locator("#pain input[value='7']").check()
    join(phone, our.clinician, second)
    ready(phone)
    expect(phone.locator("#pain")).to_be_visible()
    expect(phone.locator("#pain input:checked")).to_have_count(0)


@pytest.mark.row(8)
def test_a_mistyped_code_takes_nobodys_diary_away(phone):
    expire()
    phone.goto("/join/")
    phone.get_by_label("Code").fill("ZZZ-0000-AAAA")
    phone.get_by_role("button", name="Go on").click()
    expect(phone.get_by_text("This code does not work")).to_be_visible()
    phone.goto("/diary/")
    log(phone, 7)
    expect(phone.get_by_text("You are signed out. What you log is still sent")).to_be_visible()
    expect(phone.get_by_text("Your clinic has it.")).to_be_visible()
    assert stored() == [7]


@pytest.mark.row(12)
def test_signing_out_after_the_session_is_over_empties_the_phone_all_the_same(phone):
    phone.context.clear_cookies()
    phone.goto("/leave/")
    phone.get_by_role("button", name="Sign out").click()
    expect(phone.get_by_role("heading", name="Enter your code")).to_be_visible()
    assert diaries(phone) == []


def test_a_new_text_to_agree_to_is_asked_for_in_the_app_as_well(phone):
    at_rest()
    Patient.objects.update(consent_version="1999-01")
    phone.reload()
    phone.wait_for_url("**/welcome/")
    phone.get_by_role("button", name="Yes").click()
    phone.wait_for_url("**/diary/")
    phone.reload()
    expect(phone.locator("#pain")).to_be_visible()
    assert phone.evaluate("inTouch") == "in touch"
    expect(phone.locator("[data-view=day]")).to_be_visible()
