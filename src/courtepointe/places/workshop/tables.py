"""The table that cards are keyed into, with any spreadsheet; and contributions as GeoJSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from courtepointe.core.errors import BadInput
from courtepointe.formats.tables.plain import plain_text
from courtepointe.formats.tables.read import read_table
from courtepointe.places.workshop.keyed import FIELDS, Contribution, Keyed
from courtepointe.places.workshop.record import PrintedWorkshop
from courtepointe.press.csv import BOM
from courtepointe.press.words import LANGUAGES
from courtepointe.press.workshop.words import sheet_words

CODE = "code"


def keying_csv(cards: Iterable[tuple[str, Mapping[str, str]]], *, lang: str) -> str:
    """Write a table to key into: a row a card, filled where boxes were read without doubt.

    Parameters
    ----------
    cards : iterable of (code, mapping of field -> text)
    lang : str
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = sheet_words("column", lang=lang)
    writer.writerow([names[name] for name in (CODE, *FIELDS)])
    for code, told in cards:
        writer.writerow([plain_text(code), *(plain_text(told.get(name, "")) for name in FIELDS)])
    return BOM + out.getvalue()


def read_keying(path: Path) -> tuple[Keyed, ...]:
    """Read a table that cards were keyed into, its columns named in French, in English or by code.

    Raises
    ------
    BadInput
        As `read_table`; ``keying_columns``.
    """
    table = read_table(path)
    columns = {_field(name): name for name in table.columns if _field(name)}
    lacking = [name for name in (CODE, *FIELDS) if name not in columns]
    if lacking:
        shown = ", ".join(sheet_words("column", lang=LANGUAGES[0])[name] for name in lacking)
        raise BadInput("keying_columns", file=path.name, value=shown, expected=", ".join(table.columns))  # fmt: skip
    cells = {name: table.texts(column) for name, column in columns.items()}
    return tuple(
        Keyed(
            cells[CODE][place] or "",
            {name: cells[name][place] or "" for name in FIELDS},
            int(row),
        )
        for place, row in enumerate(table.row_numbers.tolist())
        if any(cells[name][place] for name in columns)
    )


def _field(column: str) -> str:
    """Give the field that a column holds; empty where it is none of ours."""
    said = column.strip().casefold()
    for lang in LANGUAGES:
        for name, words in sheet_words("column", lang=lang).items():
            if said in (name, words.casefold()):
                return name
    return ""


def contributions_geojson(
    held: Iterable[Contribution], made: PrintedWorkshop, *, audience: str, lang: str
) -> bytes:
    """Write what an audience may be shown as GeoJSON, each in its square rather than at a point.

    Parameters
    ----------
    held : iterable of Contribution
    made : PrintedWorkshop
    audience : str
        ``table`` or ``everyone``.
    lang : str
        Of the words for classes.

    Notes
    -----
    A card that names no square has no geometry (RFC 7946, 3.2): it is listed, and on no map.
    """
    classes = sheet_words("class", lang=lang)
    features = [_feature(one, classes) for one in held if one.may_be_shown_to(audience)]
    told = {"type": "FeatureCollection", "name": made.area, "features": features}
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _feature(one: Contribution, classes: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "card": one.card.spaced,
        "class": one.kind,
        "class_name": classes[one.kind],
        "name": one.name,
        "need": one.need,
        "note": one.note,
        "visibility": one.visibility,
    }
    geometry = None
    if one.square is not None:
        told |= {
            "square": one.square.name,
            "longitude": one.square.longitude,
            "latitude": one.square.latitude,
            "uncertainty_m": one.square.uncertainty_m,
        }
        geometry = {"type": "Polygon", "coordinates": [[list(point) for point in one.square.ring]]}
    return {"type": "Feature", "id": one.card.text, "geometry": geometry, "properties": told}
