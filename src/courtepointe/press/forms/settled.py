"""Office files without a clock: the same publication gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile

STAMP = (1980, 1, 1, 0, 0, 0)
CORE = "docProps/core.xml"
CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
NO_CLOCK = rb"\g<1>2000-01-01T00:00:00Z"


def settled(content: bytes, *, inner: bool = False) -> bytes:
    """Write an archive again with its entries in order, all of one date.

    The workbook behind an editable chart (``inner``) is stamped by its writer with the time of
    day: that is taken out too.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as held, zipfile.ZipFile(out, "w") as archive:
        for name in sorted(held.namelist(), key=_rank):
            data = held.read(name)
            if name.endswith(".xlsx"):
                data = settled(data, inner=True)
            elif inner and name == CORE:
                data = CLOCK.sub(NO_CLOCK, data)
            told = zipfile.ZipInfo(name, date_time=STAMP)
            told.compress_type = zipfile.ZIP_DEFLATED
            told.external_attr = 0o644 << 16
            archive.writestr(told, data)
    return out.getvalue()


def _rank(name: str) -> tuple[int, str]:
    """Put the list of contents first, as readers expect."""
    return (0 if name == "[Content_Types].xml" else 1, name)
