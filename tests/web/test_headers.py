"""What every answer says to a browser, whatever it is an answer to."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from config.logs import Line
from tests.cast import NOW, PASSWORD, ClinicCast
from tests.contracts.forms import PERSON
from tests.factors import start_clock
from tracker.actions import invitations
from tracker.web.headers import HEADERS, UNUSED, USED
from tracker.web.styles import digest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.django_db


def header(answer: HttpResponse, name: str) -> dict[str, list[str]]:
    """A header's directives by name."""
    directives = [part.split() for part in answer.headers[name].split(";")]
    return {words[0]: words[1:] for words in directives}


@pytest.fixture
def static_file():
    """A collected file, served as every style and script is."""
    file = settings.STATIC_ROOT / "probe.css"
    file.write_text("p { margin: 0 }")
    yield "/static/probe.css"
    file.unlink()


def boom(*args: object, **kwargs: object) -> None:
    raise RuntimeError("planted")


@pytest.fixture
def answers(phone: Client, desk: Client, static_file: str, monkeypatch) -> dict[str, HttpResponse]:
    """One answer of each sort."""
    found = {
        "page of a patient": phone.get("/diary/"),
        "page of a clinic": desk.get("/clinic/"),
        "open page": Client().get("/"),
        "redirect": Client().get("/clinic/"),
        "answer of the API": phone.get("/api/v1/entries/"),
        "problem of the API": Client().get("/api/v1/entries/"),
        "static file": Client().get(static_file),
        "static file that is missing": Client().get("/static/nothing.css"),
        "nothing here": Client().get("/nowhere/"),
        "wrong host": Client().get("/", headers={"host": "elsewhere.example"}),
        "refused write": Client(enforce_csrf_checks=True).post("/join/", {"code": "x"}),
        "write of another site": Client().post("/join/", headers={"sec-fetch-site": "cross-site"}),
    }
    monkeypatch.setattr("tracker.web.clinic.worklist.worklist", boom)
    desk.raise_request_exception = False
    for close in found["static file"]._resource_closers:  # close() would end the test's connection as well
        close()
    return found | {"fault of ours": desk.get("/clinic/")}


def test_the_statuses_are_those_that_were_meant(answers):
    assert [answer.status_code for answer in answers.values()] == [
        *(200, 200, 200, 302, 200, 401, 200, 404, 404, 400, 403, 403, 500)
    ]


def test_every_answer_carries_every_header(answers):
    for what, answer in answers.items():
        assert HEADERS.keys() - {"Cache-Control"} <= answer.headers.keys(), what
        assert answer.headers["X-Content-Type-Options"] == "nosniff", what
        assert answer.headers["Referrer-Policy"] == "same-origin", what
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", what
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", what
        assert "Access-Control-Allow-Origin" not in answer.headers, what
        assert re.fullmatch("[0-9a-f]{16}", answer.headers["X-Request-Id"]), what


def test_an_address_that_is_not_ours_is_answered_with_what_to_do(answers):
    assert "tell whoever looks after this service" in answers["wrong host"].text


def test_nothing_but_a_static_file_may_be_kept(answers):
    for what, answer in answers.items():
        assert ("no-store" in answer.headers["Cache-Control"]) == (what != "static file"), what


def test_the_policy_lets_our_own_files_in_and_nothing_else(answers):
    for what, answer in answers.items():
        policy = header(answer, "Content-Security-Policy")
        assert policy["default-src"] == ["'none'"], what
        for kind in ("script-src", "img-src", "connect-src", "form-action"):
            assert policy[kind] == ["'self'"], (what, kind)
        assert policy["style-src"] == ["'self'", digest()], what
        assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"], what
        assert policy["trusted-types"] == ["worker"], what
        assert policy["require-trusted-types-for"] == ["'script'"], what
        assert "unsafe" not in answer.headers["Content-Security-Policy"], what


def test_no_page_may_use_what_no_page_needs(answers):
    said = dict(part.split("=") for part in answers["open page"].headers["Permissions-Policy"].split(", "))
    assert said == dict.fromkeys(USED, "(self)") | dict.fromkeys(UNUSED, "()")
    assert {"camera", "geolocation", "microphone", "payment", "usb", "browsing-topics"} <= set(UNUSED)
    assert not set(USED) & set(UNUSED)


# --- The number of a request ---------------------------------------------------------------------


def test_a_request_has_a_number_of_its_own_and_not_the_visitors(phone: Client):
    numbers = [phone.get("/diary/", headers={"x-request-id": "mine"}).headers["X-Request-Id"] for _ in "ab"]
    assert len(set(numbers)) == 2 and "mine" not in numbers


def test_a_line_of_the_log_carries_the_number_of_its_request(desk: Client, monkeypatch, caplog):
    said = []
    monkeypatch.setattr(
        caplog.handler, "emit", lambda record: said.append(Line("%(request_id)s").format(record))
    )
    monkeypatch.setattr("tracker.web.clinic.worklist.worklist", boom)
    desk.raise_request_exception = False
    answer = desk.get("/clinic/")
    logging.getLogger("tracker").error("after it")
    assert [line.split()[0] for line in said] == [answer.headers["X-Request-Id"], "-"]


