"""Real clients on a real server: GDAL's OAPIF driver, and owslib."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pyogrio
import pytest
from django.core.wsgi import get_wsgi_application
from django.db import connections
from owslib.ogcapi.features import Features


class Quiet(WSGIRequestHandler):
    """Answer without a word on the terminal."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def api(_town_is_served: None) -> Iterator[str]:
    """Serve the town on a port of this machine."""
    with make_server("127.0.0.1", 0, get_wsgi_application(), handler_class=Quiet) as server:

        def serve() -> None:
            try:
                server.serve_forever(poll_interval=0.05)
            finally:
                connections.close_all()

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/api/"
        server.shutdown()
        thread.join()


def gdal(*words: str) -> str:
    if shutil.which(words[0]) is None:
        pytest.skip(f"{words[0]} is not here; install Debian's gdal-bin")
    told = subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)
    assert told.returncode == 0, told.stderr
    assert "ERROR" not in told.stderr, told.stderr
    return told.stdout


def test_ogrinfo_lists_the_collections_and_reads_one(api: str) -> None:
    layers = gdal("ogrinfo", "-ro", f"OAPIF:{api}")
    assert "quartier:2014" in layers and "places:lieux" in layers
    told = gdal("ogrinfo", "-ro", "-so", f"OAPIF:{api}", "secteur:2021")
    assert "Feature Count: 6" in told and "name_fr: String" in told


def test_ogr2ogr_turns_every_page_and_keeps_every_area(api: str, tmp_path: Path) -> None:
    path = tmp_path / "tracts.gpkg"
    pages = ("-oo", "PAGE_SIZE=2")
    gdal("ogr2ogr", *pages, str(path), f"OAPIF:{api}", "secteur:2021")
    table = pyogrio.read_dataframe(path)
    assert sorted(table["code"]) == ["001", "002", "003", "004", "005", "006"]
    assert table.geometry.is_valid.all() and table.crs.to_epsg() == 4326


def test_ogr2ogr_asks_for_a_box_and_gets_what_touches_it(api: str, tmp_path: Path) -> None:
    path = tmp_path / "one.geojson"
    box = ("-73.560", "45.501", "-73.552", "45.507")
    gdal("ogr2ogr", "-spat", *box, str(path), f"OAPIF:{api}", "secteur:2021")
    found = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert [one["properties"]["code"] for one in found] == ["001"]


def test_owslib_reads_conformance_collections_items_and_one_feature(api: str) -> None:
    client = Features(api)
    assert any(name.endswith("/conf/core") for name in client.conformance()["conformsTo"])
    assert "quartier:2014" in client.feature_collections()
    page = client.collection_items("secteur:2021", limit=4, offset=4)
    assert (page["numberMatched"], page["numberReturned"]) == (6, 2)
    assert [link["rel"] for link in page["links"]].count("prev") == 1
    one = client.collection_item("secteur:2021", "003")
    assert one["properties"]["code"] == "003" and one["geometry"]["type"] == "Polygon"
    assert client.api()["openapi"].startswith("3.0")
