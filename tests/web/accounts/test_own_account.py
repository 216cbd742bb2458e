"""What a member of staff does with their own account."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.urls import get_resolver

from tests.cast import NOW, PASSWORD, ClinicCast
from tests.factors import confirm, fresh_code
from tests.scopes import outside
from tracker.actions import second_factors
from tracker.models import User
from tracker.web.accounts.urls import urlpatterns

ACCOUNT, PASSWORD_PAGE, CODES = "/accounts/", "/accounts/password/", "/accounts/codes/"
NEW = "tram cactus velvet noon"


@pytest.fixture
def user(our: ClinicCast) -> User:
    return our.clinician.user


@pytest.fixture
def desk(user: User, signed_in) -> Client:
    client = signed_in(user)
    confirm(client)
    return client


def removal(factor: Authenticator) -> str:
    return f"/accounts/second-factor/{factor.pk}/remove/"


def add_passkey(user: User) -> Authenticator:
    with outside():
        second_factors.add_passkey(user=user, name="Front desk", credential={}, now=NOW)
    return Authenticator.objects.get(user=user, type="webauthn")


def app_of(user: User) -> Authenticator:
    return Authenticator.objects.get(user=user, type="totp")


def test_the_account_shows_who_one_is_and_how_one_signs_in(desk: Client, user: User) -> None:
    add_passkey(user)
    page = desk.get(ACCOUNT).text
    for said in (user.name, user.email, "harbour clinic, clinician", "Authenticator app", "Front desk"):
        assert said in page
    assert "10 recovery codes left" in page
    assert 'href="/accounts/"' in desk.get("/clinic/").text


def test_the_account_is_never_somebody_elses(desk: Client, their: ClinicCast) -> None:
    page = desk.get(ACCOUNT).text
    assert their.clinician.user.name not in page
    assert desk.get(removal(app_of(their.clinician.user))).status_code == 404
    assert desk.post(removal(app_of(their.clinician.user))).status_code == 404


def test_the_last_factor_stays_and_the_page_says_what_to_do_first(desk: Client, user: User) -> None:
    page = desk.get(removal(app_of(user)))
    assert "Add another one first" in page.text
    assert desk.post(removal(app_of(user))).status_code == 422
    assert app_of(user)


def test_one_of_two_can_be_removed(desk: Client, user: User, events) -> None:
    add_passkey(user)
    assert "You can no longer sign in with it." in desk.get(removal(app_of(user))).text
    assert desk.post(removal(app_of(user))).url == ACCOUNT
    assert "“Authenticator app” is removed." in desk.get(ACCOUNT).text
    assert not Authenticator.objects.filter(user=user, type="totp").exists()
    assert events()[-1] == ("factor.remove", "done")


def test_new_recovery_codes_are_shown_once_and_end_the_old_ones(desk: Client, user: User, events) -> None:
    assert "You have none yet" in desk.get(CODES).text
    first = re.findall(r"<li>(\d{8})</li>", desk.post(CODES).text)
    second = re.findall(r"<li>(\d{8})</li>", desk.post(CODES).text)
    assert len(first) == len(second) == 10
    assert not set(first) & set(second)
    assert "10 of yours are left" in desk.get(CODES).text
    assert events() == [("factor.renew_codes", "done")] * 2


def test_a_new_password_works_and_the_old_one_and_other_browsers_are_out(
    desk: Client, user: User, signed_in, events
) -> None:
    elsewhere = signed_in(user)
    assert elsewhere.get(ACCOUNT).status_code == 200
    answer = desk.post(PASSWORD_PAGE, {"new_password1": NEW, "new_password2": NEW})
    assert answer.url == ACCOUNT
    assert "Your password is changed" in desk.get(ACCOUNT).text
    assert elsewhere.get(ACCOUNT).status_code == 302
    assert not Client().login(email=user.email, password=PASSWORD)
    assert Client().login(email=user.email, password=NEW)
    assert events() == [("password.change", "done")]


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ("short", "short", "at least 12 characters"),
        ("password1234", "password1234", "too common"),
        ("clinician of harbour", "clinician of harbour", "Take four or more words"),
        (NEW, NEW + "x", "match"),
        ("", "", "required"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_what_to_do(
    desk: Client, user: User, first: str, second: str, said: str
) -> None:
    answer = desk.post(PASSWORD_PAGE, {"new_password1": first, "new_password2": second})
    assert answer.status_code == 422
    assert said in answer.text
    assert "cactus" not in answer.text
    assert Client().login(email=user.email, password=PASSWORD)


def test_signing_out_everywhere_else_leaves_this_browser_in(desk: Client, user: User, signed_in) -> None:
    elsewhere = signed_in(user)
    elsewhere.get(ACCOUNT)
    page = desk.get(ACCOUNT).text
    assert ("Here" in page, page.count("In another browser")) == (True, 1)
    assert desk.post("/accounts/sessions/end/").url == ACCOUNT
    assert "You are signed in nowhere else." in desk.get(ACCOUNT).text
    assert elsewhere.get(ACCOUNT).status_code == 302


@pytest.mark.parametrize(
    "page", [PASSWORD_PAGE, CODES, "/accounts/second-factor/app/", "/accounts/second-factor/passkey/"]
)
def test_what_changes_the_account_asks_who_is_there(user: User, signed_in, page: str) -> None:
    assert signed_in(user).get(page).url == f"/accounts/confirm/?next={page}"
    assert signed_in(user).post(page).url == f"/accounts/confirm/?next={page}&unsent=1"


def test_every_sign_in_is_on_record_with_its_second_factor(user: User, clock, events) -> None:
    client = Client()
    client.post("/accounts/login/", {"login": user.email, "password": "wrong"})
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    client.post("/accounts/login/second/", {"code": "000000"})
    client.post("/accounts/login/second/", {"code": fresh_code(user)})
    client.post("/accounts/logout/")
    assert events() == [
        ("sign_in.wrong_password", "refused"),
        ("sign_in.wrong_factor", "refused"),
        ("sign_in.done", "done"),
        ("sign_in.end", "done"),
    ]


def test_a_sign_in_that_cannot_be_written_down_does_not_happen(user: User, clock, monkeypatch) -> None:
    def broken(**said: object) -> None:
        raise RuntimeError

    client = Client(raise_request_exception=False)
    client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    monkeypatch.setattr("tracker.actions.audit.record", broken)
    assert client.post("/accounts/login/second/", {"code": fresh_code(user)}).status_code == 500
    monkeypatch.undo()
    assert client.get("/clinic/").status_code == 302


# --- allauth's own pages -----------------------------------------------------------------------------------


def templates_named() -> set[str]:
    views = [getattr(route.callback, "view_class", None) for route in urlpatterns]
    named = {view.template_name for view in views if getattr(view, "template_name", None)}
    return named | {"account/messages/logged_in.txt", "account/messages/logged_out.txt"}


def test_no_template_of_the_library_is_reachable() -> None:
    assert len(templates_named()) > 6
    for name in templates_named():
        assert Path(get_template(name).origin.name).is_relative_to(settings.BASE_DIR / "templates"), name


def test_no_other_address_of_the_library_is_routed() -> None:
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    ours = {route.name for route in urlpatterns}
    assert {name for name in names if name.startswith(("account", "mfa_", "socialaccount"))} <= ours
    assert not names & {"account_signup", "account_reset_password", "account_email", "account_set_password"}
