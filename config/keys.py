"""Keys made from secrets: one for each purpose, so that none opens what belongs to another."""

import hashlib
import hmac

from django.core.exceptions import ImproperlyConfigured

FEWEST_CHARACTERS = 32


def derived(secret: str, *, purpose: str) -> bytes:
    """32 bytes from a random text. The secret cannot be told from them."""
    if len(secret) < FEWEST_CHARACTERS:
        raise ImproperlyConfigured(
            f"The secret for {purpose} has fewer than {FEWEST_CHARACTERS} characters: it could be guessed. "
            "Leave its variable unset to have one made, or put the one back that was in use."
        )
    return hmac.digest(secret.encode(), f"onset: {purpose}".encode(), hashlib.sha256)
