"""Addresses, written in each language: areas are `territoires` in French."""

from __future__ import annotations

from django.urls import URLPattern, include, path
from django.utils.translation import gettext_lazy as _

from courtepointe.doors.site.readings.urls import joining
from courtepointe.doors.site.views import (
    areas,
    assets,
    clusters,
    compare,
    documents,
    draw,
    embeds,
    exports,
    home,
    hubs,
    maps,
    pages,
    places,
    releases,
    search,
    similar,
    time,
    written,
)


def portrait_patterns(prefix: str) -> list[URLPattern]:
    """Give the addresses below a portrait: the same for official and custom areas."""
    return [
        path("", areas.portrait, name=prefix),
        path(_("figure/<slug:indicator>/"), areas.figure, name=f"{prefix}_figure"),
        path(_("similar/"), similar.similar, name=f"{prefix}_similar"),
        path(_("chart/<slug:section>/<int:number>.svg"), exports.chart, name=f"{prefix}_chart"),
        path(
            _("chart/<slug:section>/<int:number>.json"),
            exports.chart_specification,
            name=f"{prefix}_chart_specification",
        ),
        path(_("map/<slug:section>.svg"), exports.section_map, name=f"{prefix}_map"),
        path(_("map/<slug:section>/"), exports.map_table, name=f"{prefix}_map_table"),
        path(_("places/<slug:section>.svg"), exports.places, name=f"{prefix}_places"),
        path(_("data.csv"), exports.csv, name=f"{prefix}_csv"),
        path(_("data-series.csv"), time.csv, name=f"{prefix}_series_csv"),
        path(_("time/<slug:indicator>.svg"), time.chart, name=f"{prefix}_time_chart"),
        path(_("data.zip"), exports.bundle, name=f"{prefix}_zip"),
        path(_("limits.geojson"), exports.limits, name=f"{prefix}_limits"),
        path(_("document/"), documents.arrange, name=f"{prefix}_document"),
        path(_("document.<slug:ending>"), documents.file, name=f"{prefix}_file"),
        path(_("document/write/"), written.begin, name=f"{prefix}_begin"),
    ]


def embed_patterns(prefix: str) -> list[URLPattern]:
    """Give the addresses of what other sites may frame."""
    return [
        path(_("chart/<slug:section>/<int:number>/"), embeds.chart, name=f"{prefix}_embed_chart"),
        path(_("map/<slug:section>/"), embeds.section_map, name=f"{prefix}_embed_map"),
    ]


urlpatterns = [
    path("", home.home, name="home"),
    path(_("areas/<slug:area_type>/"), areas.listed, name="areas"),
    path(_("areas/<slug:area_type>/<str:place>/"), areas.short, name="area_short"),
    path(
        _("areas/<slug:area_type>/<slug:vintage>/<str:place>/"),
        include(portrait_patterns("area")),
    ),
    path(_("draw/"), draw.draw, name="draw"),
    path(_("custom/<slug:token>/adjust/"), draw.adjust, name="custom_adjust"),
    path(_("custom/<slug:token>/releases/"), releases.used, name="custom_releases"),
    path(_("custom/<slug:token>/"), include(portrait_patterns("custom"))),
    path(
        _("embed/areas/<slug:area_type>/<slug:vintage>/<str:place>/"),
        include(embed_patterns("area")),
    ),
    path(_("embed/custom/<slug:token>/"), include(embed_patterns("custom"))),
    path(_("portraits/<slug:token>/"), written.page, name="written"),
    path(_("portraits/<slug:token>/document.<slug:ending>"), written.file, name="written_file"),
    path(_("editions/<slug:slug>/"), written.edition, name="edition"),
    path(
        _("editions/<slug:slug>/<slug:lang>.<slug:ending>"),
        written.kept_file,
        name="edition_file",
    ),
    path(_("releases/"), releases.listed, name="releases"),
    path(_("compare/"), compare.compare, name="compare"),
    path(_("places/"), places.listing, name="places"),
    path(_("places/<uuid:uid>/"), places.record, name="place"),
    path(_("assets/"), assets.listing, name="assets"),
    path(_("assets/<slug:workspace>/"), assets.neighbourhood, name="neighbourhood_assets"),
    path(_("assets/<slug:workspace>.geojson"), assets.points, name="neighbourhood_points"),
    path(_("hubs/"), hubs.listing, name="hubs_shown"),
    path(_("hubs/<slug:name>/"), hubs.one, name="hub_shown"),
    *joining,
    path(_("search/"), search.search, name="search"),
    path(_("search/suggestions/"), search.suggest, name="suggest"),
    path(_("methods/"), pages.methods, name="methods"),
    path(_("sources/"), pages.sources, name="sources"),
    path(_("data/"), pages.data, name="data"),
    path(_("source-code/"), pages.source_code, name="source_code"),
    path(_("source-code/archive.tar.gz"), pages.source_archive, name="source_archive"),
    path(_("maps/<slug:area_type>/<slug:vintage>.geojson"), exports.shapes, name="shapes"),
    path(_("maps/"), maps.choose, name="maps"),
    path(_("maps/clusters/"), clusters.choose, name="clusters_choose"),
    path(_("maps/<slug:area_type>/<slug:vintage>/<slug:indicator>/"), maps.page, name="map"),
    path(
        _("maps/<slug:area_type>/<slug:vintage>/<slug:indicator>.svg"),
        maps.drawing,
        name="map_svg",
    ),
    path(
        _("maps/<slug:area_type>/<slug:vintage>/<slug:indicator>.png"),
        maps.points,
        name="map_png",
    ),
    path(_("maps/<slug:area_type>/<slug:vintage>/<slug:indicator>.csv"), maps.csv, name="map_csv"),
    path(
        _("maps/<slug:area_type>/<slug:vintage>/<slug:indicator>/clusters/"),
        clusters.page,
        name="clusters",
    ),
    path(
        _("maps/<slug:area_type>/<slug:vintage>/<slug:indicator>/clusters.svg"),
        clusters.drawing,
        name="clusters_svg",
    ),
    path(
        _("maps/<slug:area_type>/<slug:vintage>/<slug:indicator>/clusters.csv"),
        clusters.csv,
        name="clusters_csv",
    ),
]
