"""What the demo clinic's simulator hands out: plain values that a loader writes into a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from tracker.domain.track import Source

Status = Literal["scheduled", "performed", "cancelled"]
Region = Literal["cervical", "thoracic"]
Side = Literal["midline", "left", "right"]
Approach = Literal["interlaminar", "transforaminal"]
Intent = Literal["therapeutic", "diagnostic"]
Guidance = Literal["fluoroscopy", "ct"]
Closing = Literal["withdrew", "surgery"]


@dataclass(frozen=True, slots=True)
class SimulatedEntry:
    """One revision of one diary day.

    `skew` is the server's clock minus the device's at submission; over 24 h makes the entry clock uncertain.
    `replaces` is the index of the corrected entry in the patient's `entries`, always a smaller one.
    """

    day: date
    pain: int | None
    soreness: int | None
    entered_at: datetime
    received_at: datetime
    source: Source = Source.PATIENT
    replaces: int | None = None
    skew: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class SimulatedReading:
    """A "right now" score on the day of the injection; `minutes` after it, None for before."""

    minutes: int | None
    score: int
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class SimulatedAgent:
    """A steroid in the injectate: generic name, dose in milligrams, lot number."""

    name: str
    dose_mg: int
    lot: str


@dataclass(frozen=True, slots=True)
class SimulatedInjection:
    """One injection, done, planned or called off; `closed_on` is the day that ended its follow-up early."""

    status: Status
    injected_on: date
    region: Region
    level: str
    side: Side
    approach: Approach
    intent: Intent
    guidance: Guidance
    contrast: bool
    agents: tuple[SimulatedAgent, ...]
    anaesthetic: str
    indication: str
    operator: str
    readings: tuple[SimulatedReading, ...] = ()
    closed_on: date | None = None
    closed_reason: Closing | None = None


@dataclass(frozen=True, slots=True)
class SimulatedPatient:
    """An invented person. Injections are in order of their date; entries in order of the day they describe.

    `shows` says what a patient of the cast is there to demonstrate; it is empty for a random patient.
    """

    given_name: str
    family_name: str
    born_on: date
    record_number: str
    time_zone: str
    enrolled_at: datetime
    shows: str
    injections: tuple[SimulatedInjection, ...]
    entries: tuple[SimulatedEntry, ...]
