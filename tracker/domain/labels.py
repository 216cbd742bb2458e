"""The words an assessment is made of, spelled as in case files. Labels are for clinicians only."""

from __future__ import annotations

from enum import StrEnum


class Label(StrEnum):
    # Rule 2, and no baseline at all
    NO_BASELINE = "insufficient_data:no_baseline"
    LOW_BASELINE = "low_baseline"
    # Rule 12: before the read-out
    CENSORED_BY_INJECTION = "censored_by_injection"
    PROCEDURE_DAY = "procedure_day"
    AWAITING_FIRST_ENTRY = "awaiting_first_entry"
    NO_ENTRIES = "insufficient_data:no_entries"
    NO_RECENT_DATA = "no_recent_data"
    WORSENING = "worsening"
    FADING_EARLY = "fading_early"
    ON_TRACK = "on_track"
    DELAYED_ONSET = "delayed_onset"
    AWAITING_ONSET = "awaiting_onset"
    SLOWER_THAN_USUAL = "slower_than_usual"
    # Rules 8 and 9: at the read-out
    NO_READOUT = "insufficient_data:day14_window"
    RESPONDER = "responder"
    DELAYED_RESPONDER = "delayed_responder"
    RESPONDER_ONSET_UNCERTAIN = "responder_onset_uncertain"
    PARTIAL_RESPONDER = "partial_responder"
    WORSENED = "worsened"
    NON_RESPONDER = "non_responder"
    # Rule 11: from day 28
    LATE_RESPONDER = "late_responder"
    RESPONDER_AT_28_ONLY = "responder_at_28_only"


class BaselineQuality(StrEnum):
    GOOD = "good"
    LIMITED = "limited"
    NONE = "none"


class Confidence(StrEnum):
    FIRM = "firm"
    LIMITED = "limited"
    PROVISIONAL = "provisional"


class Subtype(StrEnum):
    TRANSIENT = "transient"
    ANAESTHETIC_PHASE_ONLY = "anaesthetic_phase_only"


class Immediate(StrEnum):
    YES = "yes"
    STRONG = "strong"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_ASSESSABLE = "not_assessable"


class DurabilityState(StrEnum):
    ONGOING = "ongoing"
    LOST = "lost"
    LOSS_UNCONFIRMED = "loss_unconfirmed"
    DOCUMENTATION_GAP = "documentation_gap"


class PayerTest(StrEnum):
    MET = "met"
    MET_BASELINE_LIMITED = "met_baseline_limited"
    NOT_MET = "not_met"
    NOT_DOCUMENTED = "not_documented"
    NOT_YET = "not_yet"
    NOT_ASSESSABLE = "not_assessable"
