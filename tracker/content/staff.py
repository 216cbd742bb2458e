"""Words that staff read: the states an injection may be in, and why a patient needs somebody."""

from __future__ import annotations

from functools import lru_cache

from tracker.domain.attention import Level
from tracker.domain.explain import label_title
from tracker.domain.ruleset import ESI_RULES, RuleSet

NO_INJECTION = "no_injection"

STATES = {
    NO_INJECTION: "No injection yet",
    "scheduled": "Scheduled",
    "unconfirmed": "Was it performed?",
    "cancelled": "Cancelled",
    "diagnostic:positive": "Block: positive",
    "diagnostic:partial": "Block: partial",
    "diagnostic:negative": "Block: negative",
    "diagnostic:indeterminate_single_reading": "Block: one reading, unconfirmed",
    "diagnostic:insufficient_data": "Block: too few readings",
    "diagnostic:not_assessable": "Block: not assessable",
}
"""Labels that stand before or beside the rules' own."""

LEVELS = {
    Level.NONE: "",
    Level.GREY: "Look in",
    Level.BLUE: "Next visit",
    Level.ORANGE: "Today",
    Level.RED: "At once",
}

REASONS = {
    "soreness_rising": "Soreness rising: ask about redness, warmth, fluid, fever",
    "pain_up": "Pain {rules.alert_rise_points} or more above the baseline",
    "non_responder": "No response at day {rules.readout_day}",
    "partial_responder": "Partial response at day {rules.readout_day}",
    "worsened": "Worse at day {rules.readout_day}",
    "relief_lost": "Relief lost, confirmed",
    "no_onset": "No onset by day {no_onset_day}",
    "silent": "Silent for {rules.silence_days} days",
    "unconfirmed": "Day has passed: performed or cancelled?",
}

FASTER_THAN_LEAFLET = (
    "The timeline shown is the leaflet’s. The measured one is faster: of those who respond at 3 weeks, "
    "72.5 % had more than 50 % relief on day 1 and 94 % by day 4. Day 1 alone means little: a third of the "
    "later non-responders had it too. Mostly lumbar data, 134 patients."
)
FASTER_SOURCE = "Schneider 2024, NCT04207606"


def title_of(label: str) -> str:
    """A clinician's short name of a label or of a state before the rules begin."""
    return STATES.get(label) or label_title(label)


@lru_cache(maxsize=1024)
def reason_of(key: str, rules: RuleSet = ESI_RULES) -> str:
    """Why a patient needs somebody, with the days and figures of the rules that said so."""
    text = REASONS.get(key)
    if text is None:
        return key.replace("_", " ")
    return text.format(rules=rules, no_onset_day=rules.onset_last_day + 1)


ALERTS = {
    Level.RED: "Named a sign of danger: call at once",
    Level.ORANGE: "Named a sign to call about today",
    Level.BLUE: "Asks for a call: preparation",
}

ALERTS_TITLES = {
    Level.RED: "At once: the patient named signs of danger",
    Level.ORANGE: "Today: the patient named signs of danger",
    Level.BLUE: "Before the visit: the patient said yes to a question and was told to call",
}
"""Above the open alerts of a patient, by the most urgent one."""


def alert_words(level: int) -> tuple[str, ...]:
    """What an alert that nobody has seen to asks of the staff."""
    return (ALERTS[Level(level)],) if level in ALERTS else ()
