"""Diary changes on their way in: each is judged against what is stored, then all are stored at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext

from tracker.access import Actor
from tracker.content.dates import plain_date
from tracker.domain.study_days import is_future, local_today, timing
from tracker.domain.sync import Change, Known, Verdict, corrected_time, decide
from tracker.domain.track import Source, Timing
from tracker.domain.zones import zone_of
from tracker.models import Device, DiaryDay, DiaryEntry, Patient, statements

EARLIEST_BEFORE_ENROLMENT = timedelta(days=14)
"""A day before this is nobody's baseline: it is a mistyped date."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer for one change: what became of it, and for a refusal which field and why.

    `entry` is stored under its client_id; `current` stands for the day now, perhaps another entry.
    """

    client_id: UUID
    verdict: Verdict
    describes_on: date
    field: str = ""
    problem: str = ""
    entry: DiaryEntry | None = None
    current: DiaryEntry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """How a change reached the server: who brought it and when, and how far the device's clock was off.

    `skew` is the server's clock minus the device's, as measured; None where nobody measured it.
    """

    by: Actor
    at: datetime
    source: Source = Source.PATIENT
    skew: timedelta | None = None


def source_of(actor: Actor, told: Source | None) -> Source:
    """Who speaks: for a phone its holder, whatever is told of it; staff tell whose words they enter."""
    if isinstance(actor, Device):
        return Source.PATIENT if actor.caregiver_id is None else Source.PROXY
    return Source.STAFF if told is None else told


class Intake:
    """One batch on its way in: what the server has, what is new, which days change."""

    def __init__(self, patient: Patient, changes: Sequence[Change]) -> None:
        self.patient = patient
        self.zone = zone_of(patient.time_zone)
        self.earliest = local_today(patient.enrolled_at, zone=self.zone) - EARLIEST_BEFORE_ENROLMENT
        self.known = self._entries_with([change.client_id for change in changes])
        self.days = self._days_of({change.day for change in changes})
        self.new: list[DiaryEntry] = []
        self.touched: set[date] = set()

    @property
    def touched_days(self) -> list[DiaryDay]:
        return [self.days[day] for day in sorted(self.touched)]

    def _entries_with(self, ids: list[UUID]) -> dict[UUID, DiaryEntry]:
        found = statements.ENTRIES.rows(patient_id=self.patient.pk, client_id__in=ids)
        return {entry.client_id: entry for entry in found}

    def _days_of(self, days: set[date]) -> dict[date, DiaryDay]:
        found = statements.DAYS.rows(patient_id=self.patient.pk, describes_on__in=sorted(days))
        return {day.describes_on: day for day in found}

    def take(self, change: Change, arrival: Arrival) -> Outcome:
        refusal = self._refusal(change, arrival)
        if refusal:
            return Outcome(change.client_id, Verdict.INVALID, change.day, *refusal)
        same, day = self.known.get(change.client_id), self.days.get(change.day)
        entry = self._entry(change, arrival)
        decision = decide(
            change,
            corrected_at=entry.corrected_at,
            same_id=_known(same) if same else None,
            current=_known(day.current) if day else None,
        )
        if decision.verdict in (Verdict.DUPLICATE, Verdict.ID_REUSED):
            current = day.current if day else None
            return Outcome(change.client_id, decision.verdict, change.day, entry=same, current=current)
        day = self._keep(entry, day, becomes_current=decision.becomes_current)
        return Outcome(change.client_id, decision.verdict, change.day, entry=entry, current=day.current)

    def _refusal(self, change: Change, arrival: Arrival) -> tuple[str, str] | None:
        """Field and reason, where this change can never be right."""
        if change.pain is None and change.soreness is None:
            return "pain", gettext("Choose a number from 0 to 10.")
        if is_future(change.day, now=arrival.at, zone=self.zone):
            return "day", gettext("This day has not come yet. Choose today or a day before it.")
        if change.day < self.earliest:
            said = gettext("This day is too long ago. The diary starts on {date}.")
            return "day", said.format(date=plain_date(self.earliest))
        return None

    def _entry(self, change: Change, arrival: Arrival) -> DiaryEntry:
        is_device, skew = isinstance(arrival.by, Device), arrival.skew
        return DiaryEntry(
            clinic_id=self.patient.clinic_id,
            patient_id=self.patient.pk,
            client_id=change.client_id,
            describes_on=change.day,
            pain=change.pain,
            soreness=change.soreness,
            entered_at=change.entered_at,
            received_at=arrival.at,
            skew_seconds=None if skew is None else round(skew.total_seconds()),
            corrected_at=corrected_time(change.entered_at, skew=skew, received_at=arrival.at),
            timing=timing(
                change.day,
                entered_at=change.entered_at,
                received_at=arrival.at,
                zone=self.zone,
                skew=skew,
            ),
            source=arrival.source,
            device_id=arrival.by.pk if is_device else None,
            membership_id=None if is_device else arrival.by.pk,
            replaces=change.replaces,
        )

    def _keep(self, entry: DiaryEntry, day: DiaryDay | None, *, becomes_current: bool) -> DiaryDay:
        """Line the entry up for storing and point its day to the right revisions."""
        self.new.append(entry)
        self.known[entry.client_id] = entry
        self.touched.add(entry.describes_on)
        if day is None:
            day = DiaryDay(
                clinic_id=entry.clinic_id, patient_id=entry.patient_id, describes_on=entry.describes_on
            )
            self.days[entry.describes_on] = day
        else:
            day.is_edited = True
        # A correction that came too late to be scored is shown, but the earlier score keeps counting.
        if Timing(entry.timing).is_scored:
            if entry.pain is not None and _counts(entry, day.scored_pain, becomes_current):
                day.scored_pain = entry
            if entry.soreness is not None and _counts(entry, day.scored_soreness, becomes_current):
                day.scored_soreness = entry
        if becomes_current:
            day.current = entry
        return day

    def store(self) -> None:
        """Two statements, however many changes."""
        statements.store(self.new)
        for day in self.touched_days:
            # Set again: the new ones among them have ids now.
            day.current, day.scored_pain = day.current, day.scored_pain
            day.scored_soreness = day.scored_soreness
        statements.store(self.touched_days, over=("patient", "describes_on"))


def _counts(entry: DiaryEntry, so_far: DiaryEntry | None, becomes_current: bool) -> bool:
    """Whether an entry takes the place of the one that is scored so far, in one series."""
    return becomes_current or so_far is None or _known(entry).beats(_known(so_far))


def _known(entry: DiaryEntry) -> Known:
    said = Change(
        client_id=entry.client_id,
        day=entry.describes_on,
        pain=entry.pain,
        soreness=entry.soreness,
        entered_at=entry.entered_at,
        replaces=entry.replaces,
    )
    return Known(client_id=entry.client_id, payload=said, corrected_at=entry.corrected_at)
