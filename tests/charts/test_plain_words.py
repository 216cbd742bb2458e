from fractions import Fraction

from tracker.charts.chart import RecoveryChart
from tracker.charts.plain_words import plain_words
from tracker.domain.track import DayMark, Timing


def chart(*marks: DayMark, **more) -> RecoveryChart:
    given = {"baseline": Fraction(7), "baseline_quality": "good", "today": 16} | more
    return RecoveryChart(marks=marks, **given)


def test_a_course_is_told_in_short_sentences_with_its_figures():
    marks = [DayMark(1, 6, 4), DayMark(2, 5, 1), DayMark(4, 3, 0)]
    said = plain_words(chart(*marks, today=5, day14_mean=Fraction(5, 2), confidence="provisional"))
    assert said == (
        "Each dot is your average pain on one day, from 0 to 10.",
        "Before the injection it was 7.0 on average.",
        "You logged 3 days since then. Your last score is 3, for day 4.",
        "The line is open where nothing was logged: day 3.",
        "On days 12 to 16 it is 2.5 on average so far.",
        "The spot was sorest on day 1, with 4. You last felt it on day 2.",
    )


def test_nothing_logged_is_said_and_nothing_is_made_up():
    assert plain_words(chart(baseline=None, baseline_quality="none")) == (
        "Each dot is your average pain on one day, from 0 to 10.",
        "You have not logged a day since the injection yet.",
    )


def test_what_is_drawn_and_not_counted_is_named():
    marks = [DayMark(1, 6, None), DayMark(2, 5, None, Timing.RECALLED)]
    assert "Hollow rings and crosses are shown, but not counted." in plain_words(chart(*marks, today=3))


def test_no_word_needs_a_glossary():
    marks = [DayMark(day, 3, 0) for day in range(1, 17)]
    said = " ".join(plain_words(chart(*marks, day14_mean=Fraction(3), confidence="firm"))).lower()
    assert not [word for word in ("baseline", "read-out", "mean", "respond", "scored") if word in said]
