"""What gives a text away as one of another language; no browser is needed for it."""

from __future__ import annotations

import pytest

from tests.browser.phone.tongues import is_foreign

ONE_EACH = {"en": "Save", "es": "Guardar", "ar": "حفظ"}


@pytest.mark.parametrize("language", ONE_EACH)
def test_a_text_of_the_catalogue_is_at_home_in_its_own_language_only(language):
    assert [other for other, text in ONE_EACH.items() if not is_foreign(text, language)] == [language]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Saved for Wednesday 20 May", "es"),
        ("Call the clinic", "ar"),
        ("Your pain: 7", "es"),
        ("¿Cómo está?", "en"),
        ("Llame a la clínica", "ar"),
        ("غدا", "en"),
        ("7 points", "ar"),
    ],
)
def test_a_sentence_that_was_filled_in_is_known_by_its_words(text, language):
    assert is_foreign(text, language)


@pytest.mark.parametrize(
    ("text", "language"), [("555 0100", "ar"), ("harbour clinic", "ar"), ("09:05", "es")]
)
def test_a_number_or_a_name_is_of_every_language(text, language):
    assert not is_foreign(text, language)
