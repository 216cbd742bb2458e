"""The security check-list names what proves each row, and every test that it names exists."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parents[2]
CHECKLIST = ROOT / "docs" / "security-checklist.md"
SIZES = {"A": 9, "B": 8, "C": 7, "D": 7, "E": 8, "F": 7, "G": 6, "H": 9, "I": 5, "J": 5, "K": 5}
IDS = [f"{letter}{number}" for letter, size in SIZES.items() for number in range(1, size + 1)]
STATES = ("shown", "partly", "later")
ROWS = re.findall(r"^\| ([A-K]\d+) \| (.+?) \| (.+?) \| (.+) \|$", CHECKLIST.read_text(), re.MULTILINE)


@cache
def functions(file: str) -> set[str]:
    """The tests of a file."""
    tree = ast.parse((ROOT / file).read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def is_evidence(named: str) -> bool:
    """Whether it is a test or a command, and exists."""
    file, _, test = named.partition("::")
    if file.startswith("tests/"):
        return (ROOT / file).exists() and (not test or test in functions(file))
    if found := re.fullmatch(r"manage\.py (\w+).*", named):
        return found[1] in get_commands()
    if found := re.fullmatch(r"make ([a-z-]+)", named):
        return re.search(rf"^{found[1]}:", (ROOT / "Makefile").read_text(), re.MULTILINE) is not None
    return False


def test_every_item_has_one_row_in_order():
    assert [number for number, *_ in ROWS] == IDS
    assert len(IDS) == 76


@pytest.mark.parametrize(("number", "what", "state", "by"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_has_a_state_and_what_it_rests_on(number, what, state, by):
    assert state in STATES
    named = re.findall(r"`([^`]+)`", by)
    shows = [one for one in named if is_evidence(one)]
    if state == "shown":
        assert shows and shows == named and "Missing" not in by
    if state == "partly":
        assert shows == named and shows and "Missing" in by
    if state == "later":
        assert not shows and len(by.split()) >= 2


def test_a_test_that_does_not_exist_would_be_noticed():
    assert is_evidence("tests/contracts/test_checklist.py::test_every_item_has_one_row_in_order")
    for named in (
        "tests/contracts/test_checklist.py::gone",
        "tests/gone.py",
        "make gone",
        "manage.py gone",
        "x",
    ):
        assert not is_evidence(named)


def test_no_name_is_given_twice_in_a_row():
    for number, _, _, by in ROWS:
        twice = [name for name, times in Counter(re.findall(r"`([^`]+)`", by)).items() if times > 1]
        assert twice == [], number


def test_the_threats_and_the_way_to_report_are_written_down():
    text = (ROOT / "SECURITY.md").read_text()
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[:3] == [
        "Reporting",
        "Whom we think of",
        "Protected today",
    ]
    assert "docs/security-checklist.md" in text
    for word in ("date of birth", "browser", "names", "root"):
        assert word in text.lower()
