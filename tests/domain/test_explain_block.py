"""One sentence behind each result of a block, with the figures that made it."""

from __future__ import annotations

import pytest

from tracker.domain.diagnostic import BlockResult, assess_block
from tracker.domain.explain_block import block_reasons

CASES = [
    (
        8,
        ((15, 2), (30, 1), (60, 1), (120, 1), (180, 3)),
        "from 30 to 120 minutes after it; the best was 87.5 % relief",
    ),
    (7, ((15, 4), (30, 3), (60, 3), (120, 4)), "57.1 % relief: 50 % or more, under the cut-off of 80 %"),
    (7, ((15, 7), (30, 8), (60, 7)), "0.0 % relief: under 50 %"),
    (3, ((15, 0), (30, 0)), "before the block was 3: from 4 on"),
    (8, ((30, 1), (60, 4), (120, 6)), "The cut-off of 80 % was reached (87.5 %), but no reading beside it"),
    (8, ((300, 1),), "a reading within 15 to 60 minutes and 2 readings within 120 minutes"),
    (None, ((30, 1), (60, 1)), "It takes a score before the block"),
]


@pytest.mark.parametrize(("before", "readings", "words"), CASES)
def test_a_result_is_told_with_its_figures(before, readings, words):
    (reason,) = block_reasons(assess_block(before, readings), before)
    assert words in reason.sentence


def test_every_result_has_its_sentence():
    assert {assess_block(before, readings).result for before, readings, _ in CASES} == set(BlockResult)


def test_a_pain_reliever_is_the_reason_whatever_the_readings_say():
    found = assess_block(8, ((15, 1), (30, 1)), rescue_analgesic=True)
    (reason,) = block_reasons(found, 8, rescue=True)
    assert found.result is BlockResult.NOT_ASSESSABLE and "pain reliever" in reason.sentence
