"""What a desk left open must not give away asks again who is there."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from config.urls import urlpatterns as ours
from tests.cast import PASSWORD, ClinicCast
from tests.factors import confirm, fresh_code
from tracker.domain.roles import Permission
from tracker.web.actors import for_staff
from tracker.web.confirmed import recently_confirmed

CONFIRM, BY_CODE = "/accounts/confirm/", "/accounts/confirm/code/"


@for_staff(Permission.SEE_PATIENTS)
@recently_confirmed
def delicate(request: HttpRequest, actor: object) -> HttpResponse:
    return HttpResponse(f"{request.method} of {actor.role}")


urlpatterns = [path("delicate/", delicate), path("", include(ours))]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def desk(our: ClinicCast, signed_in) -> Client:
    return signed_in(our.clinician.user)


def test_a_page_that_matters_asks_first_and_then_opens(desk: Client, clock, events) -> None:
    asked = desk.get("/delicate/?a=1")
    assert asked.url == f"{CONFIRM}?next=/delicate/%3Fa%3D1"
    page = desk.get(asked.url).text
    assert 'autocomplete="current-password"' in page
    answer = desk.post(CONFIRM, {"password": PASSWORD, "next": "/delicate/?a=1"})
    assert answer.url == "/delicate/?a=1"
    assert desk.get(answer.url).text == "GET of clinician"
    assert events() == [("sign_in.confirm", "done")]


def test_a_code_does_as_well(desk: Client, our: ClinicCast, clock) -> None:
    page = desk.get(f"{CONFIRM}?next=/delicate/").text
    assert f'href="{BY_CODE}?next=%2Fdelicate%2F"' in page
    answer = desk.post(BY_CODE, {"code": fresh_code(our.clinician.user), "next": "/delicate/"})
    assert answer.url == "/delicate/"
    assert desk.get("/delicate/").status_code == 200


def test_it_holds_for_five_minutes(desk: Client, clock) -> None:
    confirm(desk)
    clock.shift(5 * 60 - 1)
    assert desk.get("/delicate/").status_code == 200
    clock.shift(1)
    assert desk.get("/delicate/").url.startswith(CONFIRM)


def test_whoever_has_just_signed_in_is_not_asked(our: ClinicCast, clock) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": our.clinician.user.email, "password": PASSWORD})
    client.post("/accounts/login/second/", {"code": fresh_code(our.clinician.user)})
    assert client.get("/delicate/").status_code == 200
    clock.shift(5 * 60)
    assert client.get("/delicate/").status_code == 302


def test_a_confirmation_in_the_future_confirms_nothing(desk: Client, clock) -> None:
    confirm(desk, ago=-600)
    assert desk.get("/delicate/").status_code == 302


def test_a_form_is_not_kept_but_its_page_comes_back_and_says_so(desk: Client, clock) -> None:
    asked = desk.post(
        "/delicate/", {"reason": "secret words"}, headers={"Referer": "http://testserver/clinic/"}
    )
    assert asked.url == f"{CONFIRM}?next=/clinic/&unsent=1"
    assert "secret words" not in str(dict(desk.session))
    assert "was not sent" in desk.get(asked.url).text
    assert desk.post(CONFIRM, {"password": PASSWORD, "next": "/clinic/"}).url == "/clinic/"


def test_a_wrong_password_opens_nothing_and_is_limited_and_on_record(desk: Client, clock, events) -> None:
    answers = [desk.post(CONFIRM, {"password": "guess", "next": "/delicate/"}).text for _ in range(6)]
    assert "This is not your password" in answers[4]
    assert "Too many attempts" in answers[5]
    assert desk.get("/delicate/").status_code == 302
    assert events() == [("sign_in.wrong_password", "refused")] * 5


def test_a_wrong_code_opens_nothing_and_is_on_record(desk: Client, clock, events) -> None:
    assert "used already" in desk.post(BY_CODE, {"code": "000000"}).text
    assert events() == [("sign_in.wrong_factor", "refused")]
    assert desk.get("/delicate/").status_code == 302


def test_confirming_changes_the_sessions_key(desk: Client, clock) -> None:
    before = desk.session.session_key
    desk.post(CONFIRM, {"password": PASSWORD})
    assert desk.session.session_key != before


def test_nobody_is_sent_to_another_site_after_confirming(desk: Client, clock) -> None:
    assert desk.post(CONFIRM, {"password": PASSWORD, "next": "https://evil.example/"}).url == "/clinic/"


def test_a_colleagues_confirmation_is_not_ones_own(desk: Client, our: ClinicCast, clock) -> None:
    confirm(desk)
    session = desk.session
    session["account_authentication_methods_user"] = "4711"
    session.save()
    assert desk.get("/delicate/").status_code == 302


def test_who_is_signed_out_or_may_not_is_told_that_first(our: ClinicCast, clock) -> None:
    assert Client().get("/delicate/").url.startswith("/accounts/login/")
