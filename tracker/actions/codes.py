"""Codes and tokens: how they are made, read from what somebody typed, and kept as hashes.

Each begins with its clinic's locator, which is no secret: it says in whose scope to look.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import ngettext

from tracker.models import Clinic

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no I, L, O or U, so that nothing is mistaken for another."""

LOOKALIKES = str.maketrans("OIL", "011", " -\u2010\u2011\u2012\u2013\u2014")

LOCATOR, SHORT, MOVING = 3, 8, 6
"""Characters of a locator; letters of a printed code (40 bits); digits of a code that moves a phone."""

TOKEN_BYTES = 16


class Unreadable(ValueError):
    """What was typed is no code of ours; the message says how one looks."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A code or token as somebody gave it: where to look, and the hash to look for."""

    locator: str
    token_hash: bytes | None = None
    code_hash: bytes | None = None


def read(text: str) -> Typed:
    """A token from a link, or a code as typed: case, blanks, dashes and look-alikes do not matter.

    Raises Unreadable.
    """
    text = text.strip()
    locator, dot, secret = text.partition(".")
    if dot:
        return Typed(_plain(locator), token_hash=hash_token(secret))
    code = _plain(text)
    if len(code) not in (LOCATOR + SHORT, LOCATOR + MOVING) or set(code) - set(LETTERS):
        said = ngettext(
            "A code looks like K7Q-4F2M-9TXB or K7Q-481516. You typed {count} letter or digit. Check each "
            "group.",
            "A code looks like K7Q-4F2M-9TXB or K7Q-481516. You typed {count} letters and digits. Check each "
            "group.",
            len(code),
        )
        raise Unreadable(said.format(count=len(code)))
    return Typed(code[:LOCATOR], code_hash=hash_code(code))


def clinic_with(locator: str) -> int | None:
    """The clinic that a locator names. Clinics are no secret: this needs no scope."""
    if set(locator) - set(LETTERS):
        return None
    return Clinic.objects.filter(locator=locator).values_list("pk", flat=True).first()


def new_locator() -> str:
    """One that no clinic has yet."""
    while clinic_with(locator := _letters(LOCATOR)):
        pass
    return locator


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_code(locator: str) -> str:
    """For a printed letter: K7Q-4F2M-9TXB."""
    code = _letters(SHORT)
    return f"{locator}-{code[:4]}-{code[4:]}"


def new_digits(locator: str) -> str:
    """For moving to another phone, typed off a screen within minutes: K7Q-481516."""
    return f"{locator}-{six_digits()}"


def six_digits() -> str:
    """For a page that is open already and knows whose code it asks for: 481516."""
    return f"{secrets.randbelow(10**MOVING):0{MOVING}}"


def hash_code(code: str) -> bytes:
    """Keyed, since a short code could be tried out by whoever steals the table."""
    return hmac.digest(settings.CODE_KEY, _plain(code).encode(), "sha256")


def hash_token(token: str) -> bytes:
    """Plain: 128 random bits and more cannot be tried out."""
    return hashlib.sha256(token.encode()).digest()


def _plain(text: str) -> str:
    return text.strip().upper().translate(LOOKALIKES)


def _letters(count: int) -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(count))
