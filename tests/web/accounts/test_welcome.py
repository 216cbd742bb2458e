"""Where a one-time link leads: nothing is used up by looking, and who sets a password is signed in."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.cast import NOW, ClinicCast
from tests.rows import everything
from tracker.actions import staff
from tracker.domain.roles import Role
from tracker.models import User

WELCOME = "/accounts/welcome/"
GOOD = "correct horse battery staple"

pytestmark = pytest.mark.usefixtures("still_clock")


@pytest.fixture
def token(our: ClinicCast) -> str:
    boss = our.staff[Role.ADMINISTRATOR]
    return staff.invite(by=boss, email="lee@harbour.example", name="Lee", role=Role.NURSE, now=NOW).token


def test_a_preview_and_a_look_use_nothing_up(token: str) -> None:
    before, client = everything(), Client()
    assert client.get(WELCOME).status_code == 200
    page = client.post(WELCOME, {"token": token})
    assert "harbour clinic" in page.text and "lee@harbour.example" in page.text
    assert 'autocomplete="new-password"' in page.text and 'autocomplete="username"' in page.text
    assert everything() == before


def test_the_whole_link_may_be_pasted(token: str) -> None:
    page = Client().post(WELCOME, {"token": f"  https://onset.example.org{WELCOME}#{token}\n"})
    assert f'value="{token}"' in page.text


def test_who_sets_a_password_is_signed_in(token: str) -> None:
    client = Client()
    answer = client.post(WELCOME, {"token": token, "name": "Lee Marsh", "password": GOOD})
    assert answer.status_code == 302 and answer.url == "/clinic/"
    assert "_auth_user_id" in client.session


def test_somebody_else_who_is_signed_in_here_is_signed_out_by_that(desk: Client, token: str) -> None:
    before = desk.session.session_key
    desk.post(WELCOME, {"token": token, "name": "Lee Marsh", "password": GOOD})
    assert desk.session.session_key != before
    assert User.objects.get(pk=desk.session["_auth_user_id"]).name == "Lee Marsh"


def test_a_second_factor_comes_next(token: str) -> None:
    client = Client()
    client.post(WELCOME, {"token": token, "name": "Lee Marsh", "password": GOOD})
    enrol = client.get("/clinic/").url
    assert enrol == "/accounts/second-factor/"
    assert "Lee" not in client.get("/clinic/").text
    page = client.get("/accounts/second-factor/app/")
    assert page.status_code == 200  # who has just set a password is not asked for it again


@pytest.mark.parametrize(("password", "words"), [("short", "12 characters"), ("password1234", "guess")])
def test_a_weak_password_says_what_to_do_and_keeps_the_rest(token: str, password: str, words: str) -> None:
    page = Client().post(WELCOME, {"token": token, "name": "Lee Marsh", "password": password})
    assert page.status_code == 422
    assert words in page.text and 'value="Lee Marsh"' in page.text and f'value="{token}"' in page.text
    assert f'value="{password}"' not in page.text


@pytest.mark.parametrize("sent", ["", "nonsense", "K7Q.nonsense", "\0"])
def test_a_link_that_does_not_work_says_whom_to_ask(our: ClinicCast, sent: str) -> None:
    for more in ({}, {"name": "A", "password": GOOD}):
        page = Client().post(WELCOME, {"token": sent, **more})
        assert page.status_code == 422
        assert "Ask your clinic’s administrator" in page.text


def test_a_used_link_does_not_work_again(token: str) -> None:
    form = {"token": token, "name": "Lee Marsh", "password": GOOD}
    Client().post(WELCOME, form)
    assert Client().post(WELCOME, form).status_code == 422
