"""The words in the picture name the days that the rules name."""

from __future__ import annotations

from tracker.charts.labels import labels_for


def test_the_phases_are_those_of_the_timeline() -> None:
    labels = labels_for("en")
    assert [(one.key, one.first, one.last, one.legend) for one in (*labels.phases, labels.sore_spot)] == [
        ("before", -7, -1, ""),
        ("numbing", 0, 0, "Numbing, day 0"),
        ("onset", 2, 5, "Steroid onset, days 2-5"),
        ("full", 6, 14, "Full effect, to day 14"),
        ("lasting", 15, None, ""),
        ("sore", 0, 2, "Sore spot, days 0-2"),
    ]
