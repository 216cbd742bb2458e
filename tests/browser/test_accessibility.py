"""axe on every kind of page, by day and by night: what a machine can find, it finds nothing of."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from tests.cast import PASSWORD
from tests.chromium import DESK, PHONE
from tracker.actions import pictures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}}
OPEN_PAGES = ["/", "/join/", "/call/", "/accounts/login/", "/nowhere/"]
PATIENT_PAGES = ["/diary/", "/diary/2026-05-19/", "/diary/history/", "/course/", "/leave/"]
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


def violations(page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


@SCHEMES
@pytest.mark.parametrize("path", OPEN_PAGES)
def test_an_open_page_has_no_violation(opened, our, path, scheme):
    assert violations(opened(path, PHONE, color_scheme=scheme)) == []


@SCHEMES
@pytest.mark.parametrize("path", PATIENT_PAGES)
def test_a_patients_page_has_no_violation(opened, our, live_server, path, scheme):
    our.log({-2: 7, -1: 7, 1: 6, 2: 5, 3: 4, 10: 3}, soreness={0: 3, 1: 1})
    page = opened("/call/", PHONE, color_scheme=scheme)
    page.context.add_cookies(
        [{"name": settings.DEVICE_COOKIE_NAME, "value": our.device_token, "url": live_server.url}]
    )
    page.goto(path)
    assert violations(page) == []


@SCHEMES
def test_the_clinics_pages_have_no_violation(opened, our, scheme):
    our.log({-2: 7, -1: 7, 1: 6, 2: 5, 3: 4, 10: 3}, soreness={0: 3, 1: 1})
    pictures.ask(by=our.clinician, injection=our.injection, now=our.injection.assessment.assessed_at)
    page = opened("/accounts/login/", DESK, color_scheme=scheme)
    page.get_by_label("E-mail").fill(our.clinician.user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/clinic/")
    patient, injection = our.patient.public_id, our.injection.public_id
    for path in (
        "/clinic/",
        "/clinic/?label=responder",
        "/clinic/patients/new/",
        f"/clinic/patients/{patient}/",
        f"/clinic/patients/{patient}/edit/",
        f"/clinic/patients/{patient}/injections/new/",
        f"/clinic/injections/{injection}/edit/",
        f"/clinic/injections/{injection}/baseline/",
        f"/clinic/injections/{injection}/picture/",
    ):
        page.goto(path)
        assert violations(page) == [], path
