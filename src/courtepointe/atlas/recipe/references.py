"""Hold that every name in a recipe leads somewhere, and that each rule has what it needs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from courtepointe.atlas.recipe.bands import check_bands
from courtepointe.atlas.recipe.bind import Spot, missing
from courtepointe.atlas.recipe.comparison import (
    check_comparator,
    check_peer_group,
    check_polarity,
    check_stand_out,
    check_target,
)
from courtepointe.atlas.recipe.map_classes import check_map_classes
from courtepointe.atlas.recipe.protections import check_protection
from courtepointe.atlas.recipe.recalls import check_recall
from courtepointe.atlas.recipe.time import check_break, check_correspondence
from courtepointe.atlas.recipe.values import Indicator, Recipe, Release
from courtepointe.core.errors import BadInput

READERS = ("census_profile", "table")
KINDS = ("community", "administrative", "statistical")
WEIGHTS = ("people", "dwellings", "surface")
CHARTS = ("bars", "pyramid", "dots")
SEXES = ("total", "men", "women")
NEEDS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "sum": (("numerator",),),
    "ratio_of_sums": (("numerator",), ("denominator",)),
    "weighted_mean": (("value",), ("weight",)),
    "median": (("value", "bands"),),
    "quantile": (("bands",),),
    "quantile_ratio": (("bands",),),
    "published_only": (("value", "published"),),
    "count_places": (("places",),),
}
"""Aggregation rule -> keys that it needs, alternatives together."""


@dataclass(frozen=True, slots=True)
class Named:
    """A recipe, and where each of its values stands in its files."""

    recipe: Recipe
    file: str
    spots: Mapping[str, Sequence[Spot]]

    def each(self, key: str) -> Iterable[tuple[Any, Spot]]:
        """Give the values of a table with their spots."""
        return zip(getattr(self.recipe, key), self.spots[key], strict=True)

    def top(self, table: str) -> Spot:
        """Give the spot of a table that stands once."""
        return Spot(self.file, table)


def check_references(named: Named) -> None:
    """Check codes, names and needs, table by table.

    Raises
    ------
    BadInput
        ``recipe_duplicate``, ``recipe_dangling``, ``recipe_wrong_value``,
        ``recipe_missing_key``.
    """
    _check_codes(named)
    _check_areas(named)
    _check_releases(named)
    _check_indicators(named)
    _check_sections(named)
    _check_places(named)
    _check_streets(named)
    _check_questions(named)
    _check_comparison(named)


def _leads(spot: Spot, key: str, value: str | None, known: Collection[str]) -> None:
    if value is not None and value not in known:
        raise BadInput(
            "recipe_dangling",
            file=spot.file,
            table=spot.table,
            key=key,
            value=value,
            expected=", ".join(sorted(known)[:40]) or "nothing of that kind is declared",
        )


def _one_of(spot: Spot, key: str, value: str, words: Sequence[str]) -> None:
    if value not in words:
        raise spot.wrong(key, value, ", ".join(words))


def _pattern(spot: Spot, key: str, pattern: str | None, *, n_groups: int) -> None:
    if pattern is None:
        return
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        raise spot.wrong(key, pattern, f"a regular expression ({error})") from error
    if groups < n_groups:
        raise spot.wrong(key, pattern, "a regular expression with one group in parentheses")


def _codes(values: Iterable[Any]) -> set[str]:
    return {value.code for value in values}


def _check_codes(named: Named) -> None:
    for key in named.spots:
        seen: set[str] = set()
        for value, spot in named.each(key):
            code = getattr(value, "code", None)
            if not isinstance(code, str):
                continue
            if code in seen:
                raise BadInput(
                    "recipe_duplicate", file=spot.file, table=spot.table, key="code", value=code
                )
            seen.add(code)


def _check_areas(named: Named) -> None:
    recipe = named.recipe
    for source, spot in named.each("sources"):
        _leads(spot, "licence", source.licence, _codes(recipe.licences))
        if not source.files:
            raise missing(spot, "files", expected="one file name or pattern at least")
    for area_type, spot in named.each("area_types"):
        _leads(spot, "steward", area_type.steward, _codes(recipe.stewards))
        _one_of(spot, "kind", area_type.kind, KINDS)
    drawn: set[str] = set()
    for boundary, spot in named.each("boundaries"):
        _leads(spot, "area_type", boundary.area_type, _codes(recipe.area_types))
        _leads(spot, "source", boundary.source, _codes(recipe.sources))
        _leads(spot, "parent", boundary.parent, _divisions(recipe))
        for key in ("code", "name", "name_en", "dguid", "dissolve_by", "parent_code"):
            rule = getattr(boundary, key)
            if rule is not None:
                _pattern(spot, f"{key}.pattern", rule.pattern, n_groups=1)
        if (boundary.type_and_vintage in drawn) is not boundary.replaces:
            expected = "true" if boundary.type_and_vintage in drawn else "false"
            raise spot.wrong("replaces", boundary.replaces, expected)
        drawn.add(boundary.type_and_vintage)


def _divisions(recipe: Recipe) -> set[str]:
    return {boundary.type_and_vintage for boundary in recipe.boundaries}


def _check_releases(named: Named) -> None:
    recipe = named.recipe
    for release, spot in named.each("releases"):
        _leads(spot, "source", release.source, _codes(recipe.sources))
        _one_of(spot, "reader", release.reader, READERS)
        _leads(spot, "area", release.area, _divisions(recipe))
        for prefix, division in release.levels.items():
            _leads(spot, f"levels.{prefix}", division, _divisions(recipe))
        _pattern(spot, "out_of_area", release.out_of_area, n_groups=0)
        _check_reader(release, spot)
        check_protection(recipe, release, spot, divisions=_divisions(recipe))
        check_recall(release, spot)
        _check_variables(release, spot)


def _check_reader(release: Release, spot: Spot) -> None:
    if release.reader == "census_profile":
        if release.custom_tabulation:
            raise spot.wrong("custom_tabulation", True, "a table for one area type (reader table)")
        if not release.levels:
            raise missing(spot, "levels", expected='{"2021S0512" = "TYPE:VINTAGE"}')
        return
    if release.area is None:
        raise missing(spot, "area", expected="TYPE:VINTAGE")
    if release.key is None:
        raise missing(spot, "key", expected="the column of the rows' codes")
    if release.custom_tabulation and release.protection is not None:
        raise spot.wrong(
            "protection", "…", "nothing: the publisher of a custom tabulation protects it"
        )
    _pattern(spot, "key.pattern", release.key.pattern, n_groups=1)


def _check_variables(release: Release, spot: Spot) -> None:
    if not release.variables:
        raise missing(spot, "variables", expected="one variable at least")
    seen: set[str] = set()
    for variable in release.variables:
        where = Spot(spot.file, f"{spot.table}.variables ({variable.code})")
        if variable.code in seen:
            raise BadInput(
                "recipe_duplicate",
                file=where.file,
                table=where.table,
                key="code",
                value=variable.code,
            )
        seen.add(variable.code)
        _one_of(where, "sex", variable.sex, SEXES)
        if not 0.0 <= variable.step < float("inf"):
            raise where.wrong("step", variable.step, "0 or more")
        if release.reader == "census_profile":
            if variable.characteristic is None:
                raise missing(where, "characteristic", expected="a member id of the profile")
            _one_of(where, "column", variable.column or "", ("count", "rate"))
        elif (variable.column is None) is (variable.derive is None):
            raise missing(where, "column", expected="either column or derive")


def _check_indicators(named: Named) -> None:
    recipe = named.recipe
    variables = {one.code for release in recipe.releases for one in release.variables}
    layers = {layer.code: _codes(layer.categories) for layer in recipe.places}
    for indicator, spot in named.each("indicators"):
        _leads(spot, "section", indicator.section, _codes(recipe.sections))
        _leads(spot, "universe", indicator.universe, _codes(recipe.universes))
        _check_needs(indicator, spot)
        check_bands(indicator, spot)
        check_map_classes(indicator, spot)
        for code in indicator.variables():
            _leads(spot, "variables", code, variables)
        _leads(spot, "published", indicator.published, variables)
        for layer, category in indicator.places:
            _leads(spot, "places", layer, layers)
            if category != "*":
                _leads(spot, "places", category, layers[layer])


def _check_needs(indicator: Indicator, spot: Spot) -> None:
    _one_of(spot, "aggregation", indicator.aggregation, tuple(NEEDS))
    for alternatives in NEEDS[indicator.aggregation]:
        if not any(getattr(indicator, key) for key in alternatives):
            raise missing(
                spot, " or ".join(alternatives), expected=f"for aggregation {indicator.aggregation}"
            )


def _check_sections(named: Named) -> None:
    recipe = named.recipe
    indicators = _codes(recipe.indicators)
    for section, spot in named.each("sections"):
        _leads(spot, "map_indicator", section.map_indicator, indicators)
        for key in ("indicators", "key_figures"):
            for code in getattr(section, key):
                _leads(spot, key, code, indicators)
        for layer in section.place_layers:
            _leads(spot, "place_layers", layer, _codes(recipe.places))
        for chart in section.charts:
            _one_of(spot, "charts.kind", chart.kind, CHARTS)
            for code in chart.indicators:
                _leads(spot, "charts.indicators", code, indicators)


def _check_places(named: Named) -> None:
    recipe = named.recipe
    for layer, spot in named.each("places"):
        _leads(spot, "source", layer.source, _codes(recipe.sources))
        _leads(spot, "borough_type", layer.borough_type, _divisions(recipe))
        if (layer.longitude is None) is not (layer.latitude is None):
            raise missing(spot, "longitude or latitude", expected="both or neither")
        if (layer.borough_column is None) is not (layer.borough_type is None):
            raise missing(spot, "borough_column or borough_type", expected="both or neither")


def _check_streets(named: Named) -> None:
    streets = named.recipe.streets
    if streets is not None:
        _leads(named.top("streets"), "source", streets.source, _codes(named.recipe.sources))


def _check_questions(named: Named) -> None:
    """Check what is asked of the divisions: home, fit, overlaps, reconciliations."""
    recipe = named.recipe
    divisions = _divisions(recipe)
    _leads(named.top("top of the file"), "home", recipe.home, divisions)
    fit, spot = recipe.fit, named.top("fit")
    for division in (*fit.units, *fit.block_unit):
        _leads(spot, "units", division, divisions)
    _leads(spot, "blocks", fit.blocks, divisions)
    _leads(spot, "people", fit.people, {v.code for r in recipe.releases for v in r.variables})
    _one_of(spot, "weight", fit.weight, WEIGHTS)
    for overlap, where in named.each("overlaps"):
        _leads(where, "from", overlap.from_, divisions)
        _leads(where, "to", overlap.to, divisions)
    for correspondence, where in named.each("correspondences"):
        check_correspondence(recipe, correspondence, where)
    for one, where in named.each("breaks"):
        check_break(recipe, one, where)
    for gap, where in named.each("reconciliations"):
        _leads(where, "area", _division(gap.area), divisions)
        _leads(where, "indicator", gap.indicator, _codes(recipe.indicators))
        _leads(where, "against", gap.against, _codes(recipe.indicators))


def _check_comparison(named: Named) -> None:
    """Check what areas are read against."""
    recipe, divisions = named.recipe, _divisions(named.recipe)
    for comparator, where in named.each("comparators"):
        check_comparator(recipe, comparator, where, divisions=divisions)
    for group, where in named.each("peer_groups"):
        check_peer_group(recipe, group, where, divisions=divisions)
    for target, where in named.each("targets"):
        check_target(recipe, target, where)
    for polarity, where in named.each("polarities"):
        check_polarity(recipe, polarity, where)
    check_stand_out(recipe, recipe.stand_out, named.top("stand_out"))


def _division(key: str) -> str:
    """Give ``TYPE:VINTAGE`` of ``TYPE:VINTAGE:CODE``."""
    return ":".join(key.split(":")[:2])
