"""Staff come in by e-mail, password and a code, and every page on the way is in our own look."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.cast import NOW, PASSWORD, ClinicCast
from tests.factors import enrolled, fresh_code
from tracker.models import User

LOGIN, LOGOUT, WORKLIST = "/accounts/login/", "/accounts/logout/", "/clinic/"
SECOND = "/accounts/login/second/"
OURS = '<a class="brand"'

pytestmark = pytest.mark.usefixtures("still_clock")


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def come_in(client: Client, user: User, **more: str):
    """Both steps; the answer to the second."""
    assert sign_in(client, user.email, **more).url == SECOND
    return client.post(SECOND, {"code": fresh_code(user)})


def test_staff_come_in_and_land_on_the_worklist(our: ClinicCast) -> None:
    client = Client()
    assert come_in(client, our.clinician.user).url == WORKLIST
    page = client.get(WORKLIST)
    assert page.status_code == 200
    assert "clinician of harbour" in page.text
    assert "Successfully" not in page.text


def test_who_asked_for_a_page_is_brought_there_after_signing_in(our: ClinicCast) -> None:
    client = Client()
    there = client.get(WORKLIST + "?sort=name").url
    assert there == f"{LOGIN}?next=/clinic/%3Fsort%3Dname"
    assert 'name="next" value="/clinic/?sort=name"' in client.get(there).text
    assert come_in(client, our.clinician.user, next="/clinic/?sort=name").url == "/clinic/?sort=name"


def test_the_password_alone_opens_nothing(our: ClinicCast) -> None:
    client = Client()
    sign_in(client, our.clinician.user.email)
    assert client.get(WORKLIST).url.startswith(LOGIN)
    assert client.get("/api/v1/worklist/").status_code == 401
    page = client.get(SECOND)
    assert 'autocomplete="one-time-code"' in page.text
    assert OURS in page.text


def test_whoever_is_half_in_can_start_again_as_somebody_else(our: ClinicCast) -> None:
    client = Client()
    sign_in(client, our.clinician.user.email)
    assert client.get(LOGIN).url == SECOND
    assert client.post(LOGOUT).url == LOGIN
    assert client.get(LOGIN).status_code == 200
    assert client.get(SECOND).url == LOGIN


def test_the_second_step_has_to_follow_within_a_quarter_of_an_hour(our: ClinicCast) -> None:
    client = Client()
    with time_machine.travel(NOW, tick=False) as clock:
        sign_in(client, our.clinician.user.email)
        clock.shift(15 * 60 + 1)
        assert client.post(SECOND, {"code": fresh_code(our.clinician.user)}).url == LOGIN
        assert client.get(WORKLIST).status_code == 302


def test_nobody_is_sent_to_another_site_after_signing_in(our: ClinicCast) -> None:
    assert come_in(Client(), our.clinician.user, next="https://evil.example/").url == WORKLIST


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
    assert sign_in(Client(), "", "").text.count("This field is required.") == 2


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
    nobody = User.objects.create_user(email="nobody@harbour.example", name="Nobody", password=PASSWORD)
    client = Client()
    assert come_in(client, enrolled(nobody)).url == WORKLIST
    page = client.get(WORKLIST)
    assert page.status_code == 403
    assert LOGOUT in page.text


def test_a_membership_that_ended_acts_at_once(our: ClinicCast) -> None:
    client = Client()
    come_in(client, our.clinician.user)
    our.clinician.is_active = False
    our.clinician.save()
    assert client.get(WORKLIST).status_code == 403


def test_an_account_that_was_switched_off_is_out_at_once(our: ClinicCast) -> None:
    client = Client()
    come_in(client, our.clinician.user)
    User.objects.filter(pk=our.clinician.user.pk).update(is_active=False)
    assert client.get(WORKLIST).url.startswith(LOGIN)


def test_signing_out_asks_first_and_then_closes_the_door(our: ClinicCast) -> None:
    client = Client()
    come_in(client, our.clinician.user)
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
    assert all("src=" in tag.partition(">")[0] for tag in page.text.split("<script")[1:])
    assert "style=" not in page.text
    assert "no-store" in page.headers["Cache-Control"]
