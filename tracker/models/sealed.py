"""Columns that are encrypted in the database: what is never searched, such as an e-mail address.

AES-256-GCM with the newest of `settings.FIELD_KEYS`; older ones still open what they sealed. The name of
table and column is sealed in, so that a value moved into another column does not open there
(docs/adr/0013-sealed-columns.md).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

NONCE_BYTES = 12
"""As NIST SP 800-38D recommends. Drawn at random, it serves 2**32 values under one key."""


class CannotUnseal(Exception):
    """A sealed value that no key opens: the key is missing, or the value was changed or moved."""

    def __init__(self, context: str) -> None:
        super().__init__(
            f"No field key opens a value of {context}. Put the key it was sealed with back: ONSET_FIELD_KEY, "
            "or the file field_key in the data folder, or among ONSET_FIELD_KEYS_OLD. If every key is there, "
            "the value was changed: restore the backup (docs/operations.md)."
        )


def seal(text: str, *, context: str) -> str:
    """A text as it is stored: key id, nonce and ciphertext, base64. Two of the same text look different."""
    key = settings.FIELD_KEYS[0]
    nonce = os.urandom(NONCE_BYTES)
    sealed = _cipher(key).encrypt(nonce, text.encode(), context.encode())
    return base64.b64encode(_id(key) + nonce + sealed).decode()


def unseal(sealed: str, *, context: str) -> str:
    """The text that was sealed for the same context. Raises CannotUnseal, and never gives anything else."""
    try:
        raw = base64.b64decode(sealed, validate=True)
    except (ValueError, binascii.Error) as error:
        raise CannotUnseal(context) from error
    key_id, nonce, ciphertext = raw[:1], raw[1 : 1 + NONCE_BYTES], raw[1 + NONCE_BYTES :]
    for key in settings.FIELD_KEYS:
        if _id(key) == key_id:  # of several keys two may share an id: the seal itself decides
            try:
                return _cipher(key).decrypt(nonce, ciphertext, context.encode()).decode()
            except (InvalidTag, ValueError):
                continue
    raise CannotUnseal(context)


@lru_cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


@lru_cache
def _id(key: bytes) -> bytes:
    """One byte that tells keys apart and says nothing about them."""
    return hashlib.sha256(b"id of a field key" + key).digest()[:1]


class SealedTextField(models.TextField):
    """Text that is sealed on its way into the database and opened on its way out.

    An empty text is sealed as well, None is NULL. It cannot be searched, sorted or compared: the database
    only ever knows whether there is a value.
    """

    @property
    def context(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> str | None:
        text = super().get_db_prep_value(value, connection, prepared)
        return None if text is None else seal(text, context=self.context)

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else unseal(value, context=self.context)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.context} is sealed: it can be asked for __isnull, not for __{lookup_name}.")
