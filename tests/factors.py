"""Second factors for tests: cheap to have, and codes as a telephone would show them."""

from __future__ import annotations

import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tracker.actions import staff_secrets
from tracker.actions.second_factors import STEP_SECONDS
from tracker.domain.session_clock import SEEN_AT, SIGNED_IN_AT
from tracker.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""What every test's authenticator app holds."""


def enrolled(user: User) -> User:
    """Give somebody an authenticator app."""
    data = {"secret": staff_secrets.seal(SECRET), "last_step": 0}
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
    return user


def code(*, seconds: float = 0, secret: str = SECRET) -> str:
    """What the app shows now, or some seconds from now."""
    return format_hotp_value(hotp_value(secret, int(time.time() + seconds) // STEP_SECONDS))


def fresh_code(user: User) -> str:
    """A code that this person has not used yet and that is taken now."""
    app = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    now = int(time.time()) // STEP_SECONDS
    step = max(now - 1, app.data["last_step"] + 1)
    assert step <= now + 1, "three codes in a minute and a half: there is no fresh one"
    return format_hotp_value(hotp_value(SECRET, step))


def start_clock(client: Client) -> Client:
    """As after signing in by the pages: the session's clock runs, and the next request need not start it."""
    session = client.session
    session[SIGNED_IN_AT] = session[SEEN_AT] = time.time()
    session.save()
    return client


def confirm(client: Client, *, ago: float = 0) -> None:
    """Let a signed-in browser have confirmed who is there, so many seconds ago."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time() - ago}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
