"""The rows of a patient's page as plain strings: diary days with where they come from, and readings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from tracker.charts.words import TIMING_NOTES
from tracker.domain.track import Source, Timing
from tracker.domain.zones import zone_of
from tracker.queries.injection_time import Reading
from tracker.queries.patient_record import DiaryLine, PatientRecord, Revision
from tracker.web.clinic.words import day_words

SOURCES = {
    Source.PATIENT: "patient",
    Source.PROXY: "helper",
    Source.STAFF: "told to staff",
    Source.PAPER: "from paper",
    Source.TELEPHONE: "by telephone",
}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry. `accept` is its id where a clinician may still decide to believe its clock."""

    pain: str
    soreness: str
    note: str
    by: str
    entered: str
    received: str
    accept: UUID | None


@dataclass(frozen=True, slots=True)
class DayRow:
    day: str
    on: str
    entry: EntryRow
    earlier: tuple[EntryRow, ...]


def day_rows(record: PatientRecord) -> list[DayRow]:
    zone = zone_of(record.time_zone)
    return [_day_row(line, zone) for line in record.diary]


def reading_rows(readings: tuple[Reading, ...]) -> list[tuple[str, str, int, str]]:
    """When, when by the corrected time of the injection, the score, and who said it."""
    return [
        (_moment(one.minutes), _corrected(one.corrected_minutes), one.pain, SOURCES[one.source])
        for one in readings
    ]


def _corrected(minutes: int | None) -> str:
    if minutes is None:
        return ""
    return f"{_moment(abs(minutes))} {'before' if minutes < 0 else 'after'} the corrected time"


def _day_row(line: DiaryLine, zone: ZoneInfo) -> DayRow:
    is_edited = bool(line.earlier)
    return DayRow(
        day=day_words(line.day).capitalize(),
        on=f"{line.on:%a} {line.on.day} {line.on:%b}",
        entry=_entry_row(line.current, zone, "edited" if is_edited else ""),
        earlier=tuple(
            _entry_row(one, zone, "scored instead" if one.is_scored else "") for one in line.earlier
        ),
    )


def _entry_row(entry: Revision, zone: ZoneInfo, also: str) -> EntryRow:
    timing = TIMING_NOTES[entry.timing]
    if entry.timing == Timing.UNCERTAIN and entry.is_scored:
        timing = "clock uncertain, accepted"
    return EntryRow(
        pain=_score(entry.pain),
        soreness=_score(entry.soreness),
        note=", ".join(filter(None, (timing, also))),
        by=f"{SOURCES[entry.source]}, {entry.by}" if entry.by else SOURCES[entry.source],
        entered=_at(entry.entered_at, zone),
        received=_at(entry.received_at, zone),
        accept=entry.client_id if entry.may_be_accepted else None,
    )


def _score(score: int | None) -> str:
    return "–" if score is None else str(score)


def _at(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local.day} {local:%b %H:%M}"


def _moment(minutes: int | None) -> str:
    if minutes is None:
        return "Before"
    hours, rest = divmod(minutes, 60)
    return f"{minutes} min" if not hours else f"{hours} h" if not rest else f"{hours} h {rest} min"
