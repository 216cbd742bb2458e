"""Who works for a clinic, and whether they can come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from tracker.domain.roles import Role
from tracker.models import Membership, StaffInvitation
from tracker.queries.staff_account import MAIN_FACTORS


class NoColleague(LookupError):
    """No such person is or was on the team."""


@dataclass(frozen=True, slots=True)
class Member:
    """One of the team. `link_until` is when the newest link ends that is still open."""

    id: int
    name: str
    email: str
    role: Role
    is_active: bool
    has_password: bool
    has_second_factor: bool
    link_until: datetime | None


def team(*, actor: Membership, now: datetime) -> tuple[Member, ...]:
    """Everybody who is or was on the team, those who are first, by name, in one statement."""
    factors = Authenticator.objects.filter(user_id=OuterRef("user_id"), type__in=MAIN_FACTORS)
    links = StaffInvitation.objects.filter(
        membership=OuterRef("pk"), redeemed_at=None, voided_at=None, expires_at__gt=now
    )
    rows = (
        _colleagues(actor)
        .annotate(
            has_second_factor=Exists(factors),
            link_until=Subquery(links.order_by("-expires_at").values("expires_at")[:1]),
        )
        .order_by("-is_active", "user__name", "pk")
    )
    return tuple(_member(row) for row in rows)


def colleague(*, actor: Membership, member: int) -> Membership:
    """The row of one of them, for an action. Raises NoColleague."""
    found = _colleagues(actor).filter(pk=member).first()
    if found is None:
        raise NoColleague
    return found


def _colleagues(actor: Membership) -> QuerySet[Membership]:
    return Membership.objects.filter(clinic_id=actor.clinic_id).select_related("user", "clinic")


def _member(row: Membership) -> Member:
    return Member(
        id=row.pk,
        name=row.user.name,
        email=row.user.email,
        role=Role(row.role),
        is_active=row.is_active,
        has_password=row.user.has_usable_password(),
        has_second_factor=row.has_second_factor,  # type: ignore[attr-defined]  # annotated in team
        link_until=row.link_until,  # type: ignore[attr-defined]  # annotated in team
    )