def test_a_view_finds_the_number_at_its_request(phone: Client):
    answer = phone.get("/diary/")
    assert answer.wsgi_request.request_id == answer.headers["X-Request-Id"]


# --- Where a write comes from --------------------------------------------------------------------

FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},  # another name of the clinic's domain is another site to us
    {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    {"sec-fetch-site": "same-origin", "origin": "http://elsewhere.example"},
    {"origin": "http://elsewhere.example"},
    {"origin": "https://testserver"},
    {"origin": "http://testserver:8000"},
    {"origin": "null"},
]
OUR_OWN = [{}, {"sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}, {"origin": "http://testserver"}]
WRITES = [("phone", "/diary/2026-05-20/"), ("phone", "/api/v1/entries/"), ("desk", "/clinic/")]
WRITES += [("desk", "/api/v1/worklist/"), ("nobody", "/accounts/login/"), ("nobody", "/join/")]


@pytest.fixture
def clients(phone: Client, desk: Client) -> dict[str, Client]:
    return {"phone": phone, "desk": desk, "nobody": Client()}


@pytest.mark.parametrize(("who", "path"), WRITES)
@pytest.mark.parametrize("sent", FOREIGN, ids=str)
def test_a_write_that_another_site_sent_is_refused_though_its_token_may_be_right(clients, who, path, sent):
    answer = clients[who].post(path, {}, headers=sent)  # this client is not asked for a token
    assert answer.status_code == 403
    assert "Go back, load the page again" in answer.text


@pytest.mark.parametrize(("who", "path"), WRITES)
@pytest.mark.parametrize("sent", OUR_OWN, ids=str)
def test_a_write_of_our_own_pages_and_of_a_program_comes_through(clients, who, path, sent):
    assert clients[who].post(path, {}, headers=sent).status_code in (200, 302, 400, 415, 422)


@pytest.mark.parametrize("sent", FOREIGN, ids=str)
def test_a_link_on_another_site_opens_a_page(desk: Client, sent):
    assert desk.get("/clinic/", headers=sent).status_code == 200


@pytest.mark.parametrize("verb", ["put", "patch", "delete", "post"])
def test_no_verb_that_changes_something_is_let_through(phone: Client, verb):
    answer = getattr(phone, verb)("/api/v1/entries/", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"referer": "https://testserver/join/"}, 422),
        ({"origin": "https://testserver"}, 422),
        ({"referer": "https://elsewhere.example/"}, 403),
        ({}, 403),
    ],
)
def test_with_https_a_form_says_where_it_comes_from(sent, status):
    # What Referrer-Policy: no-referrer would break, since it takes both away from our own forms.
    client = Client(enforce_csrf_checks=True)
    client.get("/join/", secure=True)
    form = {"csrfmiddlewaretoken": client.cookies["csrf"].value, "code": "x"}
    assert client.post("/join/", form, secure=True, headers=sent).status_code == status


# --- With HTTPS ----------------------------------------------------------------------------------

NAMES = (
    *("HTTPS", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS"),
    *("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE"),
    *("DEVICE_COOKIE_NAME", "APPEND_COOKIE_NAME", "NOTICE_COOKIE_NAME"),
)
READ = """
import json, sys
from config import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}))
"""


@pytest.fixture(scope="module")
def https(tmp_path_factory) -> dict[str, object]:
    """The settings that differ where ONSET_HTTPS is on."""
    environment = {"ONSET_HTTPS": "1", "ONSET_DATA_DIR": str(tmp_path_factory.mktemp("var"))}
    command = [sys.executable, "-c", READ, *NAMES]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture
def with_https(https, settings) -> None:
    for name, value in https.items():
        setattr(settings, name, value)


def test_with_https_every_page_insists_on_it_for_at_least_a_year(with_https):
    assert Client().get("/").headers["Location"] == "https://testserver/"
    assert Client().get("/livez").status_code == 301
    said = header(Client().get("/", secure=True), "Strict-Transport-Security")
    (age,) = [int(name.partition("=")[2]) for name in said if name.startswith("max-age=")]
    assert age >= 365 * 24 * 3600
    assert "includeSubDomains" in said


def test_with_https_every_cookie_is_bound_to_this_host_and_out_of_reach(
    with_https, our: ClinicCast, still_clock
):
    client, email = Client(), our.clinician.user.email
    code = invitations.issue(by=our.clinician, patient=our.patient, now=NOW).code
    forms = {
        "/join/": {"code": code, "born_on": str(our.patient.born_on)},
        "/accounts/login/": {"login": email, "password": PASSWORD},
        f"/clinic/patients/{our.patient.public_id}/edit/": PERSON,
    }
    answers = [client.get("/join/", secure=True)]
    for path, form in forms.items():
        if path.startswith("/clinic/"):
            client.login(email=email, password=PASSWORD)
            start_clock(client)
        answers.append(client.post(path, form, secure=True))
    cookies = {name: cookie for answer in answers for name, cookie in answer.cookies.items()}
    assert set(cookies) == {f"__Host-{name}" for name in ("csrf", "session", "device", "append", "notice")}
    for name, cookie in cookies.items():
        assert name.startswith("__Host-"), name
        assert cookie["secure"] and cookie["path"] == "/" and not cookie["domain"], name
        assert cookie["samesite"] in ("Lax", "Strict"), name
        assert cookie["httponly"], name
