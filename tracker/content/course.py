"""What a patient reads about the course: the expected phases, and one message about the own scores.

The wording is part of the recovery rules: no diagnosis, no treatment advice, and no name of a class.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.timeline import PhaseKey
from tracker.domain.wording import MessageKey, ReliefKey


@dataclass(frozen=True, slots=True)
class PhaseText:
    """A phase's short name, its days in words, and what usually happens then.

    {first} and {last} are its days by the rules of the injection.
    """

    name: str
    days: str
    usual: str


@dataclass(frozen=True, slots=True)
class CourseTexts:
    """`messages` may have room for {points} and {direction}; `directions` are the words for the latter.
    {first} and {last} are the days of the onset, {day} is that of the comparison.

    `relief` has room for {first} and {last}, study days, and {days}.
    `reasons_to_call` stand alone above the list of signs: no message softens them.
    """

    phases: Mapping[PhaseKey, PhaseText]
    messages: Mapping[MessageKey, str]
    directions: Mapping[str, str]
    flare: str
    reasons_to_call: Mapping[str, str]
    call_once: str
    low_before: str
    relief: Mapping[ReliefKey, str]
    late: str


ENGLISH = CourseTexts(
    phases={
        PhaseKey.NUMBING: PhaseText(
            "Numbing",
            "first hours",
            "The numbing medicine may ease the pain at once. That is not yet the steroid. "
            "It may wear off the same day.",
        ),
        PhaseKey.SORE_SPOT: PhaseText(
            "Sore spot",
            "days {first}–{last}",
            "The spot where the needle went in may be a little sore. Ice can help, "
            "or a pain reliever that your clinic agrees with.",
        ),
        PhaseKey.ONSET: PhaseText(
            "Onset",
            "days {first}–{last}",
            "The steroid usually starts to work.",
        ),
        PhaseKey.FULL_EFFECT: PhaseText(
            "Full effect",
            "to day {last}",
            "It can take {last} days to feel all of it. "
            "On day {last} your scores are compared with those from before.",
        ),
        PhaseKey.LASTING: PhaseText(
            "Lasting",
            "weeks to months",
            "If relief has come, it often lasts weeks to months. It may fade; that is usual too.",
        ),
    },
    messages={
        MessageKey.STILL_EARLY: "It is still early. "
        "Many people notice a change between day {first} and day {last}.",
        MessageKey.LOWER_THAN_BEFORE: "Your scores are lower than before the injection.",
        MessageKey.UP_TO_TWO_WEEKS: "Some people need up to {day} days. Your clinic can see your scores.",
        MessageKey.POINTS_LOWER: "Compared with before: {points} points lower on average.",
        MessageKey.TALK_TO_US: "Your scores are {direction} before. "
        "Please talk about it at your next visit, or call us if you are worried.",
        MessageKey.NOT_ENOUGH_SCORES: "Not enough scores to compare yet.",
        MessageKey.RED_FLAG_ADVICE: "Please read “When to call” now.",
    },
    directions={"same": "about the same as", "higher": "higher than", "lower": "lower than"},
    flare="A rise for a few days can happen. If it lasts more than 3 days, call us.",
    reasons_to_call={
        "soreness_rising": "The spot where the needle went in has become sorer.",
        "pain_up": "Your pain is clearly higher than before the injection.",
    },
    low_before="Your pain before the injection was low, so your scores are shown without comparing.",
    relief={
        ReliefKey.GOES_ON: "Half your earlier pain or less since day {first}. Days so far: {days}.",
        ReliefKey.HIGHER_AGAIN: "Half your earlier pain or less from day {first} to day {last}. "
        "Days: {days}.",
        ReliefKey.SCORES_MISSING: "Half your earlier pain or less from day {first} to day {last}. "
        "Days: {days}. After that too few scores were logged to say how it went on.",
        ReliefKey.NOT_YET_CLEAR: "Half your earlier pain or less from day {first} to day {last}. "
        "Days: {days}. Your last score was higher. Log a few more days: then it will be clear.",
    },
    late="For you it took longer than for most people.",
    call_once="Call your clinic today, unless you have told them about it already.",
)

COURSE: Mapping[str, CourseTexts] = {"en": ENGLISH}
