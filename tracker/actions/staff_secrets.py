"""Secrets of a second factor, as the database keeps them: sealed."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction

from tracker.models import sealed

CONTEXT = f"{Authenticator._meta.db_table}.data"
"""allauth's table and column: what is sealed for it opens nowhere else."""

SEALED = ("secret", "seed")
"""What of an authenticator's data is sealed: an app's secret, and what recovery codes are made from."""


def seal(text: str) -> str:
    return sealed.seal(text, context=CONTEXT)


def unseal(stored: str) -> str:
    """The text again. Raises CannotUnseal."""
    return sealed.unseal(stored, context=CONTEXT)


def reseal() -> int:
    """Seal every secret anew with the newest key; how many rows there were. Raises CannotUnseal."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    ids = list(Authenticator.objects.filter(type__in=kinds).values_list("pk", flat=True))
    for factor_id in ids:
        with transaction.atomic():
            factor = Authenticator.objects.select_for_update().get(pk=factor_id)
            found = {name: factor.data[name] for name in SEALED if name in factor.data}
            factor.data |= {name: seal(unseal(stored)) for name, stored in found.items()}
            factor.save(update_fields=["data"])
    return len(ids)
