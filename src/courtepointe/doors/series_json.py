"""A series as JSON, for the command line and the API: a stable form, codes untranslated."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from courtepointe.atlas.query.series_values import Series
from courtepointe.doors.portrait_json import figure_json


def series_json(series: Series, *, lang: str) -> dict[str, Any]:
    """Write a series with its points, its breaks and its changes."""
    return {
        "indicator": series.indicator,
        "on": series.on,
        "points": [
            {
                "period": point.period,
                "unit_type": point.unit_type,
                "carried": point.carried.value,
                "correspondence": point.correspondence,
                "figure": figure_json(point.figure),
            }
            for point in series.points
        ],
        "breaks": [
            {
                "kind": one.kind.value,
                "before": one.before,
                "after": one.after,
                "comparable": one.comparable,
                "words": None if one.words is None else one.words.in_(lang),
            }
            for one in series.breaks
        ],
        "changes": [
            {
                "before": one.before,
                "after": one.after,
                "unit": one.unit,
                **asdict(one.change),
                "statement": one.change.statement.value,
            }
            for one in series.changes
        ],
    }
