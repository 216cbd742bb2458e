"""A clinic's wording as its patients read it."""

from __future__ import annotations

import pytest

from tests.cast import NOW
from tests.scopes import inside
from tracker.actions import clinic_texts
from tracker.content.calling import CALLING
from tracker.content.course import COURSE
from tracker.domain.roles import Role
from tracker.models import Clinic, ClinicText
from tracker.queries.clinic_texts import sentence_sheet, worded

pytestmark = pytest.mark.django_db

NOTE = "calling.usual.note"


def word(cast, text, *, name=NOTE, language="en"):
    by = cast.staff[Role.ADMINISTRATOR]
    clinic_texts.write(by=by, language=language, name=name, text=text, now=NOW)


def note(cast, language="en"):
    clinic = Clinic.objects.get(pk=cast.clinic.pk)
    return worded("calling", CALLING, language, clinic=clinic).usual.note


def test_a_wording_stands_until_it_is_taken_back(our):
    shipped = CALLING["en"].usual.note
    assert note(our) == shipped
    word(our, "Not sure? Ask us.")
    assert note(our) == "Not sure? Ask us."
    word(our, "Ask us at any time.")
    assert note(our) == "Ask us at any time."
    word(our, "")
    assert note(our) == shipped
    assert list(ClinicText.objects.order_by("id").values_list("text", flat=True)) == [
        "Not sure? Ask us.",
        "Ask us at any time.",
        "",
    ]


def test_another_clinic_reads_its_own(our, their):
    word(our, "Ours.")
    with inside(their):
        assert note(their) == CALLING["en"].usual.note
        word(their, "Theirs.")
        assert note(their) == "Theirs."
    assert note(our) == "Ours."


def test_without_a_clinic_the_shipped_text_is_read(our):
    word(our, "Ours.")
    assert worded("calling", CALLING, "en", clinic=None) is CALLING["en"]


def test_a_wording_costs_no_statement_once_it_was_read(our, django_assert_num_queries):
    clinic = Clinic.objects.get(pk=our.clinic.pk)
    with django_assert_num_queries(0):
        worded("course", COURSE, "en", clinic=clinic)
    word(our, "Ours.")
    clinic.refresh_from_db()
    with django_assert_num_queries(1):
        worded("calling", CALLING, "en", clinic=clinic)
        worded("course", COURSE, "en", clinic=clinic)
    with django_assert_num_queries(0):
        assert worded("calling", CALLING, "en", clinic=clinic).usual.note == "Ours."


def test_a_sentence_has_its_history_and_its_reading_grade(our, django_assert_num_queries):
    word(our, "Ask us.")
    word(our, "Consultation of institutional representatives is recommended.")
    with django_assert_num_queries(1):
        sheet = sentence_sheet(actor=our.staff[Role.ADMINISTRATOR], language="en", name=NOTE)
    assert [one.text for one in sheet.history][1] == "Ask us."
    assert sheet.sentence.own_grade > 6 > sheet.sentence.shipped_grade
