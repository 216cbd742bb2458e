"""What can go wrong with a diary on a phone: a test is marked with the number of each row."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]

FAILURES = {
    1: "an entry without a network, and a reload",
    2: "the answer is lost, after the server has kept the entry",
    3: "the same id with other contents, or from another patient",
    4: "one day from two phones, in any order",
    5: "a correction against another phone's entry",
    6: "one bad entry among good ones",
    7: "the session is over",
    8: "the session is over, and the outbox has its own key",
    9: "that key is taken back, copied, or used too often",
    10: "the CSRF token changed in another tab",
    11: "another person signs in",
    12: "signing out, with a second tab open",
    13: "signing out without a network, with entries that were not sent",
    14: "what stays on the disk after signing out",
    15: "two tabs send",
    16: "page and worker send at once",
    17: "Background Sync, with no page open",
    18: "no Background Sync",
    19: "a network that never answers",
    20: "an error of the server, or a hotel's sign-in page",
    21: "the phone is full",
    22: "the browser threw the store away",
    23: "no IndexedDB",
    24: "a new release, with a half-filled form and two tabs",
    25: "a new release with a broken file",
    26: "an old page with a new server, a new page with an old store",
    27: "the app is switched off",
    28: "clock changes, odd offsets, four in the morning",
    29: "a page left open over midnight",
    30: "a flight across time zones",
    31: "a clock that is years wrong",
    32: "a zone name that is old or unknown",
    33: "days before the injection, far back, or to come",
    34: "no network, and a page that is not kept",
    35: "a redirect among what is to be kept",
    36: "another language without a network",
    37: "back to a page that the browser froze",
    38: "a push service that refuses or does not answer",
    39: "a notification is tapped",
    40: "too heavy, a third party, a breach of the policy, a cache that holds a diary",
    41: "keyboard only, and what a machine finds of inaccessibility",
    42: "no JavaScript",
}
MISSING: set[int] = set()
"""Rows that nothing is built for yet."""


@cache
def tried() -> dict[int, set[str]]:
    """By row, the tests that are marked with it."""
    found: dict[int, set[str]] = {}
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.FunctionDef):
                continue
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.row":
                    for number in mark.args:
                        found.setdefault(ast.literal_eval(number), set()).add(node.name)
    return found


def test_the_list_is_whole():
    assert list(FAILURES) == list(range(1, 43))


def test_every_row_has_a_test_or_is_said_to_have_none():
    assert set(FAILURES) - set(tried()) == MISSING


def test_a_mark_names_a_row_of_the_list():
    assert set(tried()) <= set(FAILURES)
