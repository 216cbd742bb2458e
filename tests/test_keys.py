import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import keys

SECRET = "a secret of at least thirty-two characters"


def test_a_key_is_the_same_at_every_start_and_fits_aes_256():
    key = keys.derived(SECRET, purpose="sealed columns")
    assert key == keys.derived(SECRET, purpose="sealed columns")
    assert len(key) == 32


def test_purposes_and_secrets_do_not_share_a_key():
    key = keys.derived(SECRET, purpose="sealed columns")
    assert key != keys.derived(SECRET, purpose="codes")
    assert key != keys.derived(SECRET + ".", purpose="sealed columns")


@pytest.mark.parametrize("secret", ["", "short", "x" * 31])
def test_a_secret_that_could_be_guessed_stops_the_start_without_repeating_it(secret):
    with pytest.raises(ImproperlyConfigured, match="for codes has fewer than 32") as error:
        keys.derived(secret, purpose="codes")
    assert not secret or secret not in str(error.value)


def test_every_purpose_has_a_key_of_its_own():
    every = [*settings.FIELD_KEYS, settings.CODE_KEY, settings.AUDIT_KEY]
    assert len(set(every)) == len(every) == 3
    assert settings.SECRET_KEY.encode() not in every
