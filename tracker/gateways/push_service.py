"""Push services as phones name them, and the key by which they know us. Nothing here sends."""

from __future__ import annotations

import base64
import binascii
from functools import cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

LONGEST_ENDPOINT = 1000
"""The longest known ones have about 500 characters."""

SECRET_BYTES = 16
"""Of a subscription (RFC 8291, section 3.2)."""

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""How many points P-256 has (FIPS 186-5): a private key is a number below it."""

LOOPBACK = "127.0.0.1"


class NotASubscription(ValueError):
    """What a phone calls its subscription cannot be one, or leads to a place that we do not send to."""


def is_on() -> bool:
    """Whether reminders leave: push services want somebody to write to."""
    return bool(settings.PUSH_CONTACT)


@cache
def _pair(secret: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(secret) % (ORDER - 1) + 1, ec.SECP256R1())


def private_key() -> ec.EllipticCurvePrivateKey:
    """The sender's key (RFC 8292), made from ONSET_PUSH_KEY."""
    return _pair(settings.PUSH_KEY)


def public_key() -> str:
    """What a phone subscribes with, as a browser takes it: base64url without padding."""
    point = private_key().public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def check_subscription(*, endpoint: str, p256dh: str, auth: str) -> None:
    """Raises NotASubscription. The endpoint is a stranger's word: it may not lead just anywhere."""
    if len(endpoint) > LONGEST_ENDPOINT or not is_known(endpoint):
        raise NotASubscription("This is no push service that we send to.")
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(p256dh))
        is_secret = len(_bytes(auth)) == SECRET_BYTES
    except ValueError:
        is_secret = False
    if not is_secret:
        raise NotASubscription("These are no keys of a subscription.")


def is_known(endpoint: str) -> bool:
    """Whether it is an address of a known push service (ONSET_PUSH_HOSTS), by HTTPS.

    This machine itself needs no HTTPS, and no usual port, where the operator has listed it.
    """
    try:
        url = urlsplit(endpoint)
        host, port = url.hostname or "", url.port
    except ValueError:
        return False
    if not endpoint.isascii() or any(mark in endpoint for mark in "@#\\ \t\r\n"):
        return False
    if host == LOOPBACK:
        return url.scheme in ("http", "https") and LOOPBACK in settings.PUSH_HOSTS
    return (
        url.scheme == "https" and port in (None, 443) and any(_fits(host, one) for one in settings.PUSH_HOSTS)
    )


def _fits(host: str, pattern: str) -> bool:
    if pattern.startswith("*."):
        return host.endswith(pattern[1:].lower()) and len(host) > len(pattern) - 1
    return host == pattern.lower()


def _bytes(text: str) -> bytes:
    """Raises ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error
