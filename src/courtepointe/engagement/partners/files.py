"""Files of the network: bytes that somebody brought made into a survey, and a survey made into bytes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path, PurePath

from courtepointe.core.errors import NotFound
from courtepointe.formats.ties import (
    Organisation,
    Read,
    Survey,
    graphml_of,
    organisations_csv,
    read_organisations,
    read_ties,
    ties_csv,
    write_graphml,
)

FORMS = {
    "organisations.csv": "text/csv; charset=utf-8",
    "ties.csv": "text/csv; charset=utf-8",
    "graphml": "application/graphml+xml",
}


def read_file(content: bytes, *, file: str, what: str, listed: Iterable[Organisation] = ()) -> Read:
    """Read what somebody brought: ``"organisations"`` or ``"ties"`` (CSV, XLSX), or ``"graphml"``."""
    # Folders hold names of 255 bytes: the end is kept, which says what the file is.
    name = PurePath(file).name.encode()[-200:].decode(errors="ignore") or "a.csv"
    if what == "graphml":
        return graphml_of(content, file=name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return read_organisations(path) if what == "organisations" else read_ties(path, listed)


def written(survey: Survey, ending: str, *, lang: str, with_trust: bool = False) -> bytes:
    """Write a survey in one of the `FORMS`; trust only where it is asked for."""
    if ending == "organisations.csv":
        return organisations_csv(survey.organisations, lang=lang).encode()
    if ending == "ties.csv":
        return ties_csv(survey, lang=lang, with_trust=with_trust).encode()
    if ending == "graphml":
        return write_graphml(survey, with_trust=with_trust)
    raise NotFound("unknown_network_file", value=ending, expected=", ".join(FORMS))
