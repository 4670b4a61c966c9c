"""Clusters as JSON: each unit with what keeps it in or out, and how unequal the values are."""

from __future__ import annotations

from typing import Any

from courtepointe.atlas.query.cluster_values import ClusterUnit, End, Unequal
from courtepointe.press.clusters import ClusterMap, reading


def clusters_json(made: ClusterMap) -> dict[str, Any]:
    """Write a map of clusters; a value that does not exist is null beside its status."""
    found = made.found
    whole = found.whole
    return {
        "type": found.type_and_vintage,
        "indicator": found.indicator,
        "within": None if found.within is None else str(found.within),
        "title": made.title,
        "words": [*made.words, made.warning],
        "how": list(made.how),
        "moran": {
            "value": whole.value,
            "expected": whole.expected,
            "variance_normal": whole.variance_normal,
            "variance_random": whole.variance_random,
            "p": found.p_whole,
        },
        "rates_on_one_scale": found.by_rates,
        "false_discovery_rate": found.rate,
        "deals": found.n_draws,
        "deals_again": found.n_again,
        "redrawings": found.n_redrawn,
        "stays_at_least": found.stays_least,
        "units": [_unit(one, lang=made.lang) for one in found.units],
        "unequal": unequal_json(made.unequal) | {"words": list(made.unequal_words)},
    }


def _unit(unit: ClusterUnit, *, lang: str) -> dict[str, Any]:
    figure = unit.figure
    return {
        "area": str(unit.key),
        "name": unit.name.in_(lang),
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "status": figure.status.value,
        "smoothed": unit.smoothed,
        "neighbours": list(unit.neighbours),
        "quadrant": unit.quadrant.name.lower() if unit.p is not None else None,
        "local_i": unit.index,
        "p": unit.p,
        "q": unit.q,
        "stays": unit.stays,
        "in_cluster": unit.kept,
        "why_not": unit.why_not.value or None,
        "reading": reading(unit, lang=lang),
    }


def unequal_json(told: Unequal) -> dict[str, Any]:
    """Write how unequal values are."""
    theil, leaning = told.theil, told.concentration
    return {
        "n_units": told.n_units,
        "n_missing": told.n_missing,
        "base": told.base,
        "lowest_tenth": _end(told.low),
        "highest_tenth": _end(told.high),
        "gap": told.gap,
        "gini": told.gini,
        "theil": None if theil is None else theil.t,
        "groups": told.groups or None,
        "n_apart": told.n_apart,
        "between": told.between,
        "along": told.along or None,
        "concentration": None if leaning is None else leaning.index,
        "n_along": told.n_along,
        "noise": told.noise,
    }


def _end(told: End) -> dict[str, Any]:
    return {"value": told.value, "counted": told.counted, "n_units": told.n_units}
