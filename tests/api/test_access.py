"""How the API says no. Who gets what stands in tests/contracts/access_table.py."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from tests.api.bodies import ENTRIES, SYNC, entry, post, problem
from tests.cast import NOW, ClinicCast, make_device, make_patient
from tests.scopes import inside
from tracker.actions import devices, pictures
from tracker.api.urls import urlpatterns
from tracker.domain.roles import Permission, Role
from tracker.models import DiaryEntry, Membership, User

pytestmark = pytest.mark.django_db


def test_every_address_names_its_audience():
    for route in urlpatterns:
        assert route.callback.audience in (
            "patient",
            "patient or staff",
            "everybody",
            Permission.SEE_PATIENTS,
        )


def with_phone(token: str) -> Client:
    client = Client()
    client.cookies[settings.DEVICE_COOKIE_NAME] = token
    return client


@pytest.fixture
def clients(our: ClinicCast, their: ClinicCast, still_clock: None, client_of) -> dict[str, Client]:
    neighbour = make_patient(our.clinic, given="Nils", family="Ebb", number="harbour-2")
    return {
        "phone": with_phone(our.device_token),
        "clinician": client_of(our.clinician),
        "auditor": client_of(our.staff[Role.AUDITOR]),
        "other phone": with_phone(make_device(neighbour, our.clinician)[1]),
        "other clinic": client_of(their.clinician),
        "other clinic's phone": with_phone(their.device_token),
        "nobody": Client(),
    }


def address(name: str, cast: ClinicCast) -> str:
    return {
        "entries": ENTRIES,
        "sync": SYNC,
        "patient_entries": f"/api/v1/patients/{cast.patient.public_id}/entries/",
        "worklist": "/api/v1/worklist/",
        "assessment": f"/api/v1/injections/{cast.injection.public_id}/assessment/",
        "chart_svg": f"/api/v1/injections/{cast.injection.public_id}/chart.svg",
        "chart_png": f"/api/v1/injections/{cast.injection.public_id}/chart.png",
        "schema": "/api/schema/",
        "nowhere": "/api/v1/nowhere/",
    }[name]


def body(name: str) -> dict[str, object]:
    return {"sync": {"changes": [entry()]}, "worklist": {"search": "Quill"}}.get(name) or entry()


ADDRESSES = (
    "entries",
    "sync",
    "patient_entries",
    "worklist",
    "assessment",
    "chart_svg",
    "chart_png",
    "nowhere",
)


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("name", ADDRESSES)
def test_every_no_is_a_problem_that_a_program_can_read(clients, our, method, name):
    url = address(name, our)
    for who, client in clients.items():
        answer = client.get(url) if method == "GET" else post(client, url, body(name))
        if answer.status_code >= 400:
            assert problem(answer)[0] == answer.status_code, who
        if answer.status_code == 401:
            assert answer["WWW-Authenticate"].startswith("Cookie"), who


def test_an_entry_lands_with_the_phones_own_patient_only(clients, our, their):
    for who in ("other phone", "other clinic's phone"):
        post(clients[who], ENTRIES, entry())
        post(clients[who], SYNC, {"changes": [entry()]})
    assert DiaryEntry.objects.count() == 2
    assert not DiaryEntry.objects.filter(patient=our.patient).exists()
    with inside(their):
        assert DiaryEntry.objects.count() == 2


def test_a_role_that_does_not_see_patients_is_told_so(clients, our):
    Membership.objects.filter(pk=our.clinician.pk).update(role=Role.PATIENT)
    for name in ("patient_entries", "worklist", "assessment", "chart_png"):
        assert problem(clients["clinician"].get(address(name, our)))[:2] == (403, "not-allowed"), name
    assert problem(clients["clinician"].get(address("chart_svg", our)))[:2] == (404, "not-found")


@pytest.mark.parametrize("method", ["head", "options"])
def test_asking_about_an_address_opens_no_other_way_in(clients, our, method):
    for name in ("entries", "worklist", "assessment"):
        who = "phone" if name == "entries" else "clinician"
        assert getattr(clients[who], method)(address(name, our)).status_code == 200
        assert getattr(clients["nobody"], method)(address(name, our)).status_code == 401


# --- The cookie ----------------------------------------------------------------------------------


def gone(clients: dict[str, Client], our: ClinicCast) -> Iterator[tuple[str, Client]]:
    devices.end(by=our.device, device=our.device, now=NOW)
    yield "ended", clients["phone"]
    yield "invented", with_phone("x" * 43)
    yield "empty", with_phone("")


def test_an_ended_or_invented_device_is_signed_out(clients, our):
    for what, client in gone(clients, our):
        assert problem(client.get(ENTRIES))[:2] == (401, "signed-out"), what
        assert problem(post(client, ENTRIES, entry()))[:2] == (401, "signed-out"), what
        assert problem(post(client, SYNC, {"changes": [entry()]}))[:2] == (401, "signed-out"), what
    assert not DiaryEntry.objects.exists()


def test_a_device_whose_time_is_over_is_signed_out(clients, our):
    type(our.device).objects.filter(pk=our.device.pk).update(expires_at=NOW - timedelta(seconds=1))
    assert problem(clients["phone"].get(ENTRIES))[:2] == (401, "signed-out")


def test_a_member_of_staff_who_left_is_signed_out_at_once(clients, our):
    url = address("worklist", our)
    Membership.objects.filter(pk=our.clinician.pk).update(is_active=False)
    assert problem(clients["clinician"].get(url))[:2] == (401, "signed-out")
    User.objects.filter(pk=our.staff[Role.AUDITOR].user_id).update(is_active=False)
    assert problem(clients["auditor"].get(url))[:2] == (401, "signed-out")


def test_a_browser_with_both_cookies_is_staff_for_staff_and_the_phone_for_the_diary(clients, our):
    client = clients["clinician"]
    client.cookies[settings.DEVICE_COOKIE_NAME] = our.device_token
    assert client.get(address("worklist", our)).status_code == 200
    assert post(client, ENTRIES, entry()).json()["entry"]["source"] == "patient"


# --- CSRF ----------------------------------------------------------------------------------------

TOKEN = "a" * 32
WRITES = [("entries", "phone"), ("sync", "phone"), ("patient_entries", "clinician")]
WRITES += [("worklist", "clinician"), ("chart_png", "clinician")]


def guarded(client: Client, *, cookie: str = "") -> Client:
    """The same browser, with the check that Django's test client otherwise leaves out."""
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    if cookie:
        strict.cookies[settings.CSRF_COOKIE_NAME] = cookie
    return strict


