"""The secret of an invitation link stays behind its "#": no address that the server sees holds it."""

from __future__ import annotations

import pytest
from django.core.signals import request_started
from playwright.sync_api import expect

from tests.cast import NOW, ClinicCast
from tests.chromium import PHONE
from tracker.actions import invitations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADERS = ("PATH_INFO", "QUERY_STRING", "HTTP_REFERER", "HTTP_COOKIE")


@pytest.fixture
def heard():
    """What reaches the server besides the bodies of forms: all that an access log could keep."""
    said: list[str] = []

    def hear(environ: dict[str, str], **_: object) -> None:
        said.append(" ".join(str(environ.get(name, "")) for name in HEADERS))

    request_started.connect(hear)
    yield said
    request_started.disconnect(hear)


def test_the_server_hears_a_links_secret_in_a_form_only(opened, our: ClinicCast, heard):
    link = invitations.issue(by=our.clinician, patient=our.patient, now=NOW).token
    page = opened(f"/join/#{link}", PHONE)
    page.get_by_label("Your date of birth").fill(str(our.patient.born_on))
    expect(page).to_have_url("/join/")  # and the address bar has lost it
    page.locator("main button").first.click()
    page.wait_for_url(lambda address: "/join/" not in address)
    secret = link.rpartition(".")[2]
    assert any(line.startswith("/join/") for line in heard)
    assert [line for line in heard if secret in line] == []
