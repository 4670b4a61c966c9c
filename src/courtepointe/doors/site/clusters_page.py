"""What the page of clusters shows: the map and its words, its table in the order of names, its choices."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode

from courtepointe.atlas.figures import Measure
from courtepointe.atlas.query.areas import area_table, area_type_of
from courtepointe.atlas.query.clusters import LEAST
from courtepointe.atlas.query.values import AreaKey
from courtepointe.atlas.recipe.values import Words
from courtepointe.doors.editions import short_edition
from courtepointe.doors.served import Served
from courtepointe.doors.site.addresses import area_address
from courtepointe.doors.site.map_page import MOST_ROWS, Choice, ChoiceGroup
from courtepointe.doors.site.subjects import official
from courtepointe.press.clusters import (
    ClusterArea,
    ClusterMap,
    ClustersAsked,
    draw_clusters,
    reading,
    set_clusters,
)
from courtepointe.press.maps.asked import MapAsked
from courtepointe.press.maps.telling import folded
from courtepointe.press.maps.values import DrawnMap
from courtepointe.press.numbers import amount, number
from courtepointe.press.words import typeset

MOST_HOLDERS = 120
"""A kind of more areas than this is no choice of zones."""


@dataclass(frozen=True, slots=True)
class ClusterRow:
    """A row of the table.

    Attributes
    ----------
    q, stays : str
        Empty where they were not asked.
    """

    label: str
    address: str
    value: str
    drawer: str
    interval: str
    n_neighbours: int
    reading: str
    unsure: bool
    kept: bool
    q: str
    stays: str


def asked_clusters(
    served: Served, question: QueryDict, *, area_type: str, vintage: str, indicator: str
) -> ClustersAsked:
    """Read the address of clusters.

    Raises
    ------
    BadInput
        ``area_key``.
    NotFound
        ``unknown_area_type``, ``unknown_vintage``, ``unknown_area``, ``unknown_indicator``.
    """
    within, along = question.get("within", ""), question.get("along", "")
    return ClustersAsked(
        area_table(served.pack, f"{area_type}:{vintage}").type_and_vintage,
        served.atlas.indicator(indicator).code,
        served.atlas.find(within) if within else None,
        served.atlas.indicator(along).code if along else "",
    )


def clusters_address(asked: ClustersAsked, ending: str = "", **more: str) -> str:
    """Give the address of the page, or of its file with an ending."""
    area_type, vintage = asked.area_type.split(":", 1)
    kwargs = {"area_type": area_type, "vintage": vintage, "indicator": asked.indicator}
    address = reverse(f"clusters_{ending}" if ending else "clusters", kwargs=kwargs)
    within = "" if asked.within is None else str(asked.within)
    question = {"within": within, "along": asked.along} | more
    told = urlencode({key: text for key, text in question.items() if text})
    return f"{address}?{told}" if told else address


def clusters_link(served: Served, shown: MapAsked) -> str:
    """Give the address of the clusters of what a map shows; empty for a count, and for a few areas."""
    few = len(area_table(served.pack, shown.area_type)) < LEAST
    if few or served.atlas.indicator(shown.indicator).measure is Measure.COUNT:
        return ""
    return clusters_address(ClustersAsked(shown.area_type, shown.indicator))


def drawing_address(asked: ClustersAsked) -> str:
    """Give the address of the drawing in the page, which a browser may keep for a year."""
    return clusters_address(asked, "svg", bare="1", e=short_edition())


def made_clusters(served: Served, asked: ClustersAsked, *, lang: str) -> ClusterMap:
    """Set the map once while the pack is served; see `set_clusters` for what it raises."""
    return served.shelf.take(
        ("clusters", asked, lang), lambda: set_clusters(served.atlas, asked, lang=lang)
    )


def drawn_clusters(
    served: Served, asked: ClustersAsked, *, lang: str, width: int, scheme: str, bare: bool
) -> DrawnMap:
    """Draw the map once while the pack is served."""
    made = made_clusters(served, asked, lang=lang)
    return served.shelf.take(
        ("drawn clusters", asked, lang, width, scheme, bare),
        lambda: draw_clusters(made, width=float(width), scheme=scheme, bare=bare),
    )


def cluster_rows(served: Served, made: ClusterMap, *, lang: str) -> tuple[ClusterRow, ...]:
    """Set the table in the order of names; no row where they are too many for a page."""
    if len(made.areas) > MOST_ROWS:
        return ()
    listed = area_type_of(served.pack, made.found.type_and_vintage).listed
    ordered = sorted(made.areas, key=lambda one: (folded(one.area.label), one.area.code))
    return tuple(_row(served, made, one, listed=listed, lang=lang) for one in ordered)


def _row(
    served: Served, made: ClusterMap, one: ClusterArea, *, listed: bool, lang: str
) -> ClusterRow:
    unit, name = one.unit, Words(one.area.label, one.area.label)
    stays = unit.stays
    return ClusterRow(
        label=one.area.label,
        address=area_address(unit.key, name, lang=lang) if listed else "",
        value=one.area.value_text,
        drawer=official(served, unit.key, lang=lang).figure_address(made.indicator.code),
        interval=one.interval(made.indicator, lang=lang),
        n_neighbours=len(unit.neighbours),
        reading=reading(unit, lang=lang),
        unsure=unit.unsure,
        kept=unit.kept,
        q="" if unit.q is None else number(unit.q, decimals=3, lang=lang),
        stays="" if stays is None else amount(100.0 * stays, unit="percent", lang=lang),
    )


def zone_choices(served: Served, asked: ClustersAsked, *, lang: str) -> tuple[ChoiceGroup, ...]:
    """Give the larger areas whose areas may be looked at alone, by kind, coarse first."""
    own = area_type_of(served.pack, asked.area_type).order
    found = []
    for name, table in served.pack.area_tables.items():
        kind = area_type_of(served.pack, name)
        if kind.order < own and kind.listed and 1 < len(table) <= MOST_HOLDERS:
            heading = f"{typeset(kind.plural.in_(lang), lang=lang)}, {table.type_and_vintage.split(':', 1)[1]}"
            found.append((kind.order, ChoiceGroup(heading, _zones(served, name, asked, lang))))
    return tuple(group for _, group in sorted(found, key=lambda one: one[0]))


def _zones(served: Served, name: str, asked: ClustersAsked, lang: str) -> tuple[Choice, ...]:
    table = served.pack.area_tables[name]
    names = table.names_en if lang == "en" else table.names_fr
    keys = [AreaKey.of(name, code) for code in table.codes]
    told = [
        Choice(str(key), typeset(label, lang=lang), key == asked.within)
        for key, label in zip(keys, names, strict=True)
    ]
    return tuple(sorted(told, key=lambda one: folded(one.name)))
