"""The list of mutations names what is there. What the tests say to them, `make mutations` shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contracts.test_failure_list import FAILURES, tried
from tests.mutations.rows import MUTATIONS

ROOT = Path(__file__).resolve().parents[2]
BY_OTHERS = {
    *(4, 5, 8, 9, 10, 11, 12, 13),
    *(15, 16, 17, 18, 19, 20, 21),
    *(31, 38, 39, 40),
}
"""Rows whose tests were seen to fail when they were written, and are not tried again."""


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: f"{one.row}-{one.file.rsplit('/')[-1]}")
def test_a_mutation_breaks_one_place_and_names_a_test_of_its_row(mutation):
    assert (ROOT / mutation.file).read_text().count(mutation.old) == 1
    path, name = mutation.test.split("::")
    assert (ROOT / path).exists()
    assert name.split("[")[0] in tried()[mutation.row]


def test_each_row_has_a_mutation_or_was_seen_to_fail():
    assert {one.row for one in MUTATIONS} | BY_OTHERS == set(FAILURES)
