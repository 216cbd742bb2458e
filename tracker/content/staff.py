"""Words that staff read: the states an injection may be in, and why a patient needs somebody."""

from __future__ import annotations

from tracker.domain.attention import Level
from tracker.domain.explain import label_title
from tracker.domain.ruleset import ESI_RULES

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
    "pain_up": f"Pain {ESI_RULES.alert_rise_points} or more above the baseline",
    "non_responder": f"No response at day {ESI_RULES.readout_day}",
    "partial_responder": f"Partial response at day {ESI_RULES.readout_day}",
    "worsened": f"Worse at day {ESI_RULES.readout_day}",
    "relief_lost": "Relief lost, confirmed",
    "no_onset": f"No onset by day {ESI_RULES.onset_last_day + 1}",
    "silent": f"Silent for {ESI_RULES.silence_days} days",
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


def reason_of(key: str) -> str:
    return REASONS.get(key, key.replace("_", " "))
