"""Each constant from both sides: the last day or point that counts, and the first that does not."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from tests.domain.cases import diary
from tracker.domain.diary import EpisodeDiary
from tracker.domain.progress import as_json, assess


def flat(score: int, first: int, last: int) -> dict[int, int]:
    return dict.fromkeys(range(first, last + 1), score)


def soreness(**by_day: int) -> EpisodeDiary:
    """Soreness by day, written d0=2, d3=1."""
    return EpisodeDiary({}, {int(day[1:]): score for day, score in by_day.items()})


def reading(before: int, minutes: int, score: int) -> EpisodeDiary:
    return EpisodeDiary({}, {}, before, ((minutes, score),))


UNEVEN = {**flat(1, 1, 14), 15: 2, 16: 1}
NO_RESPONSE = flat(6, 1, 24)

ROWS: list[tuple[str, EpisodeDiary, int, str, Any]] = [
    ("day -7 is in the baseline", EpisodeDiary({-7: 4}, {}), 0, "baseline", 4.0),
    ("day -8 is not", EpisodeDiary({-8: 4}, {}), 0, "baseline", None),
    ("3 days are good", EpisodeDiary(flat(6, -3, -1), {}), 0, "baseline_quality", "good"),
    ("2 days are limited", EpisodeDiary(flat(6, -2, -1), {}), 0, "baseline_quality", "limited"),
    ("60 % is no half at 1.8 points", diary(UNEVEN, baseline=3), 16, "label", "partial_responder"),
    ("30.0 % is a third", diary(flat(7, 1, 16), baseline=10), 16, "label", "partial_responder"),
    (
        "29.6 % is not",
        diary(flat(5, 1, 16), baseline_override=Fraction("7.1")),
        16,
        "label",
        "non_responder",
    ),
    ("1 point up is not worse", diary(flat(6, 1, 16), baseline=5), 16, "label", "non_responder"),
    ("15 minutes count", reading(8, 15, 4), 0, "immediate", "yes"),
    ("14 minutes do not", reading(8, 14, 4), 0, "immediate", "unknown"),
    ("480 minutes count", reading(8, 480, 4), 0, "immediate", "yes"),
    ("481 minutes do not", reading(8, 481, 4), 0, "immediate", "unknown"),
    ("44 % is no immediate response", reading(9, 30, 5), 0, "immediate", "no"),
    ("80 % is strong", reading(10, 30, 2), 0, "immediate", "strong"),
    ("78 % is not strong", reading(9, 30, 2), 0, "immediate", "yes"),
    ("2 points of 3 are a response", reading(3, 30, 1), 0, "immediate", "yes"),
    ("the third day confirms an onset", diary({1: 3, 3: 3, 4: 10, 5: 10}), 5, "onset_day", 1),
    ("the fourth day does not undo it", diary({1: 3, 2: 3, 4: 10}), 4, "onset_day", 1),
    ("the fifth day may confirm alone", diary({1: 4, 5: 4}), 5, "onset_day", 1),
    ("the sixth day may not", diary({1: 4, 6: 4}), 6, "onset_day", None),
    ("onset on day 5 is on track", diary({**flat(7, 1, 4), 5: 4, 6: 4}), 6, "label", "on_track"),
    ("onset on day 6 is delayed", diary({**flat(7, 1, 5), 6: 4, 7: 4}), 7, "label", "delayed_onset"),
    ("no onset on day 5 is awaited", diary(flat(7, 1, 5)), 5, "label", "awaiting_onset"),
    ("no onset on day 6 is slow", diary(flat(7, 1, 6)), 6, "label", "slower_than_usual"),
    ("day 13 shows no read-out", diary(flat(3, 1, 13)), 13, "day14_mean", None),
    ("day 13 counts its entries", diary(flat(3, 1, 13)), 13, "day14_n", 2),
    ("day 15 is provisional", diary(flat(3, 1, 15)), 15, "confidence", "provisional"),
    ("45 % is not borderline", diary({12: 5, 13: 6}, baseline=10), 16, "borderline", False),
    (
        "45.7 % is borderline",
        diary({**flat(4, 1, 15), 16: 3}),
        16,
        "borderline",
        True,
    ),
    ("day 27 is no late response", diary({**NO_RESPONSE, 26: 3, 27: 3}), 27, "label", "non_responder"),
    ("day 28 is one", diary({**NO_RESPONSE, 26: 3, 27: 3}), 28, "label", "late_responder"),
    ("day 25 is not in it", diary({**NO_RESPONSE, 25: 10, **flat(3, 26, 28)}), 28, "label", "late_responder"),
    ("day 26 is in it", diary({**NO_RESPONSE, 26: 9, 27: 3, 28: 3}), 28, "label", "non_responder"),
    ("day 30 is in it", diary({**NO_RESPONSE, 26: 3, 27: 3, 30: 10}), 31, "label", "non_responder"),
    ("day 31 is not in it", diary({**NO_RESPONSE, 26: 3, 27: 3, 31: 10}), 31, "label", "late_responder"),
    ("one entry is no late response", diary({**NO_RESPONSE, 28: 3}), 28, "label", "non_responder"),
    ("a worsened one stays worsened", diary({**flat(9, 1, 16), **flat(3, 26, 28)}), 28, "label", "worsened"),
    ("day 28 can be stale", diary(flat(3, 1, 16)), 28, "stale", True),
    ("day 29 cannot", diary(flat(3, 1, 16)), 29, "stale", False),
    ("2 days without an entry are not stale", diary(flat(3, 1, 16)), 18, "stale", False),
    ("2 days of silence are none", diary({1: 7, 2: 7}), 4, "label", "awaiting_onset"),
    ("3 days of silence", diary({1: 7, 2: 7}), 5, "label", "no_recent_data"),
    ("days before the onset do not", diary({**flat(7, 1, 6), 7: 4, 8: 4}), 8, "label", "delayed_onset"),
    ("the last 5 days fade", diary({**flat(4, 1, 4), 5: 6, 9: 6}), 9, "label", "fading_early"),
    ("one entry does not fade", diary({**flat(3, 1, 3), 4: 9, 9: 6}), 9, "label", "on_track"),
    ("3 entries are averaged", diary({**flat(3, 1, 6), 7: 2, 8: 6, 9: 6}), 9, "label", "on_track"),
    ("a fourth is not", diary({**flat(3, 1, 5), 6: 2, 7: 4, 8: 5, 9: 6}), 9, "label", "fading_early"),
    ("a rise on day 4 is no flare", diary({**flat(6, 1, 3), 4: 9}, baseline=6), 5, "flare", None),
    ("over on day 7 is a flare", diary({2: 9, 7: 6}, baseline=6), 7, "flare", "flare(d2-6)"),
    ("one above the baseline is over", diary({1: 9, 2: 7}, baseline=6), 2, "flare", "flare(d1-1)"),
    ("two above is not", diary({1: 9, 2: 8}, baseline=6), 2, "flare", "flare_ongoing"),
    ("day 7 cannot be worsening", diary(flat(8, 5, 7), baseline=5), 7, "label", "slower_than_usual"),
    ("day 8 can", diary(flat(8, 6, 8), baseline=5), 8, "label", "worsening"),
    ("7 days back count", diary({1: 5, 3: 8, 9: 8}, baseline=5), 9, "label", "worsening"),
    ("8 days back do not", diary({1: 5, 2: 8, 9: 8}, baseline=5), 9, "label", "slower_than_usual"),
    (
        "one of the last 3 is not worsening",
        diary({6: 8, 7: 5, 8: 5, 9: 8}, baseline=5),
        9,
        "label",
        "slower_than_usual",
    ),
    (
        "a seventh day can call it a blip",
        diary({**flat(3, 1, 19), 20: 5, 26: 2, 30: 9}),
        30,
        "durability_state",
        "loss_unconfirmed",
    ),
    (
        "an eighth day is not asked",
        diary({**flat(3, 1, 19), 20: 5, 22: 2, 27: 9}),
        27,
        "durability_state",
        "loss_unconfirmed",
    ),
    (
        "a fifteenth day can confirm a loss",
        diary({**flat(3, 1, 19), 20: 5, 34: 5}),
        34,
        "durability_state",
        "lost",
    ),
    (
        "a sixteenth cannot",
        diary({**flat(3, 1, 19), 20: 5, 35: 5}),
        35,
        "durability_state",
        "loss_unconfirmed",
    ),
    ("90 days meet the test", diary(flat(3, 1, 90)), 90, "payer_3month", "met"),
    ("89 do not yet", diary(flat(3, 1, 89)), 89, "payer_3month", "not_yet"),
    (
        "relief from day 30 is in time",
        diary({**flat(7, 1, 29), **flat(3, 30, 36)}),
        36,
        "payer_3month",
        "not_yet",
    ),
    (
        "relief from day 31 is not",
        diary({**flat(7, 1, 30), **flat(3, 31, 36)}),
        36,
        "payer_3month",
        "not_met",
    ),
    ("day 29 is too early to say so", diary(flat(7, 1, 29)), 29, "payer_3month", "not_yet"),
    ("14 unconfirmed days are too", diary({**flat(3, 1, 39), 40: 9}), 54, "payer_3month", "not_yet"),
    ("15 are not documented", diary({**flat(3, 1, 39), 40: 9}), 55, "payer_3month", "not_documented"),
    ("soreness on day 2 is usual", soreness(d0=2, d2=2), 3, "soreness", "as_expected"),
    ("on day 3 it is longer", soreness(d0=2, d3=1), 3, "soreness", "longer_than_usual(to d3)"),
    ("4 on day 4 is longer", soreness(d0=4, d4=4), 4, "soreness", "longer_than_usual(to d4)"),
    ("4 on day 5 is for review", soreness(d0=4, d5=4), 5, "soreness", "review"),
    ("3 on day 5 is longer", soreness(d0=3, d5=3), 5, "soreness", "longer_than_usual(to d5)"),
    ("one more is not rising", soreness(d0=2, d3=3), 3, "soreness", "longer_than_usual(to d3)"),
    ("two more is rising", soreness(d0=2, d3=4), 3, "soreness", "rising_check_infection"),
    ("nothing on days 0-2 cannot rise", soreness(d3=9), 3, "soreness", "longer_than_usual(to d3)"),
    ("none later is as expected", soreness(d4=0), 4, "soreness", "as_expected"),
    ("before day 0 is no soreness", EpisodeDiary({}, {-1: 4}), 4, "soreness", "no_data"),
]


@pytest.mark.parametrize(
    ("case", "day", "field", "expected"), [pytest.param(*row[1:], id=row[0]) for row in ROWS]
)
def test_a_boundary(case, day, field, expected):
    assert as_json(assess(case, as_of_day=day))[field] == expected
