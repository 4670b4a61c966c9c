"""A map of clusters as CSV: one row for each area, in the order of codes."""

from __future__ import annotations

from courtepointe.press.clusters.values import OF_QUADRANT, ClusterArea, ClusterMap, reading
from courtepointe.press.csv import LIST, table_csv
from courtepointe.press.maps.credit import label_of

COLUMNS = (
    "area_type", "code", "name", "indicator", "label", "period", "value", "low", "high", "unit",
    "status", "uncertainty", "smoothed", "neighbours", "quadrant", "local_i", "p", "q", "stays",
    "in_cluster", "why_not", "reading", "release",
)  # fmt: skip


def clusters_csv(made: ClusterMap, *, bom: bool = True) -> str:
    """Write one row for each area.

    Numbers use a point and no grouping; codes are not translated, names and labels are. A missing
    value is an empty cell beside its status.
    """
    return table_csv(COLUMNS, (_cells(made, one) for one in made.areas), bom=bom)


def _cells(made: ClusterMap, one: ClusterArea) -> dict[str, object]:
    unit, figure = one.unit, one.unit.figure
    tested = unit.p is not None
    return {
        "area_type": made.found.type_and_vintage,
        "code": unit.key.code,
        "name": one.area.label,
        "indicator": made.indicator.code,
        "label": label_of(made.indicator, lang=made.lang),
        "period": figure.period,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "status": figure.status.value,
        "uncertainty": figure.uncertainty.value if figure.status.has_value else "",
        "smoothed": unit.smoothed,
        "neighbours": LIST.join(unit.neighbours),
        "quadrant": OF_QUADRANT[unit.quadrant].value if tested else "",
        "local_i": unit.index,
        "p": unit.p,
        "q": unit.q,
        "stays": unit.stays,
        "in_cluster": "yes" if unit.kept else "no",
        "why_not": unit.why_not.value,
        "reading": reading(unit, lang=made.lang),
        "release": figure.release,
    }
