"""What holds for every diary, whatever is written in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.baseline import Yardstick
from tracker.domain.diary import EpisodeDiary
from tracker.domain.labels import Label, PayerTest
from tracker.domain.progress import assess
from tracker.domain.study_days import study_day, timing
from tracker.domain.track import DayMark

scores = st.integers(0, 10)
levels = st.fractions(min_value=0, max_value=10, max_denominator=105)
few = settings(deadline=None, max_examples=60)


@st.composite
def diaries(draw, last_day: int = 40):
    """Diaries around one level of pain before and a few levels after, with holes."""
    pain = draw(st.dictionaries(st.integers(-7, -1), st.integers(3, 10), max_size=7))
    for day in range(1, last_day + 1):
        score = draw(st.one_of(st.none(), scores))
        if score is not None:
            pain[day] = score
    soreness = draw(st.dictionaries(st.integers(0, 14), scores, max_size=8))
    after = tuple(draw(st.lists(st.tuples(st.integers(0, 600), scores), max_size=3)))
    return EpisodeDiary(pain, soreness, draw(st.none() | scores), after, draw(st.none() | st.integers(1, 45)))


@few
@given(diaries(), st.integers(0, 40))
def test_no_day_after_the_as_of_day_changes_an_assessment(diary, as_of_day):
    known = replace(
        diary,
        pain={day: score for day, score in diary.pain.items() if day <= as_of_day},
        soreness={day: score for day, score in diary.soreness.items() if day <= as_of_day},
    )
    assert assess(diary, as_of_day=as_of_day) == assess(known, as_of_day=as_of_day)


RESPONDERS = {Label.RESPONDER, Label.DELAYED_RESPONDER, Label.RESPONDER_ONSET_UNCERTAIN}


@few
@given(diaries(), st.integers(14, 40))
def test_a_class_agrees_with_its_threshold(diary, as_of_day):
    found = assess(diary, as_of_day=as_of_day)
    if found.day14_mean is None or found.baseline is None or found.label == Label.LATE_RESPONDER:
        return
    lower = found.baseline - found.day14_mean
    meets50 = lower >= found.baseline / 2 and lower >= 2
    meets30 = lower >= found.baseline * Fraction(3, 10) and lower >= 1
    assert (found.label in RESPONDERS) == meets50
    assert (found.label == Label.PARTIAL_RESPONDER) == (meets30 and not meets50)
    assert found.percent_relief == 100 * lower / found.baseline


@few
@given(diaries(last_day=130), st.integers(80, 130))
def test_the_three_month_test_is_never_met_under_90_documented_days(diary, as_of_day):
    found = assess(replace(diary, next_injection_day=None), as_of_day=as_of_day)
    met = found.payer_3month in (PayerTest.MET, PayerTest.MET_BASELINE_LIMITED)
    assert met == (found.relief_days is not None and found.relief_days >= 90)


@few
@given(st.integers(60, 110), st.integers(60, 130), st.integers(0, 3))
def test_the_three_month_test_counts_documented_days_alone(last_day, as_of_day, before):
    relief = dict.fromkeys(range(1, last_day + 1), 2)
    diary = EpisodeDiary({**{-1 - n: 7 for n in range(before)}, **relief}, {}, before=7)
    found = assess(diary, as_of_day=as_of_day)
    met = PayerTest.MET if before == 3 else PayerTest.MET_BASELINE_LIMITED
    assert (found.payer_3month == met) == (min(last_day, as_of_day) >= 90)


INJECTED_ON = date(2026, 10, 20)
ZONE = ZoneInfo("America/Denver")


def _mark(on: date, pain: int, *, days_later: int, injected_on: date) -> DayMark:
    made = datetime(on.year, on.month, on.day, 19, tzinfo=ZONE) + timedelta(days=days_later)
    when = timing(on, entered_at=made, received_at=made.astimezone(UTC), zone=ZONE, skew=timedelta())
    return DayMark(study_day(on, injected_on=injected_on), pain, None, when)


def _marks(entries, injected_on: date) -> list[DayMark]:
    return [
        _mark(injected_on + timedelta(days=day), pain, days_later=later, injected_on=injected_on)
        for day, (pain, later) in entries.items()
    ]


entries_by_day = st.dictionaries(
    st.integers(-7, 20).filter(bool), st.tuples(scores, st.integers(0, 2)), max_size=25
)


@few
@given(entries_by_day, st.integers(1, 20), scores, st.integers(3, 30))
def test_an_entry_made_too_late_changes_nothing(entries, day, pain, days_later):
    without = {one: entry for one, entry in entries.items() if one != day}
    marks = _marks(without, INJECTED_ON)
    late = _mark(INJECTED_ON + timedelta(days=day), pain, days_later=days_later, injected_on=INJECTED_ON)
    found = [assess(EpisodeDiary.from_marks(some), as_of_day=20) for some in (marks, [*marks, late])]
    assert found[0] == found[1]


@few
@given(entries_by_day, st.integers(-800, 800))
def test_shifting_all_dates_changes_nothing(entries, shift):
    found = [
        assess(EpisodeDiary.from_marks(_marks(entries, injected_on)), as_of_day=20)
        for injected_on in (INJECTED_ON, INJECTED_ON + timedelta(days=shift))
    ]
    assert found[0] == found[1]


@settings(deadline=None, max_examples=300)
@given(levels, levels)
def test_half_the_pain_is_a_third_less_as_well_and_never_worse(baseline, mean):
    yardstick = Yardstick.of(baseline)
    half = yardstick.half.met_by(mean.numerator, mean.denominator)
    moderate = yardstick.moderate.met_by(mean.numerator, mean.denominator)
    assert half == (baseline - mean >= baseline / 2 and baseline - mean >= 2)
    assert moderate == (baseline - mean >= baseline * Fraction(3, 10) and baseline - mean >= 1)
    assert yardstick.is_worse(mean) == (mean > baseline and mean >= min(baseline + 2, Fraction(10)))
    assert moderate or not half
    assert not (moderate and yardstick.is_worse(mean))


@settings(deadline=None, max_examples=100)
@given(levels)
def test_the_truth_tables_of_whole_scores_say_what_the_exact_comparison_says(baseline):
    yardstick = Yardstick.of(baseline)
    for score in range(11):
        assert yardstick.half.by_score[score] == yardstick.half.met_by(score, 1)
        assert yardstick.moderate.by_score[score] == yardstick.moderate.met_by(score, 1)
        assert yardstick.worse[score] == yardstick.is_worse(Fraction(score))
