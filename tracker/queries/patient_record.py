"""A patient as the clinic sees them: one injection with its assessment and diary, and the others as links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery

from tracker import trail
from tracker.access import Actor, patients_visible_to
from tracker.domain.procedure import Region, Status
from tracker.domain.study_days import local_today
from tracker.domain.track import FIRST_DAY, LAST_DAY, Source, Timing
from tracker.domain.zones import zone_of
from tracker.models import DiaryDay, DiaryEntry, Injection, Invitation, Patient
from tracker.queries.answers import PatientAnswers, patient_answers
from tracker.queries.entries import entered_by
from tracker.queries.injection_sheet import InjectionSheet, injection_sheet


class NoRecord(LookupError):
    """No such patient is visible, or the patient has no such injection."""


@dataclass(frozen=True, slots=True)
class InjectionLink:
    public_id: UUID
    injected_on: date
    region: str
    level: str
    status: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Revision:
    """One entry as it came in. `entered_at` is the device's clock, `received_at` the server's."""

    client_id: UUID
    pain: int | None
    soreness: int | None
    timing: Timing
    source: Source
    by: str
    entered_at: datetime
    received_at: datetime
    is_current: bool
    is_scored: bool

    @property
    def may_be_accepted(self) -> bool:
        return self.timing.may_be_accepted(is_current=self.is_current, is_scored=self.is_scored)


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """One day of the diary: the entry that stands, and the ones before it, newest first."""

    day: int
    on: date
    current: Revision
    earlier: tuple[Revision, ...]


@dataclass(frozen=True, slots=True)
class PatientRecord:
    """`today` is the patient's; `phones` may act for them now, `caregivers` help. Without an injection there
    is no `sheet`. `withdrawn_on`: the patient takes part no more. `is_locked`: by wrong dates of
    birth, and no code was made since.
    """

    public_id: UUID
    name: str
    born_on: date
    record_number: str
    time_zone: str
    is_restricted: bool
    today: date
    phones: int
    is_invited: bool
    is_locked: bool
    has_agreed: bool
    caregivers: int
    withdrawn_on: date | None
    injections: tuple[InjectionLink, ...]
    sheet: InjectionSheet | None
    diary: tuple[DiaryLine, ...]
    answers: PatientAnswers


def patient_record(
    *, actor: Actor, now: datetime, patient: UUID | None = None, injection: UUID | None = None
) -> PatientRecord:
    """A patient's current injection, or the one asked for. Raises NoRecord. A fixed number of statements."""
    who = _patient(actor, now, patient, injection)
    injections = list(
        Injection.objects.filter(patient=who)
        .select_related("assessment", "track", "history")
        .order_by("-injected_on", "-id")
    )
    shown = _shown(injections, who, injection)
    zone = zone_of(who.time_zone)
    today = local_today(now, zone)
    return PatientRecord(
        public_id=who.public_id,
        name=who.full_name,
        born_on=who.born_on,
        record_number=who.record_number,
        time_zone=who.time_zone,
        is_restricted=who.is_restricted,
        today=today,
        phones=who.phones,  # type: ignore[attr-defined]  # annotated in _patient
        is_invited=who.is_invited,  # type: ignore[attr-defined]  # annotated in _patient
        is_locked=who.last_void == "tries",  # type: ignore[attr-defined]  # annotated in _patient
        has_agreed=bool(who.consent_version),
        caregivers=who.helping,  # type: ignore[attr-defined]  # annotated in _patient
        withdrawn_on=local_today(who.withdrawn_at, zone) if who.withdrawn_at else None,
        injections=tuple(_link(one, shown) for one in injections),
        sheet=injection_sheet(shown, among=injections, today=today, zone=zone) if shown else None,
        diary=_diary(who, shown.injected_on) if shown else (),
        answers=patient_answers(who, today=today, shown=shown, among=injections),
    )


def _patient(actor: Actor, now: datetime, patient: UUID | None, injection: UUID | None) -> Patient:
    wanted = Q(public_id=patient) if patient else Q(injections__public_id=injection)
    open_invitation = Invitation.objects.filter(
        patient=OuterRef("pk"), redeemed_at=None, voided_at=None, expires_at__gt=now
    )
    newest = Invitation.objects.filter(patient=OuterRef("pk"), caregiver=None).order_by("-id")
    is_open = Q(devices__ended_at=None, devices__expires_at__gt=now)
    is_over = Q(caregivers__to_on__lt=now.date())
    helps = Q(caregivers__ended_at=None) & ~is_over
    found = (
        patients_visible_to(actor)
        .filter(wanted)
        .annotate(
            phones=Count("devices", filter=is_open, distinct=True),
            helping=Count("caregivers", filter=helps, distinct=True),
            is_invited=Exists(open_invitation),
            last_void=Subquery(newest.values("void_reason")[:1]),
        )
        .first()
    )
    if found is None:
        raise NoRecord
    trail.saw([found.pk])
    return found


def _shown(injections: list[Injection], patient: Patient, asked: UUID | None) -> Injection | None:
    if asked:
        return next(one for one in injections if one.public_id == asked)
    current = next((one for one in injections if one.pk == patient.current_injection_id), None)
    return current or next(iter(injections), None)


def _link(injection: Injection, shown: Injection | None) -> InjectionLink:
    return InjectionLink(
        public_id=injection.public_id,
        injected_on=injection.injected_on,
        region=Region(injection.region).label,
        level=injection.level,
        status=Status(injection.status).label,
        is_shown=injection is shown,
    )


def _diary(patient: Patient, injected_on: date) -> tuple[DiaryLine, ...]:
    """Every day of the episode that has an entry, the newest first, in two statements."""
    window = (injected_on + timedelta(days=FIRST_DAY), injected_on + timedelta(days=LAST_DAY))
    days = DiaryDay.objects.filter(patient=patient, describes_on__range=window).order_by("-describes_on")
    entries = (
        DiaryEntry.objects.filter(patient=patient, describes_on__range=window)
        .select_related("membership__user", "device__caregiver")
        .defer("device__caregiver__consent_reason")  # sealed: opening it would take time
        .order_by("-id")
    )
    by_day: dict[date, list[DiaryEntry]] = {}
    for entry in entries:
        by_day.setdefault(entry.describes_on, []).append(entry)
    return tuple(_line(day, by_day[day.describes_on], injected_on) for day in days)


def _line(day: DiaryDay, entries: list[DiaryEntry], injected_on: date) -> DiaryLine:
    revisions = {entry.pk: _revision(entry, day) for entry in entries}
    current = revisions.pop(day.current_id)
    number = (day.describes_on - injected_on).days
    return DiaryLine(number, day.describes_on, current, tuple(revisions.values()))


def _revision(entry: DiaryEntry, day: DiaryDay) -> Revision:
    return Revision(
        client_id=entry.client_id,
        pain=entry.pain,
        soreness=entry.soreness,
        timing=Timing(entry.timing),
        source=Source(entry.source),
        by=entry.membership.user.name if entry.membership else entered_by(entry),
        entered_at=entry.entered_at,
        received_at=entry.received_at,
        is_current=entry.pk == day.current_id,
        is_scored=entry.pk in (day.scored_pain_id, day.scored_soreness_id),
    )


def current_entry(*, actor: Actor, patient: UUID, on: date) -> UUID | None:
    """The entry that stands for a day, which a correction replaces."""
    return (
        DiaryDay.objects.filter(
            patient__in=patients_visible_to(actor).filter(public_id=patient), describes_on=on
        )
        .values_list("current__client_id", flat=True)
        .first()
    )
