from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter

from tracker.actions import staff_secrets
from tracker.queries import staff_account

NAME = "Onset"


class FactorAdapter(DefaultMFAAdapter):
    """How allauth keeps second factors, and what they are called."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is wrong, or it was used already. Wait for the next one and type that.",
    }

    def encrypt(self, text: str) -> str:
        return staff_secrets.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return staff_secrets.unseal(encrypted_text)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        there = sum(factor.is_passkey for factor in staff_account.factors_of(user).main)
        return f"Passkey {there + 1}" if there else "Passkey"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": NAME}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return super().get_public_key_credential_user_entity(user) | {"display_name": user.name}
