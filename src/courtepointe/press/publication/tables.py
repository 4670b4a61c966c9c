"""Tables of figures: values, intervals, statuses, and what they are read against."""

from __future__ import annotations

from collections.abc import Sequence

from courtepointe.atlas.figures import Figure, Status
from courtepointe.press.document.tables import rows
from courtepointe.press.document.values import MapPlan, Row, SectionPart
from courtepointe.press.galley import Galley
from courtepointe.press.maps.values import MapArea
from courtepointe.press.publication.told import beside, value_beside
from courtepointe.press.publication.values import Cell, DataRow, DataSheet, Table
from courtepointe.press.words import knows

WITH_BESIDE = (0.38, 0.15, 0.21, 0.26)
ALONE = (0.44, 0.22, 0.34)
OF_UNITS = (0.5, 0.5)
MOST_UNITS = 40
"""A longer table of a map's units is told to be in the data files instead."""


def figures_table(galley: Galley, codes: Sequence[str], *, caption: str) -> Table:
    """Set figures one a row; a column for what they are read against only where any is.

    A figure whose file nobody brought says nothing of the area: a sentence names the file.
    """
    held = [row for row in rows(galley, codes) if row.figure.status is not Status.NOT_LOADED]
    names = dict.fromkeys(one.name for row in held for one in row.against)
    columns = [galley.say(f"column.{name}") for name in ("indicator", "value", "interval")]
    if len(names) == 1:
        columns.append(next(iter(names)))
    elif names:
        columns.append(galley.say("column.against"))
    return Table(
        caption=caption,
        columns=tuple(columns),
        rows=tuple(_row(row, lang=galley.lang, names=len(names)) for row in held),
        wide=WITH_BESIDE if names else ALONE,
    )


def _row(row: Row, *, lang: str, names: int) -> tuple[Cell, ...]:
    """Where there is no value, the value's cell says why in a word, and the interval's nothing."""
    cells = (Cell(row.label), Cell(row.value, row.figure), Cell(row.interval))
    return (*cells, Cell("\n".join(_beside(row, lang=lang, named=names > 1)))) if names else cells


def _beside(row: Row, *, lang: str, named: bool) -> list[str]:
    return [beside(one, lang=lang) if named else value_beside(one) for one in row.against]


def units_table(
    galley: Galley, plan: MapPlan, areas: Sequence[MapArea], figures: Sequence[Figure]
) -> Table | None:
    """Set the values behind a map of units; None where there are too many to print."""
    if len(areas) > MOST_UNITS:
        return None
    label = galley.label(plan.indicator)
    return Table(
        caption=plan.title,
        columns=(galley.say("print.unit"), label),
        rows=tuple(
            (Cell(area.label), Cell(area.value_text, figure))
            for area, figure in zip(areas, figures, strict=True)
        ),
        wide=OF_UNITS,
    )


def data_sheet(galley: Galley, section: SectionPart) -> DataSheet:
    """Give all figures of a section with their units, universes and sources."""
    return DataSheet(
        section.code,
        section.heading,
        tuple(_data_row(galley, row) for row in section.rows),
        section.places,
    )


def _data_row(galley: Galley, row: Row) -> DataRow:
    figure = row.figure
    key = f"unit.{figure.unit}.name"
    return DataRow(
        row=row,
        decimals=galley.decimals(figure.indicator),
        unit=galley.say(key) if knows(key, lang=galley.lang) else figure.unit.replace("_", " "),
        universe=galley.universe(figure.indicator),
        period=figure.period or "",
        sources=galley.say("chart.sources_join").join(
            galley.source_title(code) for code in figure.sources
        ),
    )
