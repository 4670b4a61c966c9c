"""What a map shows, as a table: one row for each area of each panel; as CSV the same rows."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.change import Change, Statement
from courtepointe.press.csv import LIST, table_csv
from courtepointe.press.maps.asked import MapKind
from courtepointe.press.maps.changing import border_of, change_interval, side_of, side_texts
from courtepointe.press.maps.shading import as_written, class_texts, uncertain
from courtepointe.press.maps.themed import Panel, ThematicMap
from courtepointe.press.maps.values import MapArea
from courtepointe.press.numbers import interval_text
from courtepointe.press.words import say

COLUMNS = (
    "area_type", "code", "name", "indicator", "label", "period", "value", "low", "high", "unit",
    "status", "uncertainty", "class", "class_label", "may_be_another_class", "change_from",
    "change", "change_low", "change_high", "change_percent", "statement", "cautions", "release",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MapRow:
    """One area of one panel, as it is written.

    Attributes
    ----------
    place : int
        Of its class, from 1; 0 without a value.
    unsure : bool
        Whether its interval reaches into another class, or its change into none.
    """

    area: MapArea
    figure: Figure
    change: Change | None
    value: str
    interval: str
    place: int
    class_text: str
    unsure: bool


def map_rows(made: ThematicMap, panel: Panel, indicator: Indicator) -> tuple[MapRow, ...]:
    """Set the rows of a panel, in the order of the areas."""
    lang = made.lang
    change = made.asked.kind is MapKind.CHANGE
    if change:
        texts = side_texts(border_of(panel.classes), indicator=indicator, lang=lang)
    else:
        texts = class_texts(panel.classes, unit=panel.unit, decimals=panel.decimals, lang=lang)
    changes = panel.changes or (None,) * len(panel.areas)
    rows = []
    for area, figure, told in zip(panel.areas, panel.figures, changes, strict=True):
        place = _place(area, panel, change=change)
        unsure = place > 0 and _unsure(area, panel, change=change)
        text = texts[place - 1] if place else ""
        if change and unsure and place == 3:
            text = say("map.no_change", lang=lang)
        if change:
            interval = change_interval(told, indicator=indicator, lang=lang)
        else:
            interval = interval_text(figure, decimals=indicator.decimals, lang=lang)
        rows.append(MapRow(area, figure, told, area.value_text, interval, place, text, unsure))
    return tuple(rows)


def _place(area: MapArea, panel: Panel, *, change: bool) -> int:
    if area.value is None:
        return 0
    if change:
        return side_of(area, border_of(panel.classes)) + 1
    return panel.classes.of(as_written(area.value, panel.decimals)) + 1


def _unsure(area: MapArea, panel: Panel, *, change: bool) -> bool:
    if change:
        return area.statement in (Statement.NOT_DISTINGUISHABLE, Statement.UNKNOWN)
    return uncertain(area, panel.classes, decimals=panel.decimals)


def map_csv(made: ThematicMap, indicators: dict[str, Indicator], *, bom: bool = True) -> str:
    """Write one row for each area of each panel.

    Numbers use a point and no grouping; codes are not translated, names and labels are. A missing
    value is an empty cell beside its status.
    """
    rows = (
        _cells(made, panel, row)
        for panel in made.panels
        for row in map_rows(made, panel, indicators[panel.indicator])
    )
    return table_csv(COLUMNS, rows, bom=bom)


def _cells(made: ThematicMap, panel: Panel, row: MapRow) -> dict[str, object]:
    figure, change = row.figure, row.change
    cells: dict[str, object] = {
        "area_type": made.asked.area_type,
        "code": row.area.code,
        "name": row.area.label,
        "indicator": panel.indicator,
        "label": panel.label,
        "period": figure.period or panel.period,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "status": figure.status.value,
        "uncertainty": figure.uncertainty.value if figure.status.has_value else "",
        "class": row.place or None,
        "class_label": row.class_text,
        "may_be_another_class": ("yes" if row.unsure else "no") if row.place else "",
        "cautions": LIST.join(figure.cautions),
        "release": figure.release,
    }
    if change is None:
        return cells
    return cells | {
        "change_from": panel.before,
        "change": change.difference,
        "change_low": change.low,
        "change_high": change.high,
        "change_percent": change.percent,
        "statement": change.statement.value,
    }
