"""Staff come in by e-mail and password, and every page on the way is in our own look."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.cast import PASSWORD, ClinicCast
from tracker.models import User

LOGIN, LOGOUT, WORKLIST = "/accounts/login/", "/accounts/logout/", "/clinic/"
OURS = '<a class="brand"'

pytestmark = pytest.mark.usefixtures("still_clock")


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    cache.clear()


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def test_staff_come_in_and_land_on_the_worklist(our: ClinicCast) -> None:
    client = Client()
    assert sign_in(client, our.clinician.user.email).url == WORKLIST
    page = client.get(WORKLIST)
    assert page.status_code == 200
    assert "clinician of harbour" in page.text
    assert "Successfully" not in page.text


def test_who_asked_for_a_page_is_brought_there_after_signing_in(our: ClinicCast) -> None:
    client = Client()
    there = client.get(WORKLIST + "?sort=name").url
    assert there == f"{LOGIN}?next=/clinic/%3Fsort%3Dname"
    assert 'name="next" value="/clinic/?sort=name"' in client.get(there).text
    assert sign_in(client, our.clinician.user.email, next="/clinic/?sort=name").url == "/clinic/?sort=name"


def test_nobody_is_sent_to_another_site_after_signing_in(our: ClinicCast) -> None:
    assert sign_in(Client(), our.clinician.user.email, next="https://evil.example/").url == WORKLIST


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(our: ClinicCast) -> None:
    wrong = sign_in(Client(), our.clinician.user.email, "not the password")
    unknown = sign_in(Client(), "clinicial@harbour.example", "not the password")
    assert wrong.status_code == unknown.status_code == 200
    for answer in (wrong, unknown):
        assert "do not belong together" in answer.text
        assert 'role="alert"' in answer.text
        assert "not the password" not in answer.text


def test_what_was_typed_as_address_stays(our: ClinicCast) -> None:
    assert 'value="clinician@harbour.example"' in sign_in(Client(), "clinician@harbour.example", "wrong").text


def test_an_empty_form_says_what_is_missing(our: ClinicCast) -> None:
    assert sign_in(Client(), "", "").text.count('class="error"') == 2


def test_the_sixth_guess_in_a_row_is_not_even_tried(our: ClinicCast) -> None:
    client = Client()
    for _ in range(5):
        sign_in(client, our.clinician.user.email, "guess")
    answer = sign_in(client, our.clinician.user.email)
    assert "Too many attempts" in answer.text
    assert client.get(WORKLIST).status_code == 302


def test_too_many_requests_from_one_place_are_answered_in_our_look(our: ClinicCast) -> None:
    client = Client()
    answers = [client.post(LOGIN, {}) for _ in range(40)]
    assert answers[-1].status_code == 429
    assert OURS in answers[-1].text


def test_a_user_without_a_clinic_reads_a_clear_page_and_can_sign_out(our: ClinicCast) -> None:
    User.objects.create_user(email="nobody@harbour.example", name="Nobody", password=PASSWORD)
    client = Client()
    assert sign_in(client, "nobody@harbour.example").url == WORKLIST
    page = client.get(WORKLIST)
    assert page.status_code == 403
    assert LOGOUT in page.text


def test_a_membership_that_ended_acts_at_once(our: ClinicCast) -> None:
    client = Client()
    sign_in(client, our.clinician.user.email)
    our.clinician.is_active = False
    our.clinician.save()
    assert client.get(WORKLIST).status_code == 403


def test_an_account_that_was_switched_off_is_told_so(our: ClinicCast) -> None:
    User.objects.filter(pk=our.clinician.user.pk).update(is_active=False)
    client = Client()
    answer = sign_in(client, our.clinician.user.email)
    page = client.get(answer.url)
    assert "switched off" in page.text
    assert OURS in page.text
    assert client.get(WORKLIST).status_code == 302


def test_signing_out_asks_first_and_then_closes_the_door(our: ClinicCast) -> None:
    client = Client()
    sign_in(client, our.clinician.user.email)
    assert "Sign out of this computer?" in client.get(LOGOUT).text
    assert client.get(WORKLIST).status_code == 200
    assert client.post(LOGOUT).url == LOGIN
    assert "You are signed out." in client.get(LOGIN).text
    assert client.get(WORKLIST).status_code == 302


def test_a_form_from_before_signing_in_is_answered_in_our_look(our: ClinicCast) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = sign_in(client, our.clinician.user.email)
    assert answer.status_code == 403
    assert OURS in answer.text


@pytest.mark.parametrize("missing", ["account_signup", "account_reset_password", "account_email"])
def test_the_sign_in_page_offers_no_route_that_is_missing(our: ClinicCast, missing: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(missing)
    page = Client().get(LOGIN).text
    assert "signup" not in page
    assert "reset" not in page


def test_the_sign_in_page_brings_no_inline_script_or_style(our: ClinicCast) -> None:
    page = Client().get(LOGIN)
    assert "<script" not in page.text
    assert "style=" not in page.text
    assert "no-store" in page.headers["Cache-Control"]
