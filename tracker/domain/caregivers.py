"""What a caregiver may do for a patient, from when to when, and who agreed to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.domain.saying import say


class ConsentBy(StrEnum):
    """Who agreed: the patient, or staff on the patient's behalf, who have to say why."""

    PATIENT = "patient"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Scope:
    """What one caregiver may do. Nothing follows from anything else: who logs need not read."""

    may_log: bool = False
    may_read: bool = False
    gets_alerts: bool = False

    def __bool__(self) -> bool:
        return self.may_log or self.may_read or self.gets_alerts


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day, both included, by the patient's own calendar. No last day: until it is ended."""

    from_on: date
    to_on: date | None = None

    def is_active(self, on: date) -> bool:
        return self.from_on <= on and not self.is_over(on)

    def is_over(self, on: date) -> bool:
        return self.to_on is not None and self.to_on < on


@dataclass(frozen=True, slots=True)
class Appointment:
    """A caregiver as somebody wants to name one."""

    name: str
    relation: str
    scope: Scope
    span: Span
    consent_by: ConsentBy
    consent_reason: str = ""


def problems(wanted: Appointment, *, today: date) -> dict[str, str]:
    """What is wrong, by field, in a sentence that says what to do; empty where nothing is.

    `today` is the patient's local date.
    """
    found: dict[str, str] = {}
    if not wanted.name.strip():
        found["name"] = say("Write the helper's name.")
    if not wanted.relation.strip():
        found["relation"] = say("Write who this is to the patient, such as daughter or neighbour.")
    if not wanted.scope:
        found["scope"] = say("Choose at least one thing that this helper may do.")
    found |= _span_problems(wanted.span, today)
    if wanted.consent_by == ConsentBy.STAFF and not wanted.consent_reason.strip():
        found["consent_reason"] = "Write why the patient cannot agree in person, and how they want this."
    return found


def _span_problems(span: Span, today: date) -> dict[str, str]:
    if span.to_on is None:
        return {}
    if span.to_on < span.from_on:
        return {"to_on": say("The last day is before the first. Choose a later one, or leave it empty.")}
    if span.to_on < today:
        return {"to_on": say("The last day is over. Choose today or a later day, or leave it empty.")}
    return {}
