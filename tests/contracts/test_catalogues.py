"""Translations: none is missing or doubtful, none lost a gap, and no page forgot to ask for one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation import ngettext, override

from tracker.content.counted import KINDS_OF, SAMPLES, Counted, kind_of
from tracker.management.catalogues import collect_all
from tracker.management.compiling import catalogues, is_compiled

TEMPLATES = Path(settings.BASE_DIR) / "templates"
OF_STAFF = ("account/", "clinic/", "mfa/", "403.html", "429.html")
"""Pages that only staff meet. They are English."""
SAME_IN_EVERY_LANGUAGE = {"Onset", "Android", "mg/dL"}
CATALOGUES = {language: polib.pofile(str(path)) for language, path in catalogues().items()}

every_catalogue = pytest.mark.parametrize("language", sorted(CATALOGUES))


def wordings(entry: polib.POEntry) -> dict[str, str]:
    """What a catalogue says, by kind of number where the sentence has one."""
    if not entry.msgid_plural:
        return {"": entry.msgstr}
    return {str(number): text for number, text in entry.msgstr_plural.items()}


def gaps(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w+\}|%\(\w+\)s", text))


def tags(text: str) -> list[str]:
    return sorted(re.findall(r"<[^<>]+>", text))


def test_there_is_a_catalogue_for_each_language():
    assert sorted(CATALOGUES) == sorted(code for code, _ in settings.LANGUAGES if code != "en")
    assert all(len(catalogue) > 500 for catalogue in CATALOGUES.values())


def test_catalogues_are_up_to_date_with_the_source():
    assert collect_all(only_look=True) == [], "run: python manage.py collect_texts"


@every_catalogue
def test_no_translation_is_missing_or_doubtful(language):
    missing = [one.msgid for one in CATALOGUES[language] if not all(wordings(one).values())]
    doubtful = [one.msgid for one in CATALOGUES[language] if one.fuzzy or one.obsolete]
    assert (missing, doubtful) == ([], [])


@every_catalogue
def test_a_translation_has_the_gaps_and_the_marks_of_its_sentence(language):
    for entry in CATALOGUES[language]:
        for number, said in wordings(entry).items():
            wanted = gaps(entry.msgid_plural or entry.msgid)
            may_lack = wanted if entry.msgid_plural and is_one_number(language, int(number)) else []
            assert set(wanted) - set(may_lack) <= set(gaps(said)) <= set(wanted), said
            assert tags(said) == tags(entry.msgid), said


def is_one_number(language: str, number: int) -> bool:
    """Whether a wording is for a single number, and may have it in words: "two days"."""
    return KINDS_OF[language][number] in ("zero", "one", "two")


@every_catalogue
def test_a_translation_begins_and_ends_as_its_sentence_does(language):
    for entry in CATALOGUES[language]:
        for said in wordings(entry).values():
            assert said == said.strip() or entry.msgid != entry.msgid.strip(), said
            assert said.endswith("\n") == entry.msgid.endswith("\n"), said


@every_catalogue
def test_digits_are_the_same_in_every_language(language):
    foreign = re.compile(r"[٠-٩۰-۹]")
    assert [one.msgid for one in CATALOGUES[language] if foreign.search(str(wordings(one)))] == []


@pytest.mark.parametrize("language", sorted(KINDS_OF))
def test_kinds_of_number_are_those_of_the_catalogue(language):
    one, other = "%(days)s day to go", "%(days)s days to go"
    with override(language):
        by_kind = {kind: ngettext(one, other, SAMPLES[kind]) for kind in KINDS_OF[language]}
        for count in range(250):
            assert by_kind[kind_of(count, by_kind)] == ngettext(one, other, count), count


def test_a_counted_sentence_says_its_number():
    text = Counted({"one": "one day", "two": "two days", "other": "{count} days"})
    assert [text.of(count) for count in (0, 1, 2, 5)] == ["0 days", "one day", "two days", "5 days"]


def test_what_is_compiled_is_what_is_written():
    assert all(is_compiled(path) for path in catalogues().values())


# --- Pages ----------------------------------------------------------------------------------------


def patients_templates() -> list[str]:
    names = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
    return [name for name in names if not name.startswith(OF_STAFF)]


def words_left(source: str) -> Iterator[str]:
    """Words of a template that nothing translates: between tags, and in the attributes that are read out."""
    source = re.sub(r"\{% blocktranslate.*?endblocktranslate %\}", "", source, flags=re.S)
    source = re.sub(r"\{% block body_class %\}.*?\{% endblock %\}", "", source)
    source = re.sub(r"\{[%#{].*?[%#}]\}", "", source)
    yield from re.findall(r'(?:aria-label|alt|placeholder|title)="([^"]*[a-z][^"]*)"', source)
    for text in re.sub(r"<[^<>]*>", "\n", source).splitlines():
        if re.search(r"[A-Za-z]{2}", text):
            yield text.strip(" –")


@pytest.mark.parametrize("name", patients_templates())
def test_a_patients_page_has_no_words_that_stay_english(name):
    assert set(words_left((TEMPLATES / name).read_text())) <= SAME_IN_EVERY_LANGUAGE


def test_words_that_stay_english_are_found():
    assert list(words_left('<p>{% translate "Save" %} now</p>')) == ["now"]
    assert list(words_left('<nav aria-label="Pages">{{ name }}</nav>')) == ["Pages"]
