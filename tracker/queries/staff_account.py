"""A member of staff's own account: what they sign in with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef

from tracker.models import Membership, User

Kind = Authenticator.Type

MAIN_FACTORS = (Kind.TOTP, Kind.WEBAUTHN)
"""What one signs in with; recovery codes only stand in for these."""


@dataclass(frozen=True, slots=True)
class Factor:
    id: int
    is_passkey: bool
    name: str
    added_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """`codes_left` is None where there are no recovery codes; `can_remove`: never the last one."""

    main: tuple[Factor, ...]
    codes_left: int | None

    @property
    def can_remove(self) -> bool:
        return len(self.main) > 1

    @property
    def has_app(self) -> bool:
        return any(not factor.is_passkey for factor in self.main)


def signed_in_user(user_id: int) -> User | None:
    """The user behind a session and whether they have a second factor, in one statement."""
    factors = Authenticator.objects.filter(user_id=OuterRef("pk"), type__in=MAIN_FACTORS)
    return User.objects.annotate(has_second_factor=Exists(factors)).filter(pk=user_id).first()


def must_enrol(user: User) -> bool:
    """Whether this person, signed in, has to set up a second factor before anything else."""
    return not user.has_second_factor and not _is_waived(user)  # type: ignore[attr-defined]  # by signed_in_user


def _is_waived(user: User) -> bool:
    """Staff of demo clinics and of no other, on a machine that is not reached over a network by HTTPS."""
    if settings.HTTPS:
        return False
    is_demo = Membership.objects.filter(user_id=user.pk, is_active=True).values_list(
        "clinic__is_demo", flat=True
    )
    return bool(is_demo) and all(is_demo)


def factors_of(user: User) -> Factors:
    rows = list(Authenticator.objects.filter(user_id=user.pk).order_by("created_at", "pk"))
    codes = [row for row in rows if row.type == Kind.RECOVERY_CODES]
    return Factors(
        main=tuple(_factor(row) for row in rows if row.type in MAIN_FACTORS),
        codes_left=len(codes[0].wrap().get_unused_codes()) if codes else None,
    )


def _factor(row: Authenticator) -> Factor:
    is_passkey = row.type == Kind.WEBAUTHN
    name = row.data["name"] if is_passkey else "Authenticator app"
    return Factor(row.pk, is_passkey, name, row.created_at, row.last_used_at)
