"""Every page under its own policy, in a real browser: nothing is stopped, and nothing that was typed runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from playwright.sync_api import Error, Page

from tests.browser.desks import sign_in
from tests.cast import ClinicCast
from tests.chromium import DESK, PHONE
from tests.contracts.access_table import TABLE
from tests.contracts.world import address, prepare
from tests.scopes import inside
from tracker.models import Caregiver, Clinic, Device, Injection, Patient, User
from tracker.web.headers import UNUSED, USED

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LISTEN = """
window.complaints = [];
document.addEventListener("securitypolicyviolation", (event) =>
  complaints.push([event.effectiveDirective, event.blockedURI, event.sample].join(" ")));
"""


@pytest.fixture
def visited(opened, our: ClinicCast, live_server, errors) -> Callable[[str], Page]:
    """A page as somebody sees it: the phone, the clinician, or whoever passes by."""

    def visited(who: str) -> Page:
        page: Page = opened("/accounts/login/", PHONE if who == "phone" else DESK)
        page.context.add_init_script(LISTEN)
        page.on("dialog", lambda dialog: (errors.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
        if who == "phone":
            cookie = {"name": settings.DEVICE_COOKIE_NAME, "value": our.device_token}
            page.context.add_cookies([cookie | {"url": live_server.url}])
        if who == "clinician":
            sign_in(page, our.clinician.user)
        return page

    return visited


CHARTS = {"phone": "patient:chart", "clinician": "clinic:chart"}
AS = {"phone": "patient"}
NO_PAGES = {
    *CHARTS.values(),
    "clinic:series_chart",
    "clinic:picture_png",
    "clinic:case",
    "clinic:code_state",
    "livez",
    "manifest",
    "readyz",
    "app_scripts",
    "worker",  # a script has no icon of its own: opened as a page, a browser asks for /favicon.ico
    "app_shell",  # without a store it leads to the page of the server; with one: tests/browser/phone
    "session_left",
}


def addresses(who: str, cast: ClinicCast) -> list[str]:
    """Every page that somebody may open."""
    return [
        address(name, cast)
        for (verb, name), row in TABLE.items()
        if verb == "GET" and row[AS.get(who, who)] == "shown" and name not in NO_PAGES and "api:" not in name
    ]


def look_at(page: Page, path: str) -> list[str]:
    """What the page's own policy stopped, once everything on it has loaded."""
    answer = page.goto(path)
    assert answer is not None and answer.ok, path
    return page.evaluate("window.complaints")


@pytest.mark.parametrize("who", ["phone", "clinician", "nobody"])
def test_no_page_needs_what_its_policy_forbids(visited, our, errors, who):
    prepare(our)
    paths = addresses(who, our)
    our.log({-2: 7, -1: 7, 1: 6, 2: 5, 3: 4}, soreness={0: 3, 1: 1})
    page = visited(who)
    assert len(paths) > 4
    assert {path: stopped for path in paths if (stopped := look_at(page, path))} == {}
    assert errors == []


@pytest.mark.parametrize("who", CHARTS)
def test_a_chart_opened_by_itself_is_whole_under_the_same_policy(visited, our, who):
    prepare(our)
    path = address(CHARTS[who], our)
    our.log({-2: 7, -1: 7, 1: 6, 2: 5})
    page = visited(who)
    assert look_at(page, path) == []
    assert page.evaluate("document.documentElement.tagName") == "svg"


def test_what_gets_into_a_page_all_the_same_does_not_run(visited):
    page = visited("nobody")
    page.goto("/")
    with pytest.raises(Error, match="TrustedHTML"):
        page.evaluate("document.body.innerHTML = '<img src=x onerror=window.ran=1>'")
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('style'), {textContent: 'p {}'}))"
    )
    page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/'}))")
    page.wait_for_timeout(50)
    stopped = " ".join(page.evaluate("window.complaints"))
    assert "style-src-elem inline" in stopped and "img-src https://elsewhere.example/" in stopped
    assert page.evaluate("window.ran") is None


def test_a_browser_knows_every_name_of_the_permissions_policy(visited):
    page = visited("nobody")
    page.goto("/")
    known, allowed = page.evaluate(
        "[document.featurePolicy.features(), document.featurePolicy.allowedFeatures()]"
    )
    assert set(USED) | set(UNUSED) <= set(known)
    assert set(USED) <= set(allowed)
    assert not set(UNUSED) & set(allowed)


# --- What people type ----------------------------------------------------------------------------

RUNS = "window.ran=1"
CORPUS = {
    "given_name": f"<script>{RUNS}</script>",
    "family_name": f'"><img src=x onerror={RUNS}>',
    "record_number": f"</td><svg onload={RUNS}>",
    "operator": f"</text><script>{RUNS}</script>",
    "anaesthetic": f"]]><script>{RUNS}</script><![CDATA[",
    "clinic": f"</title><script>{RUNS}</script>",
    "phone": f"javascript:{RUNS}",
    "staff": f"' autofocus onfocus={RUNS} x='",
    "device": "{{ 7|add:7 }}{% debug %}<s>bold</s>",
    "helper": f"&lt;img src=x onerror={RUNS}&gt;<!--",
}


def type_all(cast: ClinicCast) -> None:
    """Every text that people can type, as somebody with a grudge would type it."""
    with inside(cast):
        who = {name: CORPUS[name] for name in ("given_name", "family_name", "record_number")}
        Patient.objects.filter(pk=cast.patient.pk).update(**who)
        what = {name: CORPUS[name] for name in ("operator", "anaesthetic")}
        Injection.objects.filter(pk=cast.injection.pk).update(**what)
        Device.objects.update(name=CORPUS["device"])
        Caregiver.objects.update(name=CORPUS["helper"])
    Clinic.objects.filter(pk=cast.clinic.pk).update(name=CORPUS["clinic"], phone=CORPUS["phone"])
    User.objects.filter(pk=cast.clinician.user_id).update(name=CORPUS["staff"])


@pytest.mark.parametrize("who", ["phone", "clinician"])
def test_nothing_that_was_typed_is_markup_anywhere(visited, our, errors, who):
    prepare(our)
    paths = addresses(who, our)
    our.log({-2: 7, -1: 7, 1: 6, 2: 5})
    type_all(our)
    page, shown = visited(who), ""
    for path in paths:
        assert look_at(page, path) == [], path
        assert page.evaluate("window.ran") is None, path
        assert page.locator("img[src=x], svg[onload], [onfocus], [href^='javascript:'], s").count() == 0, path
        shown += page.locator(":root").inner_text()
    assert CORPUS["clinic"] in shown or CORPUS["family_name"] in shown  # as what it is: text
    assert errors == []
