"""What the rules said last of one injection."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tracker import trail
from tracker.access import Actor, injections_visible_to
from tracker.content.staff import reason_of, title_of
from tracker.domain.attention import Level
from tracker.domain.case_file import rules_in
from tracker.models import Assessment


@dataclass(frozen=True, slots=True)
class StoredAssessment:
    """`case` is what `manage.py assess` reads, `result` what it prints: None where no rule applies yet.

    `as_of_day` is a study day, below 0 before the injection.
    """

    injection: UUID
    as_of_day: int
    label: str
    title: str
    attention: Level
    reasons: tuple[str, ...]
    last_on: date | None
    last_pain: int | None
    is_confounded: bool
    rule_set: str
    case: dict[str, Any]
    result: dict[str, Any] | None
    assessed_at: datetime


class NoAssessment(LookupError):
    """No such injection is visible, or it was cancelled."""


def stored_assessment(*, actor: Actor, injection: UUID) -> StoredAssessment:
    """One statement. Raises NoAssessment."""
    visible = injections_visible_to(actor).filter(public_id=injection)
    row = Assessment.objects.filter(injection__in=visible).first()
    if row is None:
        raise NoAssessment
    trail.saw([row.patient_id])
    return StoredAssessment(
        injection=injection,
        as_of_day=row.as_of_day,
        label=row.label,
        title=title_of(row.label),
        attention=Level(row.attention),
        reasons=tuple(reason_of(key, rules_in(row.case)) for key in row.attention_reasons),
        last_on=row.last_on,
        last_pain=row.last_pain,
        is_confounded=row.is_confounded,
        rule_set=row.rule_set,
        case=row.case,
        result=row.result,
        assessed_at=row.assessed_at,
    )
