"""Closed by default: a page is public only if this list says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from courtepointe.doors.site.libraries import import_map_hash
from courtepointe.doors.site.security import ClosedByDefault

PUBLIC = {
    "places", "place", "assets", "neighbourhood_assets", "neighbourhood_points", "hubs_shown", "hub_shown", "choose_language", "home", "areas", "area_short", "draw", "compare", "search", "suggest",
    "methods", "sources", "data", "shapes", "custom_adjust", "source_code", "source_archive",
    "account_login", "mfa_login_webauthn", "mfa_authenticate", "account_inactive", "account_reset_password",
    "account_reset_password_done", "account_reset_password_from_key", "account_reset_password_from_key_done",
    "recover", "join", "join_activity", "my_registration", "check_attestation", "verified", "calendar_feed",
    "clusters_choose", "clusters", "clusters_svg", "clusters_csv",
    "survey", "survey_answer", "survey_thanks", "workshop_join", "workshop_vote", "releases", "custom_releases", "written", "written_file", "edition", "edition_file", "maps", "map", "map_svg", "map_png", "map_csv",
    *(f"{prefix}{part}" for prefix in ("area", "custom") for part in (
        "", "_figure", "_chart", "_chart_specification", "_map", "_map_table", "_places", "_csv", "_zip", "_limits",
        "_embed_chart", "_embed_map", "_series_csv", "_time_chart", "_similar", "_document", "_file", "_begin",
    )),
}  # fmt: skip

PUBLIC_API = {
    "openapi", "nothing_here", "landing", "conformance", "collections", "collection", "items", "item",
    "areas_list", "area", "figures_of", "figures", "peers_of", "standing_of", "both_of", "shades", "portrait", "search", "indicators_list",
    "sources_list", "releases_list", "geopackage", "geoparquet", "sdmx_csv", "sdmx_json",
    "sdmx_structure", "catalogue", "hubs_list", "hub", "tile_matrix_sets", "tile_matrix_set", "tilesets", "tileset", "tile",
    "collection_tilesets", "collection_tileset", "collection_tile",
}  # fmt: skip


def every_pattern(resolver: URLResolver) -> Iterator[URLPattern]:
    for held in resolver.url_patterns:
        if isinstance(held, URLResolver):
            yield from every_pattern(held)
        else:
            yield held


def test_the_public_pages_are_these_and_no_other() -> None:
    api = next(r for r in get_resolver().url_patterns if getattr(r, "app_name", "") == "api")
    assert isinstance(api, URLResolver)
    of_api = list(every_pattern(api))
    patterns = [p for p in every_pattern(get_resolver()) if p not in of_api]
    assert {p.name for p in patterns if getattr(p.callback, "public", False)} == PUBLIC
    assert {p.name for p in of_api if getattr(p.callback, "public", False)} == PUBLIC_API


class Stranger:
    is_authenticated = False
    pk = None


def closed(request: HttpRequest) -> HttpResponse:
    raise AssertionError("the view must not run")


def refused(request: HttpRequest) -> HttpResponse:
    request.user = Stranger()  # type: ignore[assignment]
    answer = ClosedByDefault(lambda _: HttpResponse()).process_view(request, closed, (), {})
    assert isinstance(answer, HttpResponse)
    return answer


def test_a_view_that_is_not_public_asks_a_stranger_to_sign_in_and_brings_them_back() -> None:
    answer = refused(RequestFactory().get("/fr/ferme/", {"a": "1"}))
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/fr/compte/connexion/?next=%2Ffr%2Fferme%2F%3Fa%3D1"


def test_a_form_or_a_question_for_data_of_a_stranger_is_refused_at_once() -> None:
    for request in (
        RequestFactory().post("/fr/ferme/"),
        RequestFactory().get("/fr/ferme/", headers={"Accept": "application/json"}),
    ):
        assert refused(request).status_code == 403
    assert (
        "demande de se connecter" in refused(RequestFactory().post("/fr/ferme/")).content.decode()
    )


def test_every_answer_brings_the_strict_policy(visitor: Client) -> None:
    for address in ("/fr/", "/fr/absente/", "/en/draw/"):
        policy = visitor.get(address).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert f"script-src 'self' {import_map_hash()};" in policy
        assert "unsafe" not in policy and "http" not in policy and "*" not in policy


@pytest.mark.parametrize(
    "address",
    ["/fr/", "/en/draw/", "/fr/territoires/quartier/2014/1-vieux-moulin/", "/fr/sources/"],
)
def test_a_page_holds_no_script_style_or_file_from_elsewhere(visitor: Client, address: str) -> None:
    page = visitor.get(address).content.decode()
    inline = re.findall(r"<script(?![^>]*\bsrc=)([^>]*)>", page)
    assert inline == [' type="importmap"']
    assert not re.search(r'\sstyle="|<style|\son\w+="|javascript:', page)
    loaded = re.findall(r'(?:src|srcset)="([^"]+)"|<link[^>]*href="([^"]+)"', page)
    assert loaded
    assert all((a or b).startswith("/") for a, b in loaded)


def test_pages_that_anyone_reads_set_no_cookie(visitor: Client) -> None:
    for address in ("/fr/", "/fr/territoires/quartier/2014/1-vieux-moulin/", "/fr/chercher/?q=a"):
        assert not visitor.get(address).cookies
