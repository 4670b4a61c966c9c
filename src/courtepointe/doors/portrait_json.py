"""A portrait as JSON: the same figures as the page, with stable words for keys."""

from __future__ import annotations

from typing import Any

from courtepointe.atlas.figures import Figure
from courtepointe.atlas.fits import Fit
from courtepointe.atlas.query.values import AreaIdentity, Compared, Gap, Portrait
from courtepointe.atlas.recipe.values import Recipe
from courtepointe.doors.comparison_json import difference_json
from courtepointe.press.galley import Galley, set_galley


def portrait_json(portrait: Portrait, recipe: Recipe, *, lang: str) -> dict[str, Any]:
    """Write a portrait as plain values."""
    galley = set_galley(portrait, recipe, lang=lang)
    labels = {i.code: i.label.in_(lang) for i in recipe.indicators}
    return {
        "area": area_json(portrait.area, lang=lang),
        "fit": fit_json(portrait.fit),
        "figures": [figure_json(f) | {"label": labels[f.indicator]} for f in portrait.figures],
        "gaps": [gap_json(gap, lang=lang) for gap in portrait.gaps],
        "compared": [_compared(galley, one) for one in galley.comparators],
        "pack": portrait.pack_hash,
    }


def _compared(galley: Galley, one: Compared) -> dict[str, Any]:
    made = [c for held in galley.comparisons.values() for c in held if c.ref == one.ref]
    return {
        "ref": one.ref,
        "kind": one.kind,
        "area": None if one.key is None else str(one.key),
        "name": one.name.in_(galley.lang),
        "peers": [str(key) for key in one.peers],
        "figures": [figure_json(figure) for figure in one.figures],
        "differences": [difference_json(comparison) for comparison in made],
    }


def area_json(area: AreaIdentity, *, lang: str) -> dict[str, Any]:
    """Write the header of an area."""
    key = area.key
    return {
        "kind": area.kind,
        "type": None if key is None else key.area_type,
        "vintage": None if key is None else key.vintage,
        "code": None if key is None else key.code,
        "name": area.name.in_(lang),
        "type_name": None if area.type_name is None else area.type_name.in_(lang),
        "steward": None if area.steward is None else area.steward.in_(lang),
        "surface_km2": area.surface_km2,
        "bounds": list(area.bounds),
        "parents": [str(parent) for parent in area.parents],
    }


def fit_json(fit: Fit) -> dict[str, Any]:
    """Write how units stand for an area."""
    return {
        "method": fit.method.value,
        "weight": fit.weight.value,
        "unit_type": fit.unit_type,
        "units_in": fit.units_in,
        "units_partial": fit.units_partial,
        "units_touching_out": fit.units_touching_out,
        "population_share_inside": fit.population_share_inside,
        "surface_share_covered": fit.surface_share_covered,
        "units": [
            {"code": code, "share": share, "inside": inside}
            for code, share, inside in zip(
                fit.unit_codes, fit.unit_shares, fit.inside_shares, strict=True
            )
        ],
        "units_out": list(fit.out_codes),
    }


def figure_json(figure: Figure) -> dict[str, Any]:
    """Write a figure with all that may be asked about it."""
    return {
        "indicator": figure.indicator,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "uncertainty": figure.uncertainty.value,
        "unit": figure.unit,
        "status": figure.status.value,
        "method": figure.method.value,
        "coverage": figure.coverage,
        "n_units": figure.n_units,
        "n_units_missing": figure.n_units_missing,
        "sources": list(figure.sources),
        "release": figure.release,
        "period": figure.period,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "missing": {status.value: count for status, count in figure.missing},
        "cautions": list(figure.cautions),
        "filled_by": figure.filled_by,
        "cv": figure.cv,
        "reliability": None if figure.reliability is None else figure.reliability.code,
        "made_of": dict(figure.made_of),
    }


def gap_json(gap: Gap, *, lang: str) -> dict[str, Any]:
    """Write two ways to the same quantity."""
    return {
        "code": gap.code,
        "name": gap.name.in_(lang),
        "figure": figure_json(gap.figure),
        "against": figure_json(gap.against),
        "gap": gap.gap,
    }
