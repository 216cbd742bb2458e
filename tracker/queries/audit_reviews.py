"""The weekly reviews of unusual access, and whether somebody has looked at the newest one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tracker.domain.roles import PERMISSIONS, Permission
from tracker.models import AuditEvent, Membership
from tracker.queries.unusual_access import Week

REVIEW = "access.review"
SYSTEM = "system"
LISTED = timedelta(weeks=12)
WAITS = timedelta(weeks=2)
"""After that nobody is reminded any more of a list that was not looked at."""

READERS = [role for role in PERMISSIONS if Permission.SEE_AUDIT in PERMISSIONS[role]]


@dataclass(frozen=True, slots=True)
class Review:
    """What a week gave; `monday` is its first day."""

    monday: date
    findings: int


def subject_of(week: Week) -> str:
    return f"week:{week.monday.isoformat()}"


def reviews(*, now: datetime) -> tuple[Review, ...]:
    """Those of the last twelve weeks, the newest first, in one statement."""
    rows = AuditEvent.objects.filter(actor=SYSTEM, at__gte=now - LISTED, action=REVIEW).order_by("-at", "-id")
    return tuple(_review(subject, detail) for subject, detail in rows.values_list("subject", "detail"))


def unread_review(*, actor: Membership, now: datetime) -> Review | None:
    """The newest review, where it found something and nobody has opened its list yet."""
    newest = (
        AuditEvent.objects.filter(actor=SYSTEM, at__gte=now - WAITS, action=REVIEW)
        .order_by("-at", "-id")
        .values_list("at", "subject", "detail")
        .first()
    )
    if newest is None or not newest[2]["findings"]:
        return None
    at, subject, detail = newest
    readers = Membership.objects.filter(clinic_id=actor.clinic_id, role__in=READERS)
    names = [f"staff:{pk}" for pk in readers.values_list("pk", flat=True)]
    read = AuditEvent.objects.filter(actor__in=names, at__gte=at, action="audit.read", subject=subject)
    return None if read.exists() else _review(subject, detail)


def _review(subject: str, detail: dict[str, int]) -> Review:
    return Review(date.fromisoformat(subject.removeprefix("week:")), detail["findings"])
