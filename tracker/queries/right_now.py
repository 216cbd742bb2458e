"""The "right now" scores that a patient may give today: on the day of an injection, at its checkpoints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tracker.domain.procedure import Intent
from tracker.domain.ruleset import ESI_RULES
from tracker.domain.study_days import local_today
from tracker.models import Injection, Patient


@dataclass(frozen=True, slots=True)
class Moment:
    """A checkpoint: minutes after the injection, None for before it; and its score where there is one."""

    minutes: int | None
    pain: int | None


@dataclass(frozen=True, slots=True)
class RightNow:
    injection: Injection
    is_diagnostic: bool
    moments: tuple[Moment, ...]


def right_now(*, patient: Patient, now: datetime) -> RightNow | None:
    """The checkpoints of today's injection in one statement; None on any other day."""
    if patient.current_injection_id is None:
        return None
    injection = Injection.objects.select_related("track").get(pk=patient.current_injection_id)
    if injection.injected_on != local_today(now, zone=ZoneInfo(patient.time_zone)):
        return None
    is_diagnostic = injection.intent == Intent.DIAGNOSTIC
    checkpoints = ESI_RULES.block_checkpoint_minutes if is_diagnostic else ESI_RULES.reading_minutes
    given: dict[int | None, int | None] = dict(injection.track.after)
    given[None] = injection.track.before
    moments = tuple(Moment(minutes, given.get(minutes)) for minutes in (None, *checkpoints))
    return RightNow(injection, is_diagnostic, moments)
