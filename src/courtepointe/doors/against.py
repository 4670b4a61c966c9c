"""What a reader asks to read an area against, read alike by the pages and by the API."""

from __future__ import annotations

from collections.abc import Iterable

from courtepointe.core.errors import BadInput

MOST_AGAINST = 6


def asked_against(refs: Iterable[str]) -> tuple[str, ...]:
    """Give each once, in the order asked.

    Raises
    ------
    BadInput
        ``too_many_compared``.
    """
    asked = tuple(dict.fromkeys(ref.strip() for ref in refs if ref.strip()))
    if len(asked) > MOST_AGAINST:
        raise BadInput("too_many_compared", value=len(asked), expected=MOST_AGAINST)
    return asked
