"""The clinician's short names and figures: how labels, points and percents read in a sentence."""

from __future__ import annotations

from fractions import Fraction

from tracker.domain.labels import Label

_TITLES: dict[Label, str] = {
    Label.NO_BASELINE: "Not enough data: no baseline",
    Label.LOW_BASELINE: "Low baseline: points only",
    Label.CENSORED_BY_INJECTION: "Ended by the next injection",
    Label.PROCEDURE_DAY: "Day of the injection",
    Label.AWAITING_FIRST_ENTRY: "Awaiting the first entry",
    Label.NO_ENTRIES: "Not enough data: no entries since the injection",
    Label.NO_RECENT_DATA: "No recent entries",
    Label.WORSENING: "Worsening",
    Label.FADING_EARLY: "Early relief fading",
    Label.ON_TRACK: "On track",
    Label.DELAYED_ONSET: "Delayed onset",
    Label.AWAITING_ONSET: "Awaiting onset",
    Label.SLOWER_THAN_USUAL: "Slower than usual",
    Label.NO_READOUT: "No read-out: its window is empty",
    Label.RESPONDER: "Responder",
    Label.DELAYED_RESPONDER: "Delayed responder",
    Label.RESPONDER_ONSET_UNCERTAIN: "Responder, onset uncertain",
    Label.PARTIAL_RESPONDER: "Partial responder",
    Label.WORSENED: "Worsened",
    Label.NON_RESPONDER: "Non-responder",
    Label.LATE_RESPONDER: "Late responder",
    Label.RESPONDER_AT_28_ONLY: "Responder at one month only",
}


def label_title(label: Label | str) -> str:
    """The short name of a label, as a worklist shows it. Raises ValueError for a word that is no label."""
    return _TITLES[Label(label)]


def figure(value: Fraction) -> str:
    """A figure of 0 or more to one decimal, a half going up: "2.8"."""
    tenths = (20 * value.numerator + value.denominator) // (2 * value.denominator)
    return f"{tenths // 10}.{tenths % 10}"


def counted(n: int, noun: str) -> str:
    """ "1 scored day", "5 scored days"."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def change(baseline: Fraction, mean: Fraction) -> str:
    """ "4.2 points (60.0 %) below the baseline of 7.0"."""
    difference = baseline - mean
    if difference == 0:
        return f"the same as the baseline of {figure(baseline)}"
    side = "below" if difference > 0 else "above"
    percent = 100 * abs(difference) / baseline
    return f"{figure(abs(difference))} points ({figure(percent)} %) {side} the baseline of {figure(baseline)}"
