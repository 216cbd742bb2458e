"""A track keeps every mark, a byte a day."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.track import (
    EMPTY_CODE,
    FIRST_DAY,
    LAST_DAY,
    DayMark,
    Source,
    Timing,
    pack,
    source_on,
    unpack,
)

scores = st.none() | st.integers(0, 10)
marks = st.builds(
    DayMark,
    day=st.integers(FIRST_DAY, LAST_DAY),
    pain=scores,
    soreness=scores,
    timing=st.sampled_from(Timing),
    edited=st.booleans(),
    source=st.sampled_from(Source),
).filter(lambda mark: (mark.pain, mark.soreness) != (None, None))
tracks = st.lists(marks, unique_by=lambda mark: mark.day, max_size=60)


@settings(deadline=None, max_examples=100)
@given(tracks)
def test_what_is_packed_comes_back_in_order_of_the_day(track):
    assert unpack(*pack(track)) == tuple(sorted(track, key=lambda mark: mark.day))


@settings(deadline=None, max_examples=100)
@given(tracks, tracks)
def test_marks_packed_into_a_track_replace_their_days_and_leave_the_others(old, new):
    merged = {mark.day: mark for mark in [*old, *new]}
    assert pack(new, into=pack(old)) == pack(merged.values())


@settings(deadline=None, max_examples=50)
@given(tracks)
def test_both_strings_end_with_the_last_day(track):
    codes, provenance = pack(track)
    last = max((mark.day for mark in track), default=FIRST_DAY - 1)
    assert len(codes) == len(provenance) == last - FIRST_DAY + 1


@settings(deadline=None, max_examples=50)
@given(tracks)
def test_who_entered_a_day_can_be_read_alone(track):
    _, provenance = pack(track)
    assert all(source_on(provenance, mark.day) == mark.source for mark in track)
    assert source_on(provenance, FIRST_DAY - 1) is source_on(provenance, LAST_DAY + 1) is None


def test_an_empty_track_is_two_empty_strings():
    assert pack([]) == (b"", b"")
    assert unpack(b"", b"") == ()


def test_days_outside_the_track_are_left_out():
    outside = [DayMark(FIRST_DAY - 1, 5, None), DayMark(LAST_DAY + 1, 5, None)]
    assert pack(outside) == (b"", b"")


def test_a_day_without_an_entry_holds_the_empty_code():
    codes, provenance = pack([DayMark(FIRST_DAY, 7, 0), DayMark(FIRST_DAY + 2, 0, None)])
    assert codes == bytes([0x07, EMPTY_CODE, 0xF0])
    assert provenance == bytes(3)


def test_only_a_live_or_late_entry_is_scored():
    scored = {timing for timing in Timing if DayMark(1, 5, None, timing).is_scored}
    assert scored == {Timing.LIVE, Timing.LATE}
