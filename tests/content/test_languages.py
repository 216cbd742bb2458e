from dataclasses import dataclass

from tracker.content.calling import CALLING
from tracker.content.counted import Counted, counted
from tracker.content.diary import DIARY
from tracker.content.languages import in_language
from tracker.content.leaves import leaves


def test_a_text_is_translated_sentence_by_sentence():
    spanish = in_language(CALLING, "es")
    assert spanish.emergency.title == "Llame al {emergency} ahora"
    assert leaves(spanish).keys() == leaves(CALLING["en"]).keys()
    assert spanish.version == CALLING["en"].version


def test_a_text_is_translated_once():
    assert in_language(CALLING, "ar") is in_language(CALLING, "ar")
    assert in_language(CALLING, "en") is CALLING["en"]


def test_in_a_language_that_is_not_written_a_text_is_english():
    assert in_language(CALLING, "fr") is CALLING["en"]


def test_a_sentence_without_a_translation_stays_english():
    assert in_language({"en": ("Nobody has said this so far", "")}, "es") == (
        "Nobody has said this so far",
        "",
    )


def test_a_text_that_is_written_in_a_language_is_taken_as_it_is():
    assert in_language({"en": "Save", "es": "Guarde"}, "es") == "Guarde"


def test_a_sentence_with_a_number_has_the_wordings_of_its_language():
    said = in_language(DIARY, "ar").after_hours
    assert isinstance(said, Counted) and len(said.forms) == 6
    assert [said.of(2), said.of(4)] == ["بعد ساعتين", "بعد 4 ساعات"]


@dataclass(frozen=True)
class Text:
    waits: Counted


def test_without_care_for_numbers_each_wording_is_a_sentence():
    assert leaves(Text(counted("1 day", "{count} days"))) == {
        "waits.forms.one": "1 day",
        "waits.forms.other": "{count} days",
    }
