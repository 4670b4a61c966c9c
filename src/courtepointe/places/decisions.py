"""The pairs of a directory as a table that a person decides in, with any spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from courtepointe.core.errors import BadInput
from courtepointe.formats.hsds import Directory
from courtepointe.formats.tables.plain import plain_text
from courtepointe.formats.tables.read import read_table
from courtepointe.places.alike import Pair
from courtepointe.places.merge import Merge
from courtepointe.press.csv import BOM

COLUMNS = (
    "decision", "table", "probability", "keep_id", "keep_name", "drop_id", "drop_name",
    "distance_m", "reasons",
)  # fmt: skip
NEEDED = ("decision", "table", "keep_id", "drop_id")
MEANS: Mapping[str, str] = {
    "merge": "merge", "fusionner": "merge", "oui": "merge", "yes": "merge", "x": "merge", "1": "merge",
    "swap": "swap", "inverse": "swap", "inverser": "swap",
    "": "no", "no": "no", "non": "no", "0": "no",
}  # fmt: skip
SAID = "oui/yes/x, inverser/swap, non/no"


def pairs_csv(directory: Directory, pairs: Iterable[tuple[str, Pair]]) -> str:
    """Write pairs with an empty column for the decision.

    Parameters
    ----------
    pairs : iterable of (table, Pair)
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for table, pair in pairs:
        keep, drop = (directory.of(table)[n] for n in (pair.first, pair.second))
        away = "" if pair.distance_m is None else f"{pair.distance_m:.0f}"
        why = " ".join(f"{what}:{level}" for what, level in pair.reasons)
        cells = (
            "", table, f"{pair.probability:.3f}", keep.id, str(keep.values.get("name", "")),
            drop.id, str(drop.values.get("name", "")), away, why,
        )  # fmt: skip
        writer.writerow(map(plain_text, cells))
    return BOM + out.getvalue()


def read_decisions(path: Path) -> tuple[Merge, ...]:
    """Read which pairs are one thing: ``oui``, ``yes``, ``x``; ``inverser`` keeps the second.

    Raises
    ------
    BadInput
        As `read_table`; ``merge_columns``; ``merge_decision`` with the row and the value.
    """
    table = read_table(path)
    lacking = [name for name in NEEDED if name not in table.columns]
    if lacking:
        raise BadInput("merge_columns", file=path.name, value=", ".join(lacking), expected=", ".join(NEEDED))  # fmt: skip
    cells = [table.data.column(name).to_pylist() for name in NEEDED]
    found = []
    for row, said, of, keep, drop in zip(table.row_numbers.tolist(), *cells, strict=True):
        means = MEANS.get((said or "").strip().casefold())
        if means is None:
            raise BadInput("merge_decision", file=path.name, row=row, value=said, expected=SAID)
        if means != "no":
            first, second = (keep, drop) if means == "merge" else (drop, keep)
            found.append(Merge((of or "").strip(), (first or "").strip(), (second or "").strip()))
    return tuple(found)
