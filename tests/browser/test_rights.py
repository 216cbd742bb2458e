"""A copy of the record, and its erasure, in a real browser."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tests.browser.axe import violations
from tests.browser.desks import sign_in
from tests.cast import TODAY
from tests.chromium import DESK, PHONE
from tracker.domain.roles import Role
from tracker.models import Patient

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_patient_saves_the_copy_by_one_tap(opened, our, live_server, errors):
    our.log({1: 6, 2: 5})
    page = opened("/call/", PHONE)
    page.context.add_cookies(
        [{"name": settings.DEVICE_COOKIE_NAME, "value": our.device_token, "url": live_server.url}]
    )
    page.goto("/you/")
    page.get_by_role("link", name="A copy of your record").click()
    assert violations(page) == []
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the copy").click()
    file = saved.value
    assert file.suggested_filename.startswith("record-") and file.suggested_filename.endswith(".zip")
    assert b"Quill" in zipfile.ZipFile(Path(file.path())).read("record.json")
    assert errors == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_an_administrator_keeps_one_record_and_erases_another(opened, our, errors, size):
    Patient.objects.filter(pk=our.patient.pk).update(erase_on=TODAY + timedelta(days=30))
    page = opened("/accounts/login/", size)
    sign_in(page, our.staff[Role.ADMINISTRATOR].user)
    page.get_by_role("link", name="1 record").click()
    assert violations(page) == []
    page.get_by_role("button", name="Keep Ada Quill a year longer").click()
    assert "None within the next 90 days" in page.inner_text("main")
    assert violations(page) == []
    page.goto(f"/clinic/patients/{our.patient.public_id}/")
    page.get_by_role("link", name="Save a copy").click()
    page.wait_for_url("**/export/")
    assert violations(page) == []
    page.go_back()
    page.get_by_role("link", name="Erase it").click()
    page.get_by_role("button", name="Erase for good").click()
    assert "Type the family name" in page.inner_text("main")
    assert violations(page) == []
    page.get_by_label("Why").select_option("entered_in_error")
    page.get_by_label("The family name on the record").fill("Quill")
    page.get_by_role("button", name="Erase for good").click()
    page.wait_for_url("**/clinic/")
    assert "The record is erased" in page.inner_text("main")
    assert not Patient.objects.exists()
    assert errors == [] or all("422" in error for error in errors)
