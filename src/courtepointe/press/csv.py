"""A portrait as CSV with its metadata (CSV on the Web), and both in one archive."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.query.values import Portrait
from courtepointe.atlas.recipe.values import Recipe
from courtepointe.formats.tables.plain import plain_text
from courtepointe.formats.whole import zipped
from courtepointe.press.comparisons import Verdict
from courtepointe.press.document.credits import citation, source_parts
from courtepointe.press.document.fit_report import fit_sentences
from courtepointe.press.galley import Galley, set_galley

BOM = "\ufeff"
LIST = " | "
NUMBERS = {
    "value": "number", "low": "number", "high": "number", "numerator": "number",
    "denominator": "number", "coverage": "number", "n_units": "integer", "n_units_missing": "integer",
    "comparator_value": "number", "comparator_low": "number", "comparator_high": "number",
    "difference": "number", "cv": "number",
}  # fmt: skip
COLUMNS: tuple[str, ...] = (
    "indicator", "label", "section", "value", "low", "high", "uncertainty", "unit", "status",
    "method", "numerator", "denominator", "coverage", "n_units", "n_units_missing", "missing",
    "cautions", "universe", "period", "release", "sources", "licences", "comparator",
    "comparator_value", "comparator_low", "comparator_high", "comparator_status", "difference",
    "distinct", "cv", "reliability", "made_of",
)  # fmt: skip
DISTINCT = {
    Verdict.DISTINCT: "yes", Verdict.SAME: "no", Verdict.EQUAL: "no", Verdict.UNKNOWN: "unknown"
}  # fmt: skip


def portrait_csv(portrait: Portrait, recipe: Recipe, lang: str, *, bom: bool = True) -> str:
    """Write one row a figure; codes and numbers are not translated, labels are.

    Numbers use a point and no grouping. A missing value is an empty cell beside its status.
    The byte order mark makes spreadsheets read accents.
    """
    galley = set_galley(portrait, recipe, lang=lang)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for figure in portrait.figures:
        cells = _row(galley, figure)
        writer.writerow([_cell(cells[column], column) for column in COLUMNS])
    return (BOM if bom else "") + out.getvalue()


def table_csv(
    columns: Sequence[str], rows: Iterable[Mapping[str, object]], *, bom: bool = True
) -> str:
    """Write rows of cells by the names of their columns; a column that a row lacks is empty."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for cells in rows:
        writer.writerow([_cell_text(cells.get(column)) for column in columns])
    return (BOM if bom else "") + out.getvalue()


def _cell_text(held: object) -> str:
    """Write a cell: nothing for nothing, numbers with a point, text that no spreadsheet computes."""
    if held is None:
        return ""
    if isinstance(held, float):
        return str(int(held)) if held.is_integer() else f"{held:.12g}"
    return plain_text(str(held))


def portrait_metadata(
    portrait: Portrait, recipe: Recipe, lang: str, *, csv_name: str
) -> dict[str, Any]:
    """Describe the CSV as CSV on the Web asks: columns, sources, licences, fit, citation."""
    galley = set_galley(portrait, recipe, lang=lang)
    title = galley.say("document.title", place_de=galley.place.de)
    sources = source_parts(galley)
    licences = list(dict.fromkeys(s.licence_url for s in sources if s.licence_url))
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": lang}],
        "url": csv_name,
        "dc:title": title,
        "dc:language": lang,
        "dc:license": [{"@id": address} for address in licences],
        "dc:source": [{"@value": s.citation, "@language": lang} for s in sources],
        "dc:bibliographicCitation": citation(galley, title),
        "dc:description": [s.text for s in fit_sentences(galley)],
        "notes": [_notes(galley, portrait)],
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": [_column(galley, name) for name in COLUMNS],
                        "primaryKey": "indicator"},
    }  # fmt: skip


def portrait_zip(portrait: Portrait, recipe: Recipe, lang: str, *, stem: str) -> bytes:
    """Put the CSV and its metadata in one archive; the same portrait gives the same bytes."""
    name = f"{stem}.csv"
    told = portrait_metadata(portrait, recipe, lang, csv_name=name)
    described = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    files = {name: portrait_csv(portrait, recipe, lang), f"{name}-metadata.json": described}
    return zipped((file, text.encode()) for file, text in files.items())


