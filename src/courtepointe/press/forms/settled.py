"""Office files without a clock: the same publication gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

from courtepointe.formats.whole import zipped

CORE = "docProps/core.xml"
CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
NO_CLOCK = rb"\g<1>2000-01-01T00:00:00Z"


def settled(content: bytes, *, inner: bool = False) -> bytes:
    """Write an archive again with its entries in order, all of one date.

    The workbook behind an editable chart (``inner``) is stamped by its writer with the time of
    day: that is taken out too.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as held:
        return zipped(
            (n, _still(n, held.read(n), inner)) for n in sorted(held.namelist(), key=_rank)
        )


def _still(name: str, data: bytes, inner: bool) -> bytes:
    """Take the time of day from an entry."""
    if name.endswith(".xlsx"):
        return settled(data, inner=True)
    return CLOCK.sub(NO_CLOCK, data) if inner and name == CORE else data


def _rank(name: str) -> tuple[int, str]:
    """Put the list of contents first, as readers expect."""
    return (0 if name == "[Content_Types].xml" else 1, name)
