"""What staff type or hand over to prove who they are."""

from __future__ import annotations

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.webauthn.forms import (
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
    SignupWebAuthnForm,
)
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from tracker.actions import second_factors

PASSKEY_REFUSED = "This passkey was not accepted. Try again, or use another way."


class _SpendsCode(forms.Form):
    """Takes a code once, and counts the attempts: five in five minutes."""

    user: Any

    def clean_code(self) -> str:
        forgive = check_rate_limit(self.user)
        code: str = self.cleaned_data["code"]
        factor = second_factors.spend_code(user=self.user, code=code, now=timezone.now())
        if factor is None:
            raise get_adapter().validation_error("incorrect_code")
        forgive()
        factor.user = self.user
        self.authenticator = factor
        return code


class SecondStepForm(_SpendsCode, AuthenticateForm):
    """A code, after the password."""


class ConfirmByCodeForm(_SpendsCode, ReauthenticateForm):
    """A code, to confirm who is there."""


class AppForm(forms.Form):
    """The first code of an authenticator app, which shows that it holds the secret."""

    code = forms.CharField(max_length=20)

    def __init__(self, *args: Any, user: Any, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.secret = user, secret

    def clean_code(self) -> str:
        forgive = check_rate_limit(self.user)
        code: str = self.cleaned_data["code"]
        step = second_factors.matching_step(secret=self.secret, code=code, now=timezone.now())
        if step is None:
            raise ValidationError(
                "This is not the code of this moment. Type the one the app shows now. If it is refused, too, "
                "let your telephone set its clock by itself."
            )
        forgive()
        self.step = step
        return code


class CredentialField(forms.JSONField):
    """What a browser answers for a passkey: its outer shape, before a library reads it."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        try:
            read = super().to_python(value)
        except (ValidationError, RecursionError) as error:
            raise ValidationError(PASSKEY_REFUSED) from error
        if read is None:
            return read
        texts = ("id", "rawId", "type")
        if not (isinstance(read, dict) and all(isinstance(read.get(name), str) for name in texts)):
            raise ValidationError(PASSKEY_REFUSED)
        return read


def _refused(error: Any) -> ValidationError:
    """Our words for a passkey that does not fit; the word on too many attempts stays."""
    is_about_the_passkey = getattr(error, "code", "incorrect_code") == "incorrect_code"
    return ValidationError(PASSKEY_REFUSED if is_about_the_passkey else str(error.message))


UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error)
"""What the library raises for answers that no browser gives, beside its own refusals."""


class _ReadsPasskey(forms.Form):
    credential = CredentialField()

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # of allauth's form beside this one
        except (ValidationError, *UNREADABLE) as error:
            raise _refused(error) from error


class PasskeySignInForm(_ReadsPasskey, LoginWebAuthnForm):
    """A passkey alone, which counts as both factors: it asked for a finger, a face or a PIN."""


class PasskeySecondStepForm(_ReadsPasskey, AuthenticateWebAuthnForm):
    """A passkey, after the password."""


class ConfirmByPasskeyForm(_ReadsPasskey, ReauthenticateWebAuthnForm):
    """A passkey, to confirm who is there."""


class NewPasskeyForm(SignupWebAuthnForm):
    """A passkey that was just made."""

    name = forms.CharField(max_length=60, required=False)
    credential = CredentialField()

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except (ValidationError, *UNREADABLE) as error:
            raise _refused(error) from error
