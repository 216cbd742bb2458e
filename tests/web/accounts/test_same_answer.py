"""Whoever guesses learns nothing: not whether an account exists, nor whether it is switched off."""

from __future__ import annotations

import re
import statistics
import time

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client

from tests.cast import PASSWORD, ClinicCast
from tracker.models import User

LOGIN = "/accounts/login/"


class Broken(BaseEmailBackend):
    """A mail server that is down."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


def answer(email: str, password: str) -> tuple[int, dict[str, str], str]:
    """Status, headers and body, without what is drawn at random or was typed."""
    response = Client().post(LOGIN, {"login": email, "password": password})
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text).replace(email, "…")
    drawn = {"X-Request-Id", "Content-Length"}  # the length is the typed address's
    headers = {name: value for name, value in response.headers.items() if name not in drawn}
    return response.status_code, headers | {"cookies": sorted(response.cookies)}, body


@pytest.fixture
def accounts(our: ClinicCast) -> dict[str, tuple[str, str]]:
    User.objects.filter(email="nurse@harbour.example").update(is_active=False)
    return {
        "wrong password": ("clinician@harbour.example", "not the password"),
        "unknown": ("clinicial@harbour.example", "not the password"),
        "switched off, wrong password": ("nurse@harbour.example", "not the password"),
        "switched off, right password": ("nurse@harbour.example", PASSWORD),
    }


@pytest.mark.parametrize("mail", ["django.core.mail.backends.locmem.EmailBackend", f"{__name__}.Broken"])
def test_every_refusal_is_the_same_to_the_letter_also_with_mail_down(accounts, clock, settings, mail) -> None:
    settings.EMAIL_BACKEND = mail
    answers = {name: answer(*typed) for name, typed in accounts.items()}
    assert answers["wrong password"][0] == 200
    assert "do not belong together" in answers["wrong password"][2]
    assert len({str(one) for one in answers.values()}) == 1


def test_signing_in_sends_no_mail(accounts, clock, mailoutbox) -> None:
    client = Client()
    client.post(LOGIN, {"login": "clinician@harbour.example", "password": PASSWORD})
    assert mailoutbox == []


def test_every_refusal_takes_as_long_as_one_hash(accounts, settings) -> None:
    """Half of the difference that check-list C7 allows, between medians."""
    settings.PASSWORD_HASHERS = ["tracker.actions.passwords.Argon2"]
    settings.ACCOUNT_RATE_LIMITS = False
    for email in ("clinician@harbour.example", "nurse@harbour.example"):
        user = User.objects.get(email=email)
        user.set_password(PASSWORD)
        user.save()
    seconds: dict[str, list[float]] = {name: [] for name in accounts}
    for _ in range(7):
        for name, typed in accounts.items():
            begun = time.thread_time()  # the work, not the wait for a core
            answer(*typed)
            seconds[name].append(time.thread_time() - begun)
    medians = {name: statistics.median(each) for name, each in seconds.items()}
    assert max(medians.values()) - min(medians.values()) < 0.020, medians
    assert min(medians.values()) > 0.010, "no password was hashed"


def test_the_limit_is_the_same_for_an_account_that_does_not_exist(accounts, clock) -> None:
    for email in ("clinician@harbour.example", "nobody@harbour.example"):
        said = [answer(email, f"guess {n}")[2] for n in range(5)]
        assert all("do not belong together" in one for one in said)
        assert "Too many attempts" in answer(email, "guess 6")[2]
        clock.shift(60)  # and the limit of the network's address has nothing to do with it


def test_ten_addresses_from_one_place_are_enough(accounts, clock) -> None:
    said = [answer(f"nobody{n}@harbour.example", "guess")[2] for n in range(11)]
    assert "Too many attempts" not in said[9]
    assert "Too many attempts" in said[10]


@pytest.mark.parametrize("behind_proxy", [0, 1])
def test_a_forged_address_changes_nothing(accounts, clock, settings, behind_proxy) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = behind_proxy
    for n in range(11):
        forged = f"203.0.113.{n}, 10.0.0.{n}" + (", 198.51.100.7" if behind_proxy else "")
        response = Client().post(
            LOGIN,
            {"login": f"nobody{n}@harbour.example", "password": "guess"},
            headers={"X-Forwarded-For": forged, "X-Real-IP": f"203.0.113.{n}"},
        )
    assert "Too many attempts" in response.text


def test_the_right_password_does_not_wipe_out_what_was_guessed_before(accounts, clock) -> None:
    for n in range(4):
        answer("clinician@harbour.example", f"guess {n}")
        clock.shift(1)
    client = Client()
    assert client.post(LOGIN, {"login": "clinician@harbour.example", "password": PASSWORD}).status_code == 302
    answer("clinician@harbour.example", "guess 5")
    assert "Too many attempts" in answer("clinician@harbour.example", "guess 6")[2]
