"""Set a map of clusters from an atlas: what is drawn, said and written in a table."""

from __future__ import annotations

from dataclasses import dataclass

from courtepointe.atlas.query.areas import area_type_of
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.query.cluster_values import Unequal
from courtepointe.atlas.query.values import AreaKey
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.press.clusters.telling import found_told, how_told
from courtepointe.press.clusters.unequal import unequal_told
from courtepointe.press.clusters.values import ClusterArea, ClusterMap
from courtepointe.press.maps.asked import MapAsked
from courtepointe.press.maps.credit import areas_name, foot_of, label_of, subtitle_of
from courtepointe.press.maps.reading import areas_of, period_of, present, read_table
from courtepointe.press.names import place
from courtepointe.press.numbers import number
from courtepointe.press.sentences.values import in_sentence
from courtepointe.press.words import say, typeset


@dataclass(frozen=True, slots=True)
class ClustersAsked:
    """Clusters that somebody asks for.

    Attributes
    ----------
    area_type : str
        ``TYPE:VINTAGE``.
    within : AreaKey or None
    along : str
        An indicator along which inequality is read; empty: none.
    """

    area_type: str
    indicator: str
    within: AreaKey | None = None
    along: str = ""


def set_clusters(
    atlas: Atlas, asked: ClustersAsked, *, lang: str, drawn: bool = True
) -> ClusterMap:
    """Set the map that is asked for; where it is told and not drawn, shapes are as they came.

    Raises
    ------
    NotFound
        ``unknown_indicator``, ``unknown_area_type``, ``unknown_vintage``, ``unknown_area``.
    NoAnswer
        ``clusters_of_a_count``, ``clusters_too_few``, ``map_one_area``, ``map_without_values``,
        ``space_all_equal``, ``space_no_pairs``.
    """
    indicator = atlas.indicator(asked.indicator)
    of_type = MapAsked(area_type=asked.area_type, indicator=asked.indicator)
    table = read_table(atlas, of_type, lang=lang, drawn=drawn)
    name = table.type_and_vintage
    found = atlas.clusters(name, indicator.code, within=asked.within)
    along = asked.along or None
    unequal = atlas.unequal(name, indicator.code, within=asked.within, along=along)
    figures = present(atlas, name, indicator.code)
    every = areas_of(table, figures, indicator=indicator, here="", lang=lang)
    units = {unit.key.code: unit for unit in found.units}
    areas = tuple(ClusterArea(area, units[area.code]) for area in every if area.code in units)
    held = [unit.figure for unit in found.units]
    period = period_of(held)
    opening = _opening(atlas, asked, indicator, name, period, found.n_tested, lang=lang)
    return ClusterMap(
        indicator=indicator,
        lang=lang,
        title=say("clusters.title", lang=lang, label=label_of(indicator, lang=lang)),
        subtitle=subtitle_of(atlas, MapAsked(name, indicator.code), [indicator], period, lang=lang),
        areas_name=areas_name(atlas, name, lang=lang),
        foot=foot_of(atlas, held, lang=lang),
        found=found,
        unequal=unequal,
        areas=areas,
        words=(*opening, *found_told(found, areas, lang=lang)),
        unequal_words=tuple(
            unequal_told(unequal, indicator, _names(atlas, indicator, unequal, lang), lang=lang)
        ),
        warning=say("clusters.places", lang=lang),
        how=tuple(how_told(found, lang=lang)),
    )


def _opening(
    atlas: Atlas, asked: ClustersAsked, indicator: Indicator, name: str, period: str, n: int,
    *, lang: str,
) -> list[str]:  # fmt: skip
    slots = {
        "label": label_of(indicator, lang=lang),
        "areas": in_sentence(areas_name(atlas, name, lang=lang)),
        "n": number(n, lang=lang),
    }
    if period:
        lines = [say("clusters.opening", lang=lang, period=period, **slots)]
    else:
        lines = [say("clusters.opening_no_period", lang=lang, **slots)]
    if asked.within is not None:
        whole = atlas.identity(asked.within).name.in_(lang)
        lines.append(say("clusters.within", lang=lang, place=place(whole, lang=lang).dans))
    return lines


def _names(atlas: Atlas, indicator: Indicator, told: Unequal, lang: str) -> dict[str, str]:
    universes = {one.code: one.name.in_(lang) for one in atlas.pack.recipe.universes}
    groups = area_type_of(atlas.pack, told.groups).plural.in_(lang) if told.groups else ""
    along = label_of(atlas.indicator(told.along), lang=lang) if told.along else ""
    universe = universes.get(indicator.universe, indicator.universe)
    return {
        "universe": typeset(universe, lang=lang),
        "groups": typeset(groups, lang=lang),
        "along": along,
    }
