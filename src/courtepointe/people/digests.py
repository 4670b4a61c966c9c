"""What marks a content that is kept: the same content, the same mark, on any machine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

SHORT = 16
"""Letters of a mark that tell two texts apart."""


def digest_of(told: Mapping[str, Any]) -> str:
    """Give the mark of a content: SHA-256 of its JSON, keys in order; floats are written to their last bit."""
    plain = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)  # fmt: skip
    return hashlib.sha256(plain.encode()).hexdigest()


def short_digest_of(told: Mapping[str, Any]) -> str:
    """Give as much of the mark of a content as tells two versions of it apart."""
    return digest_of(told)[:SHORT]
