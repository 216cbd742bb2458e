"""Passwords that guessing finds soon are refused, with a sentence that says what to do."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import get_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import override_settings

from tests.cast import PASSWORD, ClinicCast
from tracker.actions import demo
from tracker.actions.passwords import Argon2
from tracker.models import User

pytestmark = pytest.mark.django_db


def refusal(password: str, user: User | None = None) -> str:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user)
    return " ".join(refused.value.messages)


@pytest.mark.parametrize(
    "password", [PASSWORD, demo.PASSWORD, "tram cactus velvet noon", "ä" * 3 + "lt gewürz mond zwölf"]
)
def test_several_words_that_do_not_belong_together_are_taken(our: ClinicCast, password: str) -> None:
    validate_password(password, our.clinician.user)


@pytest.mark.parametrize("password", ["q8#vTz1!pLw", "elevenchars"])
def test_eleven_characters_are_too_few_however_odd(password: str) -> None:
    assert "at least 12 characters" in refusal(password)


@pytest.mark.parametrize(
    "password", ["password1234", "aaaaaaaaaaaaaaaaaaaa", "qwertyuiop1234", "123123123123123"]
)
def test_what_guessing_finds_soon_is_refused_with_what_to_do(password: str) -> None:
    assert "Take four or more words" in refusal(password)


def test_a_common_password_is_named_as_common() -> None:
    assert "too common" in refusal("password1234")


@pytest.mark.parametrize("password", ["harbour clinic 1", "clinician.harbour", "Clinician2Harbour"])
def test_words_about_the_person_and_the_clinic_count_as_known(our: ClinicCast, password: str) -> None:
    assert "too easy to guess" in refusal(password, our.clinician.user)
    validate_password(password + " cactus velvet", our.clinician.user)


def test_a_person_who_is_not_stored_yet_has_a_name_all_the_same() -> None:
    newcomer = User(email="zelda@bay.example", name="Zelda Fitzwilliam-Quay")
    assert "too easy to guess" in refusal("fitzwilliamquay", newcomer)


def test_a_very_long_password_is_judged_by_its_beginning() -> None:
    validate_password("tram cactus velvet noon " * 10)
    assert "too easy to guess" in refusal("a" * 300)


@override_settings(PASSWORD_HASHERS=["tracker.actions.passwords.Argon2"])
def test_a_password_is_kept_as_argon2id_with_46_mib_and_one_pass() -> None:
    stored = make_password(PASSWORD)
    assert stored.startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")
    assert get_hasher().verify(PASSWORD, stored)
    assert not get_hasher().verify(PASSWORD + "x", stored)


def test_the_product_keeps_new_passwords_that_way() -> None:
    from config.settings import PASSWORD_HASHERS as HASHERS

    assert f"{Argon2.__module__}.{Argon2.__name__}" == HASHERS[0]
