"""A passkey from end to end: made, used alone, after the password, to confirm. Chromium plays the key."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import Page, expect

from tests.browser.desks import sign_in
from tests.cast import PASSWORD, ClinicCast
from tests.chromium import DESK, PHONE
from tracker.models import AuditEvent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def localhost(live_server: Any) -> str:
    """Passkeys belong to a name, and an address in numbers is none."""
    return live_server.url.replace("127.0.0.1", "localhost")


def plug_in(page: Page, *, knows_holder: bool = True) -> Any:
    """A key built into the computer that asks for a finger; without `knows_holder` it is a wrong one."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": knows_holder,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return devtools


def make_passkey(page: Page, name: str = "Front desk") -> None:
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Make the passkey").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def test_a_passkey_is_made_signs_in_alone_and_confirms(opened, localhost, our: ClinicCast, errors):
    page = opened(f"{localhost}/accounts/", DESK)
    plug_in(page)
    sign_in_here(page, our)
    make_passkey(page)
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    page.get_by_role("link", name="I have kept them").click()

    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/clinic/")
    expect(page.get_by_role("heading", name="Worklist")).to_be_visible()
    event = AuditEvent.objects.filter(action="sign_in.done").latest("id")
    assert event.detail == {"factor": "webauthn"}

    page.goto(f"{localhost}/accounts/confirm/passkey/?next=/accounts/codes/")
    page.get_by_role("button", name="Use my passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert errors == []


def sign_in_here(page: Page, our: ClinicCast) -> None:
    sign_in(page, our.clinician.user, to="**/accounts/")


def test_a_passkey_is_a_second_step_on_a_small_phone(opened, localhost, our: ClinicCast, errors):
    page = opened(f"{localhost}/accounts/", PHONE)
    plug_in(page)
    sign_in_here(page, our)
    make_passkey(page)
    page.get_by_role("link", name="I have kept them").click()
    sign_out(page)
    page.get_by_label("E-mail").fill(our.clinician.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Use my passkey").click()
    page.wait_for_url("**/clinic/")
    assert errors == []


def test_where_one_came_from_is_remembered(opened, localhost, our: ClinicCast):
    page = opened(f"{localhost}/accounts/", DESK)
    plug_in(page)
    sign_in_here(page, our)
    make_passkey(page)
    page.get_by_role("link", name="I have kept them").click()
    sign_out(page)
    page.goto(f"{localhost}/clinic/patients/new/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/clinic/patients/new/")


def test_a_key_that_does_not_know_its_holder_makes_no_passkey(opened, localhost, our: ClinicCast):
    page = opened(f"{localhost}/accounts/", DESK)
    plug_in(page, knows_holder=False)
    sign_in_here(page, our)
    make_passkey(page)
    expect(
        page.get_by_text("No passkey was made. Try again, or set up an authenticator app.")
    ).to_be_visible()
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_a_key_without_a_passkey_says_what_else_there_is(opened, localhost, our: ClinicCast):
    page = opened(f"{localhost}/accounts/login/", PHONE)
    plug_in(page, knows_holder=False)
    page.get_by_role("button", name="Sign in with a passkey").click()
    said = "Nothing was confirmed. Try again, or sign in with your password."
    expect(page.get_by_text(said)).to_be_visible()


def test_without_a_script_the_password_still_leads_in(opened, our: ClinicCast):
    page = opened("/accounts/login/", DESK, java_script_enabled=False)
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_disabled()
    expect(
        page.get_by_text("This browser cannot use passkeys here: sign in with your password.")
    ).to_be_visible()
    sign_in(page, our.clinician.user)
    expect(page.get_by_role("heading", name="Worklist")).to_be_visible()
