"""A code is taken once, wherever and whenever it is tried again; and only by whom it belongs to."""

from __future__ import annotations

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from tests.cast import NOW, PASSWORD, ClinicCast
from tests.factors import code
from tracker.actions import second_factors
from tracker.actions.second_factors import matching_step, spend_code

LOGIN, SECOND = "/accounts/login/", "/accounts/login/second/"
REFUSED = "used already"


def try_code(cast: ClinicCast, typed: str, *, role: str = "clinician"):
    """A browser of its own each time, as another worker's would be."""
    client = Client()
    client.post(LOGIN, {"login": f"{role}@harbour.example", "password": PASSWORD})
    return client.post(SECOND, {"code": typed})


@pytest.mark.parametrize("later", [0, 31, 61])
def test_a_code_that_was_taken_is_refused_ever_after(our: ClinicCast, clock, later: int) -> None:
    typed = code()
    assert try_code(our, typed).url == "/clinic/"
    clock.shift(later)
    cache.clear()  # not a cache, which may lose what it holds, but the database remembers
    assert REFUSED in try_code(our, typed).text


@pytest.mark.parametrize("later", [0, 31, 61])
def test_the_next_code_is_refused_as_well_once_it_was_taken_early(our: ClinicCast, clock, later: int) -> None:
    early = code(seconds=30)
    assert try_code(our, early).url == "/clinic/"
    clock.shift(later)
    assert REFUSED in try_code(our, early).text


def test_a_code_before_the_one_that_was_taken_is_refused(our: ClinicCast, clock) -> None:
    assert try_code(our, code()).url == "/clinic/"
    assert REFUSED in try_code(our, code(seconds=-30)).text


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_telephone_may_be_half_a_minute_off(our: ClinicCast, clock, seconds: int) -> None:
    assert try_code(our, code(seconds=seconds)).url == "/clinic/"


@pytest.mark.parametrize("seconds", [-60, 60])
def test_a_code_of_a_whole_minute_off_is_refused(our: ClinicCast, clock, seconds: int) -> None:
    assert REFUSED in try_code(our, code(seconds=seconds)).text


def test_a_code_taken_at_one_place_is_refused_where_it_was_read_before(our: ClinicCast, clock) -> None:
    """Two workers have read the same row; the second one's write finds the step taken."""
    user = our.clinician.user
    stale = Authenticator.objects.get(user=user, type="totp")
    assert spend_code(user=user, code=code(), now=NOW)
    assert not second_factors._spend(stale, code(), NOW)
    assert second_factors._spend(stale, code(seconds=30), NOW)


def test_a_code_may_be_typed_as_the_app_shows_it(our: ClinicCast, clock) -> None:
    shown = code()
    assert try_code(our, f" {shown[:3]} {shown[3:]} ").url == "/clinic/"


@pytest.mark.parametrize("typed", ["", "123", "abcdef", "１２３４５６", "0" * 2000, "\x00" * 6, "é" * 6])
def test_what_is_no_code_is_refused(our: ClinicCast, clock, typed: str) -> None:
    assert try_code(our, typed).status_code == 200


def test_the_codes_are_those_of_rfc_6238() -> None:
    """Appendix B, the last six digits of its SHA-1 rows."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for seconds, digits in (
        (59, "287082"),
        (1111111109, "081804"),
        (1234567890, "005924"),
        (2000000000, "279037"),
    ):
        now = NOW.fromtimestamp(seconds, NOW.tzinfo)
        assert matching_step(secret=secret, code=digits, now=now) == seconds // 30


def test_five_wrong_codes_lock_the_second_step_even_for_the_right_one(our: ClinicCast, clock, events) -> None:
    client = Client()
    client.post(LOGIN, {"login": our.clinician.user.email, "password": PASSWORD})
    for _ in range(5):
        assert REFUSED in client.post(SECOND, {"code": "000000"}).text
    assert "Too many attempts" in client.post(SECOND, {"code": code()}).text
    assert events() == [("sign_in.wrong_factor", "refused")] * 5
    clock.shift(5 * 60 + 1)
    assert client.post(SECOND, {"code": code()}).url == "/clinic/"


def test_a_recovery_code_opens_once_and_only_for_its_owner(our: ClinicCast, clock) -> None:
    first, second, *_ = second_factors.renew_codes(user=our.clinician.user, now=NOW)
    assert REFUSED in try_code(our, first, role="nurse").text
    assert try_code(our, first).url == "/clinic/"
    assert REFUSED in try_code(our, first).text
    assert try_code(our, f"{second[:4]}-{second[4:]}").url == "/clinic/"


def test_new_recovery_codes_end_the_old_ones(our: ClinicCast, clock) -> None:
    old = second_factors.renew_codes(user=our.clinician.user, now=NOW)
    new = second_factors.renew_codes(user=our.clinician.user, now=NOW)
    assert not set(old) & set(new)
    assert REFUSED in try_code(our, old[0]).text
    assert try_code(our, new[0]).url == "/clinic/"
