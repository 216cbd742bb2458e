"""The diagnostic block by its table, and what the table leaves open."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tracker.domain.diagnostic import BlockResult, DiagnosticResult, assess_block, checkpoint_of

POSITIVE = ((15, 2), (30, 1), (60, 1), (120, 1), (180, 3), (240, 6), (300, 8))


@pytest.mark.parametrize(
    ("before", "readings", "expected"),
    [
        (8, POSITIVE, DiagnosticResult(BlockResult.POSITIVE, Fraction(175, 2), 30, 120)),
        (
            7,
            ((15, 4), (30, 3), (60, 3), (120, 4), (180, 6)),
            DiagnosticResult(BlockResult.PARTIAL, Fraction(400, 7)),
        ),
        (7, ((15, 7), (30, 6), (60, 7), (120, 7)), DiagnosticResult(BlockResult.NEGATIVE, Fraction(100, 7))),
        (3, ((15, 0), (30, 0), (60, 0)), DiagnosticResult(BlockResult.NOT_ASSESSABLE)),
        (8, ((30, 1), (60, 4), (120, 6)), DiagnosticResult(BlockResult.INDETERMINATE, Fraction(175, 2))),
        (8, ((300, 1),), DiagnosticResult(BlockResult.INSUFFICIENT_DATA)),
    ],
    ids=["positive", "partial", "negative", "not assessable", "single reading", "insufficient"],
)
def test_the_table_of_the_rules(before, readings, expected):
    assert assess_block(before, readings) == expected


def result_of(*readings, before=8, **others):
    return assess_block(before, readings, **others).result


def test_a_rescue_analgesic_leaves_nothing_to_judge():
    assert assess_block(8, POSITIVE, rescue_analgesic=True).result == BlockResult.NOT_ASSESSABLE


def test_without_right_now_before_the_block_there_is_no_data():
    assert result_of(*POSITIVE, before=None) == BlockResult.INSUFFICIENT_DATA


def test_before_of_four_can_be_judged():
    assert result_of((15, 0), (30, 0), before=4) == BlockResult.POSITIVE


def test_one_early_reading_is_too_few():
    assert result_of((15, 1), (180, 1)) == BlockResult.INSUFFICIENT_DATA


def test_two_readings_without_one_in_the_first_hour_are_too_few():
    assert result_of((120, 1), (180, 1)) == BlockResult.INSUFFICIENT_DATA


def test_the_cut_off_can_be_chosen():
    half = ((15, 4), (30, 4), (60, 6))
    assert result_of(*half) == BlockResult.PARTIAL
    assert result_of(*half, cut_off_percent=50) == BlockResult.POSITIVE
    assert result_of((15, 2), (30, 2), cut_off_percent=75) == BlockResult.POSITIVE


def test_the_cut_off_itself_is_reached():
    assert result_of((15, 2), (30, 2), before=10) == BlockResult.POSITIVE
    assert result_of((15, 3), (30, 3), before=10) == BlockResult.PARTIAL


def test_two_readings_at_the_cut_off_apart_from_each_other_stay_open():
    assert result_of((15, 1), (30, 5), (60, 1), (120, 5)) == BlockResult.INDETERMINATE


def test_a_run_that_begins_after_two_hours_stays_open():
    assert result_of((15, 7), (60, 7), (180, 1), (240, 1)) == BlockResult.INDETERMINATE


def test_a_run_that_begins_at_two_hours_counts():
    assert assess_block(8, [(15, 7), (120, 1), (180, 1)]) == DiagnosticResult(
        BlockResult.POSITIVE, Fraction(175, 2), 120, 180
    )


def test_the_order_of_the_readings_does_not_matter():
    assert assess_block(8, reversed(POSITIVE)) == assess_block(8, POSITIVE)


@pytest.mark.parametrize(
    ("minutes", "checkpoint"),
    [
        (9, None),
        (10, 15),
        (24, 15),
        (25, 30),
        (80, 60),
        (81, None),
        (94, None),
        (95, 120),
        (145, 120),
        (146, None),
        (505, 480),
        (506, None),
    ],
)
def test_a_reading_belongs_to_the_checkpoint_whose_window_holds_it(minutes, checkpoint):
    assert checkpoint_of(minutes) == checkpoint


def test_a_reading_outside_every_window_is_not_used():
    assert result_of((15, 7), (30, 7), (90, 0)) == BlockResult.NEGATIVE


def test_two_readings_of_one_checkpoint_do_not_confirm_each_other():
    found = assess_block(8, ((30, 1), (31, 1), (60, 4), (120, 6)))
    assert found.result == BlockResult.INDETERMINATE


def test_of_two_readings_of_a_checkpoint_the_nearest_counts():
    assert assess_block(8, ((28, 8), (30, 1), (60, 1))).result == BlockResult.POSITIVE
