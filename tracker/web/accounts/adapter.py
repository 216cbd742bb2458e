from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class StaffAdapter(DefaultAccountAdapter):
    """Accounts are made by the clinic: nobody signs up by themselves."""

    error_messages = DefaultAccountAdapter.error_messages | {
        # One answer for an unknown address and a wrong password: neither can be guessed apart.
        "email_password_mismatch": "This e-mail address and password do not belong together. Check both.",
        "too_many_login_attempts": "Too many attempts. Wait five minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
