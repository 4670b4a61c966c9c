"""Contacts are encrypted at rest: who reads the database without the key reads nothing.

The keys are in ``settings.CONTACT_KEYS``: the first seals, all open, so that a key is changed without
losing what an older one sealed. Encryption is Fernet (AES-128-CBC and HMAC-SHA256), of `cryptography`.
"""

from __future__ import annotations

import hashlib
import hmac
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

from courtepointe.core.errors import Refused


@cache
def _keys(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal(text: object) -> str:
    """Encrypt a text; an empty one stays empty, and one `WithSeal` gives the seal that it has."""
    if isinstance(text, WithSeal):
        return text.seal
    text = str(text)
    return _keys(tuple(settings.CONTACT_KEYS)).encrypt(text.encode()).decode() if text else ""


class WithSeal(str):
    """A text with its seal, for what is kept in several places at once: it is sealed only once."""

    seal: str

    def __new__(cls, text: object) -> WithSeal:
        """Seal a text, and let it be read as before."""
        made = super().__new__(cls, str(text))
        made.seal = seal(str(text))
        return made


def unseal(sealed: str) -> str:
    """Decrypt a text; raise `Refused` where no key of ours opens it."""
    if not sealed:
        return ""
    try:
        return _keys(tuple(settings.CONTACT_KEYS)).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Refused("contacts_cannot_be_read") from error


def seal_bytes(content: bytes) -> bytes:
    """Encrypt a file."""
    return _keys(tuple(settings.CONTACT_KEYS)).encrypt(content)


def unseal_bytes(sealed: bytes | memoryview[int]) -> bytes:
    """Decrypt a file; raise `Refused` where no key of ours opens it."""
    try:
        return _keys(tuple(settings.CONTACT_KEYS)).decrypt(bytes(sealed))
    except InvalidToken as error:
        raise Refused("contacts_cannot_be_read") from error


def fingerprint(text: str) -> str:
    """Give what tells whether two contacts are the same, and nothing else: an HMAC under our secret.

    Letters' case and outer spaces are forgotten. (64,) hexadecimal digits; empty for an empty text.
    """
    plain = text.strip().casefold()
    key = settings.SECRET_KEY.encode()
    return hmac.new(key, plain.encode(), hashlib.sha256).hexdigest() if plain else ""


class SealedText(models.TextField):  # type: ignore[type-arg]
    """A text that the database holds encrypted. It cannot be searched: keep a `fingerprint` beside."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Open what the database holds."""
        return None if value is None else unseal(value)

    def get_prep_value(self, value: Any) -> Any:
        """Seal what goes to the database."""
        return None if value is None else seal(value)

    def get_lookup(self, lookup_name: str) -> Any:
        """Offer only the question whether there is a value."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
