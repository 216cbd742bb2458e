"""What the settings of a protocol are called, for the administrators who choose them."""

from __future__ import annotations

from typing import Any

from tracker.domain.forms import Form
from tracker.domain.schedule import Rhythm

RULE_GROUPS: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "Course and read-out",
        {
            "numbing_last_hour": "Numbing lasts at most (hours)",
            "onset_first_day": "Onset: first day",
            "onset_last_day": "Onset: last usual day",
            "readout_first_day": "Read-out: first day of its window",
            "readout_day": "Read-out: day",
            "readout_last_day": "Read-out: last day of its window",
            "readout_firm_entries": "Scored days for a firm read-out",
            "late_response_first_day": "Late response: first day of its window",
            "late_response_day": "Late response: looked for from day",
            "late_response_last_day": "Late response: last day of its window",
        },
    ),
    (
        "What is asked when",
        {
            "daily_last_day": "Pain every day until day",
            "twice_a_week_last_day": "Pain twice a week until day",
            "asked_weekdays": "The two days of the week",
            "soreness_asked_last_day": "Soreness until day",
            "soreness_may_end_day": "Soreness ends sooner after two zeros from the day after",
            "reading_minutes": "“Right now” on the day itself (minutes after)",
            "check_last_day": "Signs of danger until day",
            "rescue_last_day": "Rescue medicine until day",
            "peg_days": "PEG from days",
            "pgic_days": "Overall change from days",
            "form_open_days": "Days that a form stays open",
        },
    ),
    (
        "Baseline",
        {
            "baseline_first_day": "First day",
            "baseline_last_day": "Last day",
            "baseline_good_entries": "Scored days for a good baseline",
            "low_baseline_points": "Below this it is too low to compare (points)",
        },
    ),
    (
        "What counts as relief",
        {
            "substantial_percent": "Full response (percent)",
            "substantial_points": "Full response (points)",
            "moderate_percent": "Partial response, onset (percent)",
            "moderate_points": "Partial response, onset (points)",
            "worse_points": "Worse (points)",
            "immediate_percent": "Immediate response (percent)",
            "immediate_strong_percent": "Strong immediate response (percent)",
        },
    ),
    (
        "What staff are told",
        {
            "alert_rise_day": "Pain clearly up: from day",
            "alert_rise_points": "Pain clearly up (points)",
            "soreness_usual_last_day": "Soreness is usual until day",
            "soreness_rising_points": "Soreness rising (points)",
            "soreness_review_day": "Soreness to be looked at: from day",
            "soreness_review_points": "Soreness to be looked at (score)",
            "flare_last_start_day": "Flare: begins by day",
            "flare_last_end_day": "Flare: over by day",
            "worsening_first_day": "Worsening: from day",
            "silence_days": "Silent after (days)",
        },
    ),
    (
        "Lasting relief",
        {
            "loss_days": "Relief is lost by a mean of (days)",
            "longest_gap_days": "Longest gap in the diary (days)",
            "payer_relief_days": "Three-month test: days of relief",
            "payer_start_day": "Three-month test: begun by day",
        },
    ),
    (
        "Diagnostic block",
        {
            "block_before_points": "Least pain before it (score)",
            "block_cut_off_percent": "Positive (percent)",
            "block_partial_percent": "Partial (percent)",
        },
    ),
)

CARE_GROUPS: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "Before",
        {
            "fasting_hours": "No food for (hours)",
            "clear_fluids_hours": "No clear drinks for (hours)",
            "visit_minutes": "Whole visit (minutes)",
        },
    ),
    (
        "The day itself",
        {
            "observation_minutes": "Watched at the clinic for (minutes)",
            "company_hours": "Somebody with them for (hours)",
            "no_driving_hours": "No driving for (hours)",
        },
    ),
    (
        "The days after",
        {
            "ice_minutes": "Ice, at a time (minutes)",
            "ice_days": "Ice for (days)",
            "no_bath_hours": "No bath or pool for (hours)",
            "no_lifting_days": "No heavy lifting for (days)",
            "sugar_days": "With diabetes: sugar log for (days)",
            "sugar_limit": "With diabetes: call above (mg/dL)",
        },
    ),
)

NAMES: dict[str, str] = {"name": "Name"} | {
    name: f"{title}: {words}"
    for title, group in (*RULE_GROUPS, *CARE_GROUPS)
    for name, words in group.items()
}
"""Every setting by its name, with the group that it stands in: for lists of changes."""

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def setting_words(name: str, value: Any) -> str:
    """A setting's value as administrators read it."""
    if value is None:
        return "left open"
    if name == "asked_weekdays":
        return " and ".join(WEEKDAYS[day] for day in value)
    return ", ".join(str(one) for one in value) if isinstance(value, tuple) else str(value)


RHYTHMS = {
    Rhythm.DAILY: "pain every day",
    Rhythm.TWICE_A_WEEK: "pain twice a week",
    Rhythm.MONTHLY: "pain once a month",
}

FORMS = {Form.CHECK: "signs of danger", Form.PEG: "PEG", Form.PGIC: "overall change"}


def asked_words(span: Any) -> str:
    """What some days ask of a patient, as a list (`queries.protocol_preview.Span`)."""
    asked = [RHYTHMS[span.rhythm]]
    if span.readings:
        minutes = ", ".join(str(one) for one in span.readings)
        asked.append(f"pain right now before and {minutes} minutes after")
    if span.soreness:
        asked.append("soreness")
    asked += [FORMS[form] for form in span.forms]
    if span.rescue:
        asked.append("rescue medicine")
    return ", ".join(asked)
