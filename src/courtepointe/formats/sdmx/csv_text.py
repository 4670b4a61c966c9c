"""SDMX-CSV 2.0: one row an observation, its structure named on each."""

from __future__ import annotations

import csv
import io

from courtepointe.formats.sdmx.values import (
    AGENCY,
    ATTRIBUTES,
    DIMENSIONS,
    MEASURE,
    STRUCTURE,
    VERSION,
    Message,
)

HEADER = ("STRUCTURE", "STRUCTURE_ID", "ACTION", *DIMENSIONS, MEASURE, *ATTRIBUTES)


def write_csv(message: Message) -> bytes:
    """Write observations as SDMX-CSV.

    Parameters
    ----------
    message : Message

    Notes
    -----
    An empty cell is a value that is not there; its ``OBS_STATUS`` says why.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADER)
    named = ("datastructure", f"{AGENCY}:{STRUCTURE}({VERSION})", "I")
    for one in message.observations:
        held = (one.value, *(one.attributes.get(name) for name in ATTRIBUTES))
        writer.writerow((*named, *one.key, *(_cell(value) for value in held)))
    return out.getvalue().encode("utf-8")


def _cell(held: str | float | None) -> str:
    if held is None:
        return ""
    return held if isinstance(held, str) else f"{held:.12g}"
