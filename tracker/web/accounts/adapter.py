"""How allauth signs staff in: what it may do, what it says, and what the audit trail learns of it."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest
from django.utils import timezone

from tracker.actions import sign_ins
from tracker.actions.sign_ins import Event
from tracker.web.accounts.session_clock import note_use
from tracker.web.confirmed import is_confirmed


class StaffAdapter(DefaultAccountAdapter):
    """Accounts are made by the clinic: nobody signs up by themselves, and nothing here sends mail."""

    error_messages = DefaultAccountAdapter.error_messages | {
        # One answer for an unknown address, a wrong password and an account that is switched off.
        "email_password_mismatch": "This e-mail address and password do not belong together. Check both.",
        "too_many_login_attempts": "Too many attempts. Wait five minutes, then try again.",
        "rate_limited": "Too many attempts. Wait five minutes, then try again.",
        "incorrect_password": "This is not your password. Check capital letters and the keyboard’s language.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not is_confirmed(self.request)

    def login(self, request: HttpRequest, user: Any) -> None:
        # Written down first: a sign-in that leaves no event does not happen.
        records = get_authentication_records(request, user)
        factor = records[-1].get("type", "none") if records else "none"
        sign_ins.record(user_id=user.pk, event=Event.SIGNED_IN, now=timezone.now(), factor=factor)
        super().login(request, user)
        note_use(request.session)

    def logout(self, request: Any) -> None:
        sign_ins.record(user_id=request.user.pk, event=Event.SIGNED_OUT, now=timezone.now())
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        sign_ins.record_wrong_password(email=credentials.get("email", ""), now=timezone.now())
