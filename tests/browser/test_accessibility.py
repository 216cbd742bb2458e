"""axe on every kind of page, by day and by night: what a machine can find, it finds nothing of."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings

from tests.browser.axe import violations
from tests.browser.desks import sign_in
from tests.cast import NOW, PASSWORD, TODAY, injection_record, make_caregiver
from tests.chromium import DESK, PHONE
from tests.factors import fresh_code
from tracker.actions import injections, invitations, pictures
from tracker.models import Patient

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPEN_PAGES = ["/", "/join/", "/call/", "/accounts/login/", "/nowhere/"]
PATIENT_PAGES = [
    "/diary/",
    "/diary/2026-05-19/",
    "/diary/history/",
    "/course/",
    "/leave/",
    "/home-screen/",
    "/welcome/no/",
]
PATIENT_PAGES += ["/you/", "/you/phones/", "/you/choices/", "/you/consent/"]


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_an_open_page_has_no_violation(opened, our, path):
    assert violations(opened(path, PHONE)) == []


@pytest.mark.parametrize("path", PATIENT_PAGES)
def test_a_patients_page_has_no_violation(opened, our, live_server, path):
    our.log({-2: 7, -1: 7, 1: 6, 2: 5, 3: 4, 10: 3}, soreness={0: 3, 1: 1})
    page = opened("/call/", PHONE)
    page.context.add_cookies(
        [{"name": settings.DEVICE_COOKIE_NAME, "value": our.device_token, "url": live_server.url}]
    )
    page.goto(path)
    assert violations(page) == []


def test_the_clinics_pages_have_no_violation(opened, our):
    our.log({-2: 7, -1: 7, 1: 6, 2: 5, 3: 4, 10: 3}, soreness={0: 3, 1: 1})
    pictures.ask(by=our.clinician, injection=our.injection, now=our.injection.assessment.assessed_at)
    page = opened("/accounts/login/", DESK)
    sign_in(page, our.clinician.user)
    patient, injection = our.patient.public_id, our.injection.public_id
    for path in (
        "/clinic/",
        "/clinic/?label=responder",
        "/clinic/enrol/",
        "/clinic/enrol/waiting/",
        "/clinic/patients/new/",
        f"/clinic/patients/{patient}/consent/",
        f"/clinic/patients/{patient}/",
        f"/clinic/patients/{patient}/edit/",
        f"/clinic/patients/{patient}/injections/new/",
        f"/clinic/injections/{injection}/edit/",
        f"/clinic/injections/{injection}/baseline/",
        f"/clinic/injections/{injection}/history/",
        f"/clinic/injections/{injection}/series/",
        f"/clinic/injections/{injection}/picture/",
    ):
        page.goto(path)
        assert violations(page) == [], path


def test_the_pages_of_what_a_patient_decides_have_no_violation(opened, our, live_server):
    bea, _gone = make_caregiver(our.patient), make_caregiver(our.patient, ended_at=NOW)
    Patient.objects.filter(pk=our.patient.pk).update(email="ada@example.org", email_verified_at=NOW)
    page = opened("/call/", PHONE)
    page.context.add_cookies(
        [{"name": settings.DEVICE_COOKIE_NAME, "value": our.device_token, "url": live_server.url}]
    )
    for path in ("", "helpers/", "helpers/new/", f"helpers/{bea.pk}/end/", "contact/", "contact/change/"):
        page.goto(f"/you/{path}")
        assert violations(page) == [], path
    for path in ("contact/remove/", "looks/?own=1", "stop/", "confirm/"):
        page.goto(f"/you/{path}")
        assert violations(page) == [], path
    page.get_by_role("button", name="Go on").click()
    assert violations(page) == [], "a code that is missing"
    page.goto("/you/helpers/code/")
    assert violations(page) == [], "whose code"
    page.get_by_role("button", name="Make the code").click()
    assert violations(page) == [], "the code"


def test_the_clinics_pages_of_what_a_patient_decides_have_no_violation(opened, our):
    bea = make_caregiver(our.patient)
    page = opened("/accounts/login/", DESK)
    sign_in(page, our.clinician.user)
    for path in ("", "new/", f"{bea.pk}/end/"):
        page.goto(f"/clinic/patients/{our.patient.public_id}/caregivers/{path}")
        assert violations(page) == [], path
    for path in ("address/", "withdraw/", "code/"):
        page.goto(f"/clinic/patients/{our.patient.public_id}/{path}")
        assert violations(page) == [], path
    page.get_by_role("button", name="I know who it is").click()
    assert violations(page) == [], "the code"


def test_the_pages_of_an_account_have_no_violation(opened, our):
    page = opened("/accounts/login/?ended=idle&unsent=1", PHONE)
    assert violations(page) == []
    page.get_by_label("E-mail").fill(our.clinician.user.email)
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert violations(page) == [], "a refusal"
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert violations(page) == [], "the second step"
    page.get_by_label("Code").fill(fresh_code(our.clinician.user))
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/clinic/")
    app = Authenticator.objects.get(user=our.clinician.user)
    for path in ("", "second-factor/app/", "second-factor/passkey/", f"second-factor/{app.pk}/remove/"):
        page.goto(f"/accounts/{path}")
        assert violations(page) == [], path
    for path in ("codes/", "password/", "confirm/?unsent=1", "confirm/code/", "logout/"):
        page.goto(f"/accounts/{path}")
        assert violations(page) == [], path
    page.goto("/accounts/codes/")
    page.get_by_role("button", name="Make ten new codes").click()
    assert violations(page) == [], "recovery codes"
    Authenticator.objects.all().delete()
    page.goto("/clinic/")
    assert violations(page) == [], "setting up a second step"


def test_the_pages_between_a_code_and_the_diary_have_no_violation(opened, our):
    Patient.objects.update(consent_version="")
    injections.change(
        by=our.clinician,
        injection=our.injection,
        record=injection_record(injected_on=TODAY),
        agents=[],
        now=NOW,
    )
    link = invitations.issue(by=our.clinician, patient=our.patient, now=NOW).token
    page = opened(f"/join/#{link}", PHONE)
    page.get_by_label("Your date of birth").fill("1971-01-01")
    page.get_by_role("button", name="Yes, go on").click()
    assert violations(page) == []
    page.get_by_label("Your date of birth").fill(str(our.patient.born_on))
    page.get_by_role("button", name="Yes, go on").click()
    page.wait_for_url("**/welcome/")
    assert violations(page) == []
    page.get_by_role("button", name="Yes, start my diary").click()
    page.wait_for_url("**/welcome/score/")
    assert violations(page) == []
    page.goto("/you/phones/")
    page.get_by_role("button", name="Show a code").click()
    assert violations(page) == []
