"""Second factors of staff: added, spent, removed. The rows are those of `allauth.mfa`, their secrets sealed.

A code from an app is never taken twice: the half minute it belongs to is kept with the factor, and only later
ones count. The database decides, so it holds over any number of processes.
"""

from __future__ import annotations

import secrets
from base64 import b32encode
from datetime import datetime
from typing import Any

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction

from tracker.actions import sign_ins, staff_secrets
from tracker.actions.sign_ins import Event
from tracker.models import User
from tracker.queries.staff_account import MAIN_FACTORS

Kind = Authenticator.Type

STEP_SECONDS = 30
TOLERATED_STEPS = 1
"""A telephone's clock may be half a minute off, either way."""


class LastFactor(Exception):
    """The only factor left: without it the person could not come in any more."""


def new_secret() -> str:
    """160 random bits as an authenticator app takes them (RFC 4226 section 4: no fewer than 128)."""
    return b32encode(secrets.token_bytes(20)).decode()


def matching_step(*, secret: str, code: str, now: datetime) -> int | None:
    """The step whose code this is (RFC 6238), of now and its neighbours; None where it is of none."""
    current = int(now.timestamp()) // STEP_SECONDS
    for step in range(current - TOLERATED_STEPS, current + TOLERATED_STEPS + 1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))):
            return step
    return None


@transaction.atomic
def add_app(*, user: User, secret: str, step: int, now: datetime) -> list[str]:
    """Add an authenticator app that has just shown the code of `step`; an older one, on a lost phone, ends.

    Returns the recovery codes made with it, which are shown once; none where there are some already.
    """
    _one_at_a_time(user)
    replaced, _ = Authenticator.objects.filter(user_id=user.pk, type=Kind.TOTP).delete()
    data = {"secret": staff_secrets.seal(secret), "last_step": step}
    return _add(user, Kind.TOTP, data, now, replaced=bool(replaced))


@transaction.atomic
def add_passkey(*, user: User, name: str, credential: dict[str, Any], now: datetime) -> list[str]:
    """Add a passkey whose creation was verified. Returns recovery codes, as `add_app` does."""
    _one_at_a_time(user)
    return _add(user, Kind.WEBAUTHN, {"name": name, "credential": credential}, now)


@transaction.atomic
def renew_codes(*, user: User, now: datetime) -> list[str]:
    """Ten new recovery codes; the old ones do not work any more."""
    _one_at_a_time(user)
    Authenticator.objects.filter(user_id=user.pk, type=Kind.RECOVERY_CODES).delete()
    sign_ins.record(user_id=user.pk, event=Event.CODES_RENEWED, now=now)
    return RecoveryCodes.activate(user).generate_codes()


def spend_code(*, user: User, code: str, now: datetime) -> Authenticator | None:
    """Take a code of the app or a recovery code: its factor, or None where it is wrong or was used."""
    factors = Authenticator.objects.filter(user_id=user.pk, type__in=(Kind.TOTP, Kind.RECOVERY_CODES))
    return next((factor for factor in factors if _spend(factor, code, now)), None)


@transaction.atomic
def remove(*, user: User, factor_id: int, now: datetime) -> None:
    """Take an app or a passkey away. Raises LastFactor, and Authenticator.DoesNotExist for one of others."""
    _one_at_a_time(user)
    mine = Authenticator.objects.filter(user_id=user.pk, type__in=MAIN_FACTORS)
    factor = mine.get(pk=factor_id)
    if mine.count() == 1:
        raise LastFactor
    factor.delete()
    sign_ins.record(user_id=user.pk, event=Event.FACTOR_REMOVED, now=now, kind=factor.type)


def forget_all(*, user: User, now: datetime) -> None:
    """All factors and sessions of somebody end; the next sign-in sets up new ones.

    Part of a larger action, in its transaction, which writes the event (tracker.actions.staff).
    """
    _one_at_a_time(user)
    Authenticator.objects.filter(user_id=user.pk).delete()
    sign_ins.end_sessions(user_id=user.pk, now=now)


def _one_at_a_time(user: User) -> None:
    """Two at once could each remove the factor that the other leaves."""
    User.objects.select_for_update().get(pk=user.pk)


def _add(user: User, kind: str, data: dict[str, Any], now: datetime, *, replaced: bool = False) -> list[str]:
    Authenticator.objects.create(user=user, type=kind, data=data, created_at=now)
    sign_ins.record(user_id=user.pk, event=Event.FACTOR_ADDED, now=now, kind=kind, replaced=replaced)
    if Authenticator.objects.filter(user_id=user.pk, type=Kind.RECOVERY_CODES).exists():
        return []
    return RecoveryCodes.activate(user).generate_codes()


def _spend(factor: Authenticator, code: str, now: datetime) -> bool:
    if factor.type == Kind.RECOVERY_CODES:
        return bool(factor.wrap().validate_code(code))
    secret = staff_secrets.unseal(factor.data["secret"])
    step = matching_step(secret=secret, code=code, now=now)
    if step is None:
        return False
    later = Authenticator.objects.filter(pk=factor.pk, data__last_step__lt=step)
    return later.update(data=factor.data | {"last_step": step}) == 1
