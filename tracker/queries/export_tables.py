"""What a patient's record is made of when it is handed over, and what of each table stays behind and why.

docs/export.md describes it for readers. A test fails for a field of a patient's table that is neither here
nor left out with a reason. A column that is renamed, dropped or means something else is another `VERSION`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from tracker.domain.attention import Level
from tracker.domain.track import Source, Timing
from tracker.models import (
    Alert,
    Assessment,
    BreakGlass,
    Caregiver,
    CarePlan,
    CareTeamMember,
    ChartPicture,
    Confirmation,
    Consent,
    ConservativeCare,
    Device,
    DiaryDay,
    DiaryEntry,
    Injection,
    InjectionAgent,
    InjectionHistory,
    Invitation,
    OutgoingMail,
    Patient,
    PushSubscription,
    Reading,
    Reminder,
    Response,
    Track,
)

FORMAT, VERSION = "onset-record", 1

NUMBER = "the row's number in our database"
CLINIC = "the same in every row: the file names the clinic once"
PATIENT = "the same in every row: the file is about one patient"
HASH = "the fingerprint of a key or code, of use to nobody who reads"
WORKER = "when the product looks at the row again"

Words = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A name in the file, where its values come from, and how a coded one is written."""

    name: str
    path: str
    words: Words | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the file. `patient` is the way from a row to its patient, as a lookup."""

    name: str
    model: type[models.Model]
    patient: str
    columns: tuple[Column, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)


Said = str | tuple[str, str] | tuple[str, str, Words]


def _columns(*said: Said) -> tuple[Column, ...]:
    """A field's name; or a column's name, where it comes from, and how a coded value is written."""
    return tuple(Column(one, one) if isinstance(one, str) else Column(*one) for one in said)


def _name_of(kind: type[Any]) -> Words:
    """The word for a coded value, such as "live" for 0."""
    return lambda code: kind(code).name.lower()


_INJECTION = ("injection", "injection__public_id")
_PHONE = ("phone", "device_id")
_MEMBER = ("member", "membership__user__name")
_SOURCE = ("source", "source", _name_of(Source))
_ROW = {"id": NUMBER, "clinic": CLINIC, "patient": PATIENT}
_ROW_OF_INJECTION = {"id": NUMBER, "clinic": CLINIC}

PARTS = (
    Part(
        "patient",
        Patient,
        "pk",
        _columns(
            ("id", "public_id"),
            *(
                "given_name",
                "family_name",
                "born_on",
                "record_number",
                "time_zone",
                "language",
                "enrolled_at",
            ),
            *("email", "email_verified_at", "reminder_at", "two_taps"),
            *("is_restricted", "withdrawn_at", "erase_on"),
            ("current_injection", "current_injection__public_id"),
        ),
        {
            "id": NUMBER,
            "clinic": CLINIC,
            "consent_version": "a copy; the consents are given",
            **dict.fromkeys(("alert_level", "alerted_on"), "a copy; the alerts are given"),
        },
    ),
    Part(
        "injections",
        Injection,
        "patient",
        _columns(
            ("id", "public_id"),
            *("status", "injected_on"),
            ("protocol", "protocol_version__body__name"),
            ("protocol_version", "protocol_version__number"),
            *("region", "level", "side", "approach", "intent", "guidance"),
            *("contrast", "anaesthetic", "indication", "operator", "baseline_override", "baseline_reason"),
            *("visit_on", "closed_on", "closed_reason"),
        ),
        _ROW,
    ),
    Part(
        "agents",
        InjectionAgent,
        "injection__patient",
        _columns(_INJECTION, "name", "dose_mg", "lot"),
        _ROW_OF_INJECTION,
    ),
    Part(
        "care_plans",
        CarePlan,
        "injection__patient",
        _columns(
            *(_INJECTION, "planned_for", "arrive_at", "fasting_hours", "clear_fluids_hours", "visit_minutes"),
            *("observation_minutes", "company_hours", "no_driving_hours", "ice_minutes", "ice_days"),
            *("no_bath_hours", "no_lifting_days", "sugar_days", "sugar_limit", "needs_driver", "is_diabetic"),
            *("pain_relievers", "thinner_plan", "prescriber_agreed"),
            *("thinner_last_dose_at", "thinner_restart_at", "written_at"),
        ),
        _ROW_OF_INJECTION,
    ),
    Part(
        "histories",
        InjectionHistory,
        "injection__patient",
        _columns(
            *(_INJECTION, "pain_since", "pain_weeks", "imaging_kind", "imaging_on", "imaging_concordant"),
            *("imaging_finding", "steroids_from", "steroids_to"),
        ),
        {"clinic": CLINIC},
    ),
    Part(
        "conservative_care",
        ConservativeCare,
        "injection__patient",
        _columns(_INJECTION, "kind", "from_on", "to_on", "result"),
        _ROW_OF_INJECTION,
    ),
    Part(
        "readings",
        Reading,
        "patient",
        _columns(_INJECTION, "minutes", "pain", "entered_at", _SOURCE),
        _ROW,
    ),
    Part(
        "diary_entries",
        DiaryEntry,
        "patient",
        _columns(
            ("id", "client_id"),
            *("replaces", "describes_on", "pain", "soreness", "entered_at", "received_at", "corrected_at"),
            *("skew_seconds", ("timing", "timing", _name_of(Timing)), _SOURCE, _PHONE),
            ("caregiver", "device__caregiver__name"),
            ("staff", "membership__user__name"),
        ),
        _ROW,
    ),
    Part(
        "diary_days",
        DiaryDay,
        "patient",
        _columns(
            *("describes_on", "is_edited", ("shown", "current__client_id")),
            ("scored_pain", "scored_pain__client_id"),
            ("scored_soreness", "scored_soreness__client_id"),
        ),
        _ROW,
    ),
    Part(
        "answers",
        Response,
        "patient",
        _columns(
            ("id", "client_id"),
            *("form", "describes_on", "part", "said", "entered_at", "received_at", "corrected_at"),
            *(_SOURCE, _PHONE, ("caregiver", "device__caregiver__name")),
            ("staff", "membership__user__name"),
        ),
        _ROW,
    ),
    Part(
        "alerts",
        Alert,
        "patient",
        _columns(
            *(("answer", "response__client_id"), ("level", "level", _name_of(Level)), "raised_at"),
            *("handled_at", ("handled_by", "handled_by__user__name"), "note"),
        ),
        _ROW,
    ),
    Part(
        "assessments",
        Assessment,
        "patient",
        _columns(
            *(_INJECTION, "as_of_day", "label", ("attention", "attention", _name_of(Level))),
            *("attention_reasons", "last_on", "last_pain", "change", "is_confounded", "rule_set"),
            *("assessed_at", ("inputs", "case"), ("figures", "result")),
        ),
        {"clinic": CLINIC, "patient": PATIENT, "roll_due_at": WORKER, "leased_until": WORKER},
    ),
    Part(
        "consents",
        Consent,
        "patient",
        _columns("version", "language", "given_at", "withdrawn_at", _PHONE),
        _ROW,
    ),
    Part(
        "phones",
        Device,
        "patient",
        _columns(
            *("id", "name", ("caregiver", "caregiver__name"), "is_borrowed", "made_at", "last_seen_at"),
            *("expires_at", "ended_at", "ended_by"),
        ),
        {"clinic": CLINIC, "patient": PATIENT, "token_hash": HASH, "append_hash": HASH},
    ),
    Part(
        "caregivers",
        Caregiver,
        "patient",
        _columns(
            *("id", "name", "relation", "may_log", "may_read", "gets_alerts", "from_on", "to_on"),
            *("consent_by", "consent_reason", "made_at", "ended_at"),
        ),
        {"clinic": CLINIC, "patient": PATIENT},
    ),
    Part(
        "invitations",
        Invitation,
        "patient",
        _columns(
            *(("caregiver", "caregiver__name"), "made_at", "expires_at", "tries", "redeemed_at"),
            *("voided_at", "void_reason"),
        ),
        _ROW | {"token_hash": HASH, "code_hash": HASH},
    ),
    Part(
        "confirmations",
        Confirmation,
        "device__patient",
        _columns(_PHONE, "way", "email", "made_at", "expires_at", "tries", "confirmed_at"),
        {"id": NUMBER, "clinic": CLINIC, "code_hash": HASH},
    ),
    Part(
        "notifications",
        PushSubscription,
        "device__patient",
        _columns(_PHONE, "made_at"),
        {
            "id": NUMBER,
            "clinic": CLINIC,
            **dict.fromkeys(("endpoint", "p256dh", "auth"), "whoever has them could send to the phone"),
            "origin": "our own address",
        },
    ),
    Part(
        "reminders",
        Reminder,
        "patient",
        _columns("day", "channel", "sent_at"),
        _ROW | dict.fromkeys(("leased_until", "attempts"), WORKER),
    ),
    Part(
        "mails",
        OutgoingMail,
        "patient",
        _columns("subject", "made_at", "due_at", "sent_at", "given_up_at"),
        {
            **_ROW,
            **dict.fromkeys(("recipient", "body"), "emptied as soon as the mail is out"),
            **dict.fromkeys(("key", "leased_until", "attempts", "first_failed_at"), WORKER),
        },
    ),
    Part(
        "care_team",
        CareTeamMember,
        "patient",
        _columns(_MEMBER, ("role", "membership__role")),
        _ROW,
    ),
    Part(
        "emergency_openings",
        BreakGlass,
        "patient",
        _columns("at", "until", _MEMBER, "reason"),
        _ROW,
    ),
)
"""In the order of the file. Who looked (`access`) comes last, from the audit trail."""

TABLES_LEFT_OUT: Mapping[type[models.Model], str] = {
    Track: "a copy of the diary, packed for drawing",
    ChartPicture: "drawn from the diary, and drawn anew when it is asked for",
}

ACCESS = ("at", "who", "role", "what", "about", "outcome", "detail")
"""The columns of who looked and who changed something."""

ACCESS_LEFT_OUT: Mapping[str, str] = {
    "id": NUMBER,
    "clinic": CLINIC,
    "number": NUMBER,
    "patient_id": PATIENT,
    "patients": "the numbers of other patients who stood in the same list",
    "request_id": "a number for finding the same request in the machine's log",
    "network": "where whoever looked was sitting",
    "mac": "the seal of the trail",
}
