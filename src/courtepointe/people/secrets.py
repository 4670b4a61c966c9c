"""Secrets of links: given once, kept only as a hash."""

from __future__ import annotations

import hashlib
import secrets


def new_secret() -> str:
    """Draw a secret that cannot be guessed: 32 bytes, in letters that an address takes."""
    return secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """Give what the database keeps of a secret: its SHA-256, 64 hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()
