"""The "right now" scores of the day of an injection: when each is due, and what was said so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker import trail
from tracker.access import Device, can
from tracker.domain.forms import Form
from tracker.domain.hours import Stage, Window, minutes_since, stage_of, started, windows
from tracker.domain.procedure import Intent, Status
from tracker.domain.roles import Permission
from tracker.domain.study_days import offered_days
from tracker.domain.zones import zone_of
from tracker.models import Injection, Response
from tracker.queries.current_injection import CurrentInjection
from tracker.queries.protocols import rules_of


@dataclass(frozen=True, slots=True)
class Moment:
    """A checkpoint: minutes after the injection, None for before it; and its score, for who may see it.

    `at` is the time of day at which it begins, empty where nobody knows yet when the injection was.
    """

    minutes: int | None
    pain: int | None
    is_given: bool
    stage: Stage
    window: Window | None = None
    at: str = ""
    minutes_left: int = 0


@dataclass(frozen=True, slots=True)
class RightNow:
    """`started_at` is HH:MM by the patient's clock, as they gave it; None before that."""

    injection: Injection
    is_diagnostic: bool
    started_at: str | None
    moments: tuple[Moment, ...]

    @property
    def due(self) -> Moment | None:
        """The moment that a score is wanted for now; one after the injection will not come again."""
        found = [moment for moment in self.moments if moment.stage is Stage.NOW]
        return found[-1] if found else None

    def takes(self, moment: Moment) -> bool:
        """Whether a score may be given for it now. Without a time only a block has to wait."""
        if moment.stage is Stage.OPEN:
            return moment.minutes is None or not self.is_diagnostic
        return moment.stage in (Stage.NOW, Stage.SAVED)


def right_now(*, reader: Device, now: datetime) -> RightNow | None:
    """The moments of the injection of today, in two statements; None on any other day.

    Until four in the night that of yesterday goes on: hours after a late block are still due then.
    """
    trail.saw([reader.patient.pk])
    found = (_injection(reader, on) for on in _days_now(reader, now))
    injection = next(filter(None, found), None)
    return None if injection is None else _right_now(reader, injection, now)


def right_now_ahead(*, reader: Device, current: CurrentInjection | None, now: datetime) -> RightNow | None:
    """The same of an injection of today or later, so that a phone has it on the day without a network.

    No statement where there is none ahead, else one or two; in the night one more.
    """
    if current is None:
        return None
    first, *others = _days_now(reader, now)
    if current.row.injected_on >= first:
        return _right_now(reader, current.row, now)
    days = ((first,) if others else ()) + ((current.next_on,) if current.next_on else ())
    injection = next(filter(None, (_injection(reader, on) for on in days)), None)
    return None if injection is None else _right_now(reader, injection, now)


def _days_now(reader: Device, now: datetime) -> tuple[date, ...]:
    """Today; in the night yesterday first, which is not over yet."""
    local = now.astimezone(zone_of(reader.patient.time_zone))
    return tuple(dict.fromkeys((offered_days(local)[0], local.date())))


def _injection(reader: Device, on: date) -> Injection | None:
    """The one of a date, also a planned one beside an earlier one whose course goes on."""
    found = Injection.objects.filter(patient=reader.patient, injected_on=on).exclude(status=Status.CANCELLED)
    return found.select_related("track").order_by("pk").last()


def _right_now(reader: Device, injection: Injection, now: datetime) -> RightNow:
    is_diagnostic = injection.intent == Intent.DIAGNOSTIC
    given: dict[int | None, int | None] = dict(injection.track.after)
    given[None] = injection.track.before
    may_see = can(reader, Permission.SEE_OWN_DIARY)
    at = _started_at(reader, injection.injected_on)
    zone = zone_of(reader.patient.time_zone)
    start = started(at, on=injection.injected_on, zone=zone) if at else None

    def moment(window: Window | None) -> Moment:
        minutes = window.minutes if window else None
        is_given = given.get(minutes) is not None
        gone = None if start is None else minutes_since(start, now=now)
        if window is None:
            fresh = Stage.OPEN if gone is not None and gone >= 0 else Stage.NOW
            return Moment(
                None, given[None] if may_see else None, is_given, Stage.SAVED if is_given else fresh
            )
        begins = None if start is None else start.astimezone(now.tzinfo) + timedelta(minutes=window.minutes)
        return Moment(
            minutes,
            given.get(minutes) if may_see else None,
            is_given,
            stage_of(window, minutes=gone, is_given=is_given),
            window,
            at=f"{begins.astimezone(zone):%H:%M}" if begins else "",
            minutes_left=0 if gone is None else max(0, window.minutes - gone),
        )

    asked = windows(is_diagnostic=is_diagnostic, rules=rules_of(injection))
    moments = (moment(None), *(moment(window) for window in asked))
    return RightNow(injection, is_diagnostic, at, moments)


def _started_at(reader: Device, on: date) -> str | None:
    """What was said last about when it was; no score, so that whoever may log knows what is due."""
    found = Response.objects.filter(patient=reader.patient, form=Form.START, describes_on=on)
    said = found.order_by("corrected_at", "client_id").values_list("said", flat=True).last()
    return said["at"] if said else None