@pytest.mark.parametrize(("name", "who"), WRITES)
@pytest.mark.parametrize(
    ("cookie", "header"), [("", ""), (TOKEN, ""), ("", TOKEN), (TOKEN, "b" * 32), (TOKEN, "x"), (TOKEN, "ä")]
)
def test_a_write_without_the_right_token_is_told_apart_from_signed_out(
    clients, our, name, who, cookie, header
):
    client = guarded(clients[who], cookie=cookie)
    sent = {"X-CSRFToken": header} if header else {}
    answer = post(client, address(name, our), body(name), **sent)
    assert problem(answer)[:2] == (403, "csrf")
    assert not DiaryEntry.objects.exists()
    assert not pictures.ChartPicture.objects.exists()


@pytest.mark.parametrize(("name", "who"), WRITES)
def test_a_write_with_its_token_goes_through(clients, our, name, who):
    browser = guarded(clients[who], cookie=TOKEN)
    answer = post(browser, address(name, our), body(name), **{"X-CSRFToken": TOKEN})
    assert answer.status_code in (200, 201, 202)


def test_signed_out_comes_before_the_token(clients):
    assert problem(post(guarded(clients["nobody"]), ENTRIES, entry()))[:2] == (401, "signed-out")


def test_reading_needs_no_token(clients):
    assert guarded(clients["phone"]).get(ENTRIES).status_code == 200


# --- Headers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["entries", "patient_entries", "worklist", "assessment"])
def test_no_answer_with_patient_data_may_be_kept_by_a_cache(clients, our, name):
    for who in ("phone", "clinician", "nobody"):
        assert clients[who].get(address(name, our))["Cache-Control"] == "no-store"


def test_a_picture_that_was_asked_for_is_asked_for_once(clients, our):
    url = address("chart_png", our)
    first, second = (post(clients["clinician"], url, {}) for _ in range(2))
    assert [first.status_code, second.status_code] == [202, 202]
    assert int(first["Retry-After"]) > 0
    assert pictures.ChartPicture.objects.count() == 1
