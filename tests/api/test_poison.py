"""Bodies made to break a reader: each is refused with a problem, none is a fault of the server."""

import gzip
import json

import pytest

from tests.api.bodies import ENTRIES, SYNC, entry, problem
from tracker.api.parsers import DEEPEST, parse
from tracker.models import DiaryEntry

pytestmark = pytest.mark.django_db

GOOD = json.dumps(entry()).encode()

POISON = {
    "nothing": b"",
    "a blank": b" ",
    "not JSON": b"pain=4",
    "cut off": GOOD[:-10],
    "two values": GOOD + GOOD,
    "something behind it": GOOD + b"]",
    "a list": b"[]",
    "a list around it": b"[" + GOOD + b"]",
    "null": b"null",
    "a number": b"4",
    "a text": b'"pain"',
    "an empty object": b"{}",
    "a bomb of lists": b"[" * 100_000,
    "a closed bomb of lists": b"[" * 100_000 + b"]" * 100_000,
    "a bomb of objects": b'{"a":' * 40_000 + b"1" + b"}" * 40_000,
    "a deep field": b'{"pain":' + b"[" * 30 + b"]" * 30 + b"}",
    "NaN": GOOD.replace(b'"pain": 4', b'"pain": NaN'),
    "Infinity": GOOD.replace(b'"pain": 4', b'"pain": Infinity'),
    "minus Infinity": GOOD.replace(b'"pain": 4', b'"pain": -Infinity'),
    "a float beyond floats": GOOD.replace(b'"pain": 4', b'"pain": 1e999'),
    "a huge integer": GOOD.replace(b'"pain": 4', b'"pain": ' + b"9" * 4000),
    "an integer beyond Python's limit": GOOD.replace(b'"pain": 4', b'"pain": ' + b"9" * 9000),
    "minus zero as a float": GOOD.replace(b'"pain": 4', b'"pain": -0.0'),
    "a byte order mark": b"\xef\xbb\xbf" + GOOD,
    "UTF-16": GOOD.decode().encode("utf-16"),
    "Latin-1": b'{"client_id": "\xe4"}',
    "half a pair as a name": b'{"\\ud800": 1}',
    "half a pair as a value": b'{"client_id": "\\ud800"}',
    "a NUL as a name": b'{"\\u0000": 1}',
    "a NUL as a value": b'{"day": "2026-05-20\\u0000"}',
    "a raw control character": b'{"day": "\x00"}',
    "a name twice": GOOD[:-1] + b', "pain": 9}',
    "a name of Python's": b'{"__class__": 1, "__proto__": 2}',
    "single quotes": GOOD.replace(b'"', b"'"),
    "a comment": b"/* hi */" + GOOD,
    "a comma too many": GOOD[:-1] + b",}",
    "gzip": gzip.compress(GOOD),
}


@pytest.mark.parametrize("url", [ENTRIES, SYNC])
@pytest.mark.parametrize("body", POISON.values(), ids=POISON.keys())
def test_a_poisoned_body_is_refused_and_stores_nothing(phone, url, body):
    answer = phone.post(url, body, content_type="application/json")
    assert problem(answer)[0] == 400
    assert not DiaryEntry.objects.exists()


@pytest.mark.parametrize("change", [b"1", b"{}", b'"x"', b'{"client_id": "\\u0000"}', b"[[[[[[]]]]]]"])
def test_a_poisoned_change_is_answered_alone(phone, change):
    body = b'{"changes": [' + change + b"," + GOOD + b"]}"
    answer = phone.post(SYNC, body, content_type="application/json")
    assert [result["status"] for result in answer.json()["results"]] == ["invalid", "created"]


@pytest.mark.parametrize("url", [ENTRIES, SYNC])
def test_a_body_that_is_too_long_is_refused_as_such(phone, settings, url):
    longest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    for body in (b" " * (longest + 1), b"[" + b"1," * (longest // 2) + b"1]", b"x" * longest * 8):
        assert problem(phone.post(url, body, content_type="application/json"))[:2] == (413, "too-large")


def test_a_body_of_the_longest_length_is_read(phone, settings):
    body = GOOD.ljust(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    assert phone.post(ENTRIES, body, content_type="application/json").status_code == 201


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "text/html",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/xml",
        "application/octet-stream",
        "x",
        "",
    ],
)
def test_another_kind_of_body_is_refused_as_such(phone, content_type):
    assert problem(phone.post(ENTRIES, GOOD, content_type=content_type))[:2] == (415, "media-type")


def test_a_form_that_is_too_long_is_refused_before_it_is_read(phone, settings):
    phone.handler.enforce_csrf_checks = True  # the check for the token looks into forms
    body = b"csrfmiddlewaretoken=" + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    phone.cookies["csrf"] = "a" * 32
    answer = phone.post(ENTRIES, body, content_type="application/x-www-form-urlencoded")
    assert problem(answer)[0] in (403, 413, 415)


@pytest.mark.parametrize(
    "content_type", ["application/json", "application/json; charset=utf-8", "APPLICATION/JSON"]
)
def test_json_is_read_as_utf_8_whatever_the_charset_says(phone, content_type):
    assert phone.post(ENTRIES, GOOD, content_type=content_type).status_code == 201


def test_the_limit_of_depth_is_exact():
    assert parse(b"[" * DEEPEST + b"]" * DEEPEST)
    with pytest.raises(Exception, match="nested deeper"):
        parse(b"[" * (DEEPEST + 1) + b"]" * (DEEPEST + 1))


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused_and_say_which_are_not(phone, method):
    answer = getattr(phone, method)(ENTRIES, GOOD, content_type="application/json")
    assert problem(answer)[:2] == (405, "method")
    assert {"GET", "POST"} <= set(answer["Allow"].split(", "))


@pytest.mark.parametrize(
    "url", ["/api/", "/api/v1/", "/api/v2/entries/", "/api/v1/entries", "/api/v1/patients/7/entries/"]
)
def test_an_address_that_does_not_exist_is_a_problem_too(phone, url):
    assert problem(phone.post(url, GOOD, content_type="application/json"))[:2] == (404, "not-found")
    assert problem(phone.get(url))[:2] == (404, "not-found")


def test_an_answer_in_another_format_is_refused(phone):
    assert problem(phone.get(ENTRIES, headers={"accept": "application/xml"}))[:2] == (406, "not-acceptable")
