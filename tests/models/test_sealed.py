"""Sealed columns: what goes in comes out, and nothing else ever does."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.db import connection, models
from hypothesis import given
from hypothesis import strategies as st

from tracker import tenancy
from tracker.models.sealed import CannotUnseal, SealedTextField, seal, unseal
from tracker.models.statements import Prepared, store

CONTEXT = "tracker_patient.email"
texts = st.text(st.characters(exclude_categories=["Cs"]))  # surrogates are no text that UTF-8 can hold


class Letter(models.Model):
    """A table for these tests only."""

    clinic_id = models.BigIntegerField(default=7)
    title = SealedTextField()
    answer = SealedTextField(null=True)
    pages = models.IntegerField(default=0)

    class Meta:
        app_label = "tests"


@pytest.fixture
def letters(db: None) -> Iterator[models.Manager[Letter]]:
    sql, params = connection.schema_editor().table_sql(Letter)
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("CREATE", "CREATE TEMPORARY", 1), params)
    with tenancy.clinic(7):
        yield Letter.objects


def stored(column: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM tests_letter ORDER BY id")
        return [value for (value,) in cursor.fetchall()]


# --- sealing --------------------------------------------------------------------------------------------


@given(texts)
def test_every_text_comes_back(text):
    assert unseal(seal(text, context=CONTEXT), context=CONTEXT) == text


@given(texts)
def test_the_same_text_never_looks_the_same(text):
    assert seal(text, context=CONTEXT) != seal(text, context=CONTEXT)


@given(texts, st.data())
def test_one_changed_bit_anywhere_is_noticed(text, data):
    raw = bytearray(base64.b64decode(seal(text, context=CONTEXT)))
    at = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[at // 8] ^= 1 << at % 8
    with pytest.raises(CannotUnseal):
        unseal(base64.b64encode(raw).decode(), context=CONTEXT)


@given(texts, st.data())
def test_a_value_cut_short_is_noticed(text, data):
    raw = base64.b64decode(seal(text, context=CONTEXT))
    short = raw[: data.draw(st.integers(0, len(raw) - 1))]
    with pytest.raises(CannotUnseal):
        unseal(base64.b64encode(short).decode(), context=CONTEXT)


@given(texts)
def test_a_text_that_was_never_sealed_is_not_taken_for_one(text):
    with pytest.raises(CannotUnseal):
        unseal(text, context=CONTEXT)


def test_a_value_moved_into_another_column_does_not_open():
    with pytest.raises(CannotUnseal, match=r"of tracker_patient\.phone"):
        unseal(seal("me@example.org", context=CONTEXT), context="tracker_patient.phone")


def test_another_key_raises_and_says_what_to_do_without_the_value(settings):
    sealed = seal("me@example.org", context=CONTEXT)
    settings.FIELD_KEYS = [secrets.token_bytes(32)]
    with pytest.raises(CannotUnseal, match="ONSET_FIELD_KEY") as error:
        unseal(sealed, context=CONTEXT)
    assert sealed not in str(error.value) and "example.org" not in str(error.value)


def test_an_older_key_opens_what_it_sealed_and_seals_no_more(settings):
    (older,), newer = settings.FIELD_KEYS, secrets.token_bytes(32)
    sealed = seal("before", context=CONTEXT)
    settings.FIELD_KEYS = [newer, older]
    assert unseal(sealed, context=CONTEXT) == "before"
    sealed_now = seal("after", context=CONTEXT)
    settings.FIELD_KEYS = [newer]
    assert unseal(sealed_now, context=CONTEXT) == "after"


def test_two_keys_may_share_an_id(settings, monkeypatch):
    monkeypatch.setattr("tracker.models.sealed._id", lambda key: b"\x07")
    one, other = secrets.token_bytes(32), secrets.token_bytes(32)
    settings.FIELD_KEYS = [one]
    sealed = seal("mine", context=CONTEXT)
    settings.FIELD_KEYS = [other, one]
    assert unseal(sealed, context=CONTEXT) == "mine"


# --- the column -----------------------------------------------------------------------------------------

ODD = ["0", "", " ", "naïve ☃", "a" * 10_000]


@pytest.mark.parametrize("text", ODD)
def test_a_column_gives_back_what_was_saved_and_holds_none_of_it(letters, text):
    letters.create(title=text, answer=None)
    assert letters.get().title == text
    (raw,) = stored("title")
    assert len(raw) >= 40 and "a" * 100 not in raw


def test_none_is_null_and_the_only_thing_one_can_ask_about(letters):
    letters.create(title="asked", answer=None)
    letters.create(title="answered", answer="")
    assert [letter.title for letter in letters.filter(answer__isnull=True)] == ["asked"]
    assert [letter.answer for letter in letters.filter(answer__isnull=False)] == [""]
    assert stored("answer")[0] is None


@pytest.mark.parametrize("lookup", ["title", "title__in", "title__contains", "title__gt", "title__length"])
def test_any_other_question_is_refused(letters, lookup):
    with pytest.raises(FieldError, match="is sealed"):
        letters.filter(**{lookup: "a"})


def test_every_way_of_writing_seals(letters):
    saved = letters.create(title="1")
    letters.bulk_create([Letter(title="2"), Letter(title="3")])
    store([Letter(title="4"), Letter(title="5", answer="five")])
    saved.title = "one"
    saved.save(update_fields=["title"])
    second = letters.order_by("pk")[1]
    second.title = "two"
    letters.bulk_update([second], ["title"])
    letters.filter(pk=second.pk + 1).update(title="three")
    assert [letter.title for letter in letters.order_by("pk")] == ["one", "two", "three", "4", "5"]
    assert all(len(raw) > 30 for raw in stored("title"))


def test_every_way_of_reading_opens(letters):
    letters.create(title="a", answer="b")
    letter = letters.only("pages").get()
    assert (letter.title, letter.answer) == ("a", "b")
    letters.update(title="c")
    letter.refresh_from_db()
    assert letter.title == "c"
    assert list(letters.values_list("title", "answer")) == [("c", "b")]
    assert [row.title for row in letters.raw("SELECT * FROM tests_letter")] == ["c"]
    (prepared,) = Prepared(letters.filter(answer__isnull=False)).rows(pages=0)
    assert (prepared.title, prepared.answer) == ("c", "b")


def test_a_value_from_another_column_or_in_clear_is_never_returned(letters):
    letters.create(title="a", answer="b")
    for copied in ("answer", "'in clear'", "''"):
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE tests_letter SET title = {copied}")
        with pytest.raises(CannotUnseal, match=r"tests_letter\.title"):
            letters.get()
