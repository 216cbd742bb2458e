"""Answered forms in a phone's outbox, beside its diary days."""

import uuid

import pytest

from tests.api.bodies import SYNC, entry, post
from tests.cast import TODAY
from tracker.models import DiaryEntry, Response

pytestmark = pytest.mark.django_db


def answered(form="pgic", said=None, **more):
    return {
        "client_id": str(uuid.uuid4()),
        "form": form,
        "day": TODAY.isoformat(),
        "said": {"change": 2} if said is None else said,
        "entered_at": "2026-05-20T19:10:00Z",
    } | more


def sync(phone, *changes):
    answer = post(phone, SYNC, {"changes": list(changes)})
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def test_days_and_forms_go_in_one_letter_and_are_answered_in_order(phone):
    first, day, last = answered(), entry(), answered("peg", {"pain": 5, "enjoyment": 4, "activity": 3})
    results = sync(phone, first, day, last)
    assert [result["client_id"] for result in results] == [one["client_id"] for one in (first, day, last)]
    assert {result["status"] for result in results} == {"created"}
    assert (DiaryEntry.objects.count(), Response.objects.count()) == (1, 2)


def test_what_is_sent_again_after_a_lost_answer_is_a_duplicate(phone):
    one = answered()
    sync(phone, one)
    assert [result["status"] for result in sync(phone, one, one)] == ["duplicate", "duplicate"]
    assert sync(phone, one | {"said": {"change": 7}})[0]["status"] == "id_reused"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"form": "weather"}, "form"),
        ({"form": 7}, "form"),
        ({"form": "x" * 13}, "form"),
        ({"said": None}, "said"),
        ({"said": [{"change": 2}] * 100}, "said"),
        ({"said": {"change": 9}}, "change"),
        ({"said": {"change": 2, "x" * 10_000: 1}}, "said"),
        ({"part": 3}, "part"),
        ({"day": "2026-05-22"}, "day"),
        ({"day": "yesterday"}, "day"),
        ({"entered_at": "19:10"}, "entered_at"),
        ({"pain": 3}, "pain"),
    ],
)
def test_a_form_that_cannot_be_right_is_named_and_blocks_no_other(phone, wrong, field):
    refused, taken = sync(phone, answered() | wrong, answered())
    assert (refused["status"], taken["status"]) == ("invalid", "created")
    assert refused["errors"][0]["field"] == field and refused["errors"][0]["message"]


def test_a_form_deeply_nested_is_no_error_of_ours(phone):
    deep: object = 1
    for _ in range(10):
        deep = [deep]
    assert sync(phone, answered(said={"change": deep}))[0]["status"] == "invalid"
