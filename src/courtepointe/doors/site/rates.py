"""How often an address may do what asks for no account: counted by the minute, in the cache, as a digest."""

from __future__ import annotations

import hashlib
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

KEPT = 120
"""Seconds: a minute's count is read in that minute alone."""


def counted(request: HttpRequest, what: str, *, by: int = 1) -> int:
    """Count something that an address does, and give how often it did so in this minute; 0 only looks."""
    key = _key(request, what)
    if cache.add(key, by, KEPT):
        return by
    if not by:
        return int(cache.get(key, 0))
    try:
        return int(cache.incr(key, by))
    except ValueError:  # it ended between the two
        return by


def _key(request: HttpRequest, what: str) -> str:
    address = get_adapter(request).get_client_ip(request)
    told = f"{what}:{int(time.time() // 60)}:{address}"
    return f"rate-{hashlib.sha256(told.encode()).hexdigest()}"
