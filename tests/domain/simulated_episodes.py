"""From a simulated patient to what the rules read, without a database."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from tracker.domain.diary import EpisodeDiary
from tracker.domain.episode import Episode
from tracker.domain.simulation.values import SimulatedEntry, SimulatedInjection, SimulatedPatient
from tracker.domain.study_days import study_day, timing
from tracker.domain.track import DayMark


def episode_of(patient: SimulatedPatient, injection: SimulatedInjection) -> Episode:
    """One injection with everything of its patient that the rules look at."""
    before, after = readings_of(injection)
    return Episode(
        case_id=patient.record_number,
        region=injection.region,
        injected_on=injection.injected_on,
        is_performed=injection.status == "performed",
        is_diagnostic=injection.intent == "diagnostic",
        marks=tuple(_mark(entry, patient, injection) for entry in patient.entries),
        before=before,
        after=after,
        injections=tuple((i.region, i.injected_on) for i in patient.injections if i.status == "performed"),
        closed_on=injection.closed_on,
        surgeries=tuple(i.closed_on for i in patient.injections if i.closed_reason == "surgery"),
    )


def diary_of(patient: SimulatedPatient, injection: SimulatedInjection) -> EpisodeDiary:
    """The scored diary of one performed injection."""
    return episode_of(patient, injection).diary()


def readings_of(injection: SimulatedInjection) -> tuple[int | None, tuple[tuple[int, int], ...]]:
    before = next((r.score for r in injection.readings if r.minutes is None), None)
    return before, tuple((r.minutes, r.score) for r in injection.readings if r.minutes is not None)


def treated(patients: tuple[SimulatedPatient, ...]) -> Iterator[tuple[SimulatedPatient, SimulatedInjection]]:
    """Every performed therapeutic injection, with its patient."""
    for patient in patients:
        for injection in patient.injections:
            if injection.status == "performed" and injection.intent == "therapeutic":
                yield patient, injection


def _mark(entry: SimulatedEntry, patient: SimulatedPatient, injection: SimulatedInjection) -> DayMark:
    made = timing(
        entry.day,
        entered_at=entry.entered_at,
        received_at=entry.received_at,
        zone=ZoneInfo(patient.time_zone),
        skew=entry.skew,
    )
    return DayMark(
        day=study_day(entry.day, injected_on=injection.injected_on),
        pain=entry.pain,
        soreness=entry.soreness,
        timing=made,
        source=entry.source,
    )