def _row(galley: Galley, figure: Figure) -> dict[str, Any]:
    indicator = galley.indicators.get(figure.indicator)
    return {
        "indicator": figure.indicator,
        "label": galley.label(figure.indicator),
        "section": indicator.section if indicator else "",
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "uncertainty": figure.uncertainty.value if figure.status.has_value else "",
        "unit": figure.unit,
        "status": figure.status.value,
        "method": figure.method.value,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "coverage": figure.coverage,
        "n_units": figure.n_units,
        "n_units_missing": figure.n_units_missing,
        "missing": LIST.join(f"{status.value}: {count}" for status, count in figure.missing),
        "cautions": LIST.join(figure.cautions),
        "universe": galley.universe(figure.indicator),
        "period": figure.period or "",
        "release": figure.release or "",
        "sources": LIST.join(galley.source_title(code) for code in figure.sources),
        "licences": LIST.join(_licences(galley, figure)),
        "cv": figure.cv,
        "reliability": figure.reliability.code if figure.reliability else "",
        "made_of": LIST.join(f"{unit}: {count}" for unit, count in figure.made_of),
    } | _comparison(galley, figure)


def _comparison(galley: Galley, figure: Figure) -> dict[str, Any]:
    compared = galley.comparator()
    theirs = galley.theirs(compared, figure.indicator) if compared else None
    made = galley.comparison(figure.indicator)
    return {
        "comparator": galley.against(compared).plain if compared and theirs else "",
        "comparator_value": theirs.value if theirs else None,
        "comparator_low": theirs.low if theirs else None,
        "comparator_high": theirs.high if theirs else None,
        "comparator_status": theirs.status.value if theirs else "",
        "difference": made.difference.difference if made else None,
        "distinct": DISTINCT[made.verdict] if made else "",
    }


def _licences(galley: Galley, figure: Figure) -> list[str]:
    held = {licence.code: licence for licence in galley.recipe.licences}
    codes = dict.fromkeys(galley.sources[c].licence for c in figure.sources if c in galley.sources)
    return [held[c].title.in_(galley.lang) if c in held else c for c in codes]


def _cell(held: Any, column: str) -> str:
    """Write a cell: a number plainly, a text so that no spreadsheet runs it."""
    if held is None:
        return ""
    if column in NUMBERS:
        return _number(held)
    return plain_text(str(held))


def _number(held: float) -> str:
    """Write a number with all the digits that tell it apart from its neighbours, at most 12."""
    if isinstance(held, int) or float(held).is_integer():
        return str(int(held))
    return f"{held:.12g}"


def _column(galley: Galley, name: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": name,
        "titles": name,
        "dc:description": galley.say(f"csv.{name}"),
    }
    if name in NUMBERS:
        return told | {"datatype": NUMBERS[name]}
    if name in ("missing", "cautions", "sources", "licences", "made_of"):
        return told | {"separator": LIST, "datatype": "string"}
    return told | {"datatype": "string"}


def _notes(galley: Galley, portrait: Portrait) -> dict[str, Any]:
    fit = portrait.fit
    sources = source_parts(galley)
    return {
        "pack_hash": portrait.pack_hash,
        "area": str(portrait.area.key) if portrait.area.key else None,
        "fit": {
            "method": fit.method.value,
            "weight": fit.weight.value,
            "unit_type": fit.unit_type,
            "units_in": fit.units_in,
            "units_partial": fit.units_partial,
            "units_touching_out": fit.units_touching_out,
            "population_share_inside": fit.population_share_inside,
            "surface_share_covered": fit.surface_share_covered,
        },
        "sources": [
            {"code": s.code, "title": s.title, "publisher": s.publisher, "citation": s.citation,
             "page": s.page, "licence": s.licence, "attribution": s.attribution}
            for s in sources
        ],
    }  # fmt: skip
