from dataclasses import fields

import pytest

from tests.api.bodies import post, problem
from tests.cast import make_patient
from tests.statements import EVERY_REQUEST
from tracker.api.worklist import LabelCountSerializer, WorklistLineSerializer, WorklistSerializer
from tracker.queries.worklist import LabelCount, Worklist, WorklistLine

pytestmark = pytest.mark.django_db
URL = "/api/v1/worklist/"


def test_a_line_says_how_the_patient_does(desk, our):
    our.log(dict.fromkeys(range(-7, 0), 8) | {9: 4, 10: 3})
    said = desk.get(URL).json()
    (line,) = said["lines"]
    assert line | {"label": "", "title": "", "reasons": [], "attention": ""} == {
        "patient": str(our.patient.public_id),
        "name": "Quill, Ada",
        "record_number": "harbour-1",
        "day": 10,
        "label": "",
        "title": "",
        "attention": "",
        "reasons": [],
        "last_day": 10,
        "last_pain": 3,
        "last_source": "patient",
        "change": -5.0,
        "silent_days": 0,
    }
    assert said["labels"] == [{"label": line["label"], "title": line["title"], "patients": 1}]
    assert said["next_cursor"] is None


@pytest.mark.parametrize(
    ("serializer", "row"),
    [
        (WorklistLineSerializer, WorklistLine),
        (LabelCountSerializer, LabelCount),
        (WorklistSerializer, Worklist),
    ],
)
def test_every_field_is_one_of_the_query(serializer, row):
    """A serializer reads a missing attribute as null without a word where null is allowed."""
    sources = {field.source or name for name, field in serializer._declared_fields.items()}
    assert sources <= {field.name for field in fields(row)}


def test_search_label_sort_and_pages_work_together(desk, our):
    for number in range(5):
        make_patient(our.clinic, given="Bo", family=f"Reed{number}", number=f"r-{number}")
    asked = {"search": "reed", "sort": "name", "size": 2, "label": "no_injection"}
    names, cursor = [], ""
    while cursor is not None:
        page = post(desk, URL, asked | ({"cursor": cursor} if cursor else {})).json()
        names += [line["name"] for line in page["lines"]]
        cursor = page["next_cursor"]
    assert names == [f"Reed{number}, Bo" for number in range(5)]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"sort": "mood"}, "sort"),
        ({"size": 0}, "size"),
        ({"size": 501}, "size"),
        ({"size": "many"}, "size"),
        ({"cursor": "x"}, "cursor"),
        ({"cursor": "W10="}, "cursor"),
        ({"search": "Quill"}, "search"),  # no name in an address
        ({"label": "\0"}, "label"),
        ({"patient": "1"}, "patient"),
    ],
)
def test_a_wrong_question_is_refused_by_the_name_of_its_field(desk, query, field):
    assert problem(desk.get(URL, query)) == (400, "invalid", [field])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "search"),
        ({"search": ""}, "search"),
        ({"search": "x" * 101}, "search"),
        ({"search": "\0"}, "search"),
        ({"search": "Quill", "cursor": "Quill"}, "cursor"),
        ({"search": "Quill", "patient": "1"}, "patient"),
        ({"search": 7}, "search"),  # a value of another kind is not turned into the right one
        ({"search": "Quill", "label": 278}, "label"),
        ({"search": "Quill", "cursor": True}, "cursor"),
        ({"search": "Quill", "size": "2"}, "size"),
        ({"search": "Quill", "size": True}, "size"),
    ],
)
def test_a_wrong_search_is_refused_by_the_name_of_its_field(desk, body, field):
    assert problem(post(desk, URL, body)) == (400, "invalid", [field])


def test_a_search_of_another_clinic_finds_nobody(desk, their):
    assert post(desk, URL, {"search": "Zanzibar"}).json() == {"lines": [], "labels": [], "next_cursor": None}


def test_the_number_of_statements_does_not_grow_with_the_patients(desk, our, django_assert_num_queries):
    with django_assert_num_queries(5 + EVERY_REQUEST):  # session, user, membership; lines, labels
        desk.get(URL)
    for number in range(20):
        make_patient(our.clinic, given="Bo", family=f"Reed{number}", number=f"r-{number}")
    with django_assert_num_queries(5 + EVERY_REQUEST):
        assert len(desk.get(URL).json()["lines"]) == 21
