"""Catalogues keep what is the same, take what is new, and know when they have to be compiled again."""

from __future__ import annotations

import io
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command

from tracker.checks import translations_are_compiled
from tracker.management import catalogues, compiling
from tracker.management.extraction import Message

HEAD = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'


@pytest.fixture
def spanish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue of three sentences, one of which the product says no more."""
    path = tmp_path / "django.po"
    path.write_text(
        f'{HEAD}\n#, fuzzy\nmsgid "Save"\nmsgstr "Guardar"\n\n'
        'msgid "Old"\nmsgstr "Viejo"\n\nmsgid "Back"\nmsgstr "Volver"\n'
    )
    found = [Message("Back", "a.html"), Message("Save", "b.html"), Message("1 day", "c.py", plural="many")]
    monkeypatch.setattr(catalogues, "catalogues", lambda: {"es": path})
    monkeypatch.setattr(compiling, "catalogues", lambda: {"es": path})
    monkeypatch.setattr(catalogues, "messages", lambda: found)
    return path


def test_what_is_the_same_keeps_its_translation_and_what_is_gone_goes(spanish):
    assert catalogues.collect_all() == ["es"]
    kept = {one.msgid: one for one in polib.pofile(str(spanish))}
    assert list(kept) == ["Back", "Save", "1 day"]
    assert kept["Back"].msgstr == "Volver" and kept["Save"].fuzzy
    assert kept["1 day"].msgstr_plural == {0: "", 1: ""}
    assert catalogues.collect_all() == []


def test_looking_changes_nothing(spanish):
    before = spanish.read_text()
    assert catalogues.collect_all(only_look=True) == ["es"]
    assert spanish.read_text() == before
    with pytest.raises(CommandError, match="collect_texts"):
        call_command("collect_texts", "--check", stdout=io.StringIO())


def test_a_catalogue_is_compiled_once_and_again_when_it_changes(spanish):
    assert compiling.compile_all() == ["es"]
    assert compiling.compile_all() == []
    spanish.write_text(spanish.read_text().replace("Volver", "Atrás"))
    assert not compiling.is_compiled(spanish)
    assert compiling.compile_all() == ["es"]
    assert [one.msgstr for one in polib.mofile(str(spanish.with_suffix(".mo")))] == ["Atrás", "Viejo"]


def test_who_starts_without_compiled_translations_is_told_what_to_do(spanish, monkeypatch):
    monkeypatch.setattr("tracker.checks.catalogues", lambda: {"es": spanish})
    (said,) = translations_are_compiled(None)
    assert (said.id, said.hint) == ("onset.W009", "python manage.py compile_texts")
    compiling.compile_all()
    assert translations_are_compiled(None) == []
