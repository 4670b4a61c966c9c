"""A pack opens by itself: with our code, with other people's tools, and lazily."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import geopandas
import numpy as np
import pyarrow.parquet as pq
import pytest
from tests.support.village import CODES, RECIPE, write_village

from courtepointe.atlas.build.run import build_pack
from courtepointe.atlas.pack import open as opening
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.pack.values import STATUS_ORDER
from courtepointe.core.errors import BadInput, NotFound


def described(pack: Path) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads((pack / "datapackage.json").read_text(encoding="utf-8"))
    return whole


def test_geopandas_opens_the_areas(village_pack: Path) -> None:
    areas = geopandas.read_parquet(village_pack / "areas" / "area@2021.parquet")
    assert areas.crs.to_epsg() == 4326
    assert areas["code"].tolist() == list(CODES)
    west, south, east, north = areas.total_bounds
    assert -74 < west < east < -73 and 45 < south < north < 46
    assert areas["bbox_xmin"].tolist() == pytest.approx(areas.bounds["minx"].tolist())
    metric = areas.to_crs("EPSG:32188").area
    assert metric.tolist() == pytest.approx(areas["surface_m2"].tolist(), rel=1e-6)


def test_geopandas_opens_the_places(village_pack: Path) -> None:
    halls = geopandas.read_parquet(village_pack / "places" / "halls.parquet")
    assert halls.geom_type.tolist() == ["Point"] * 3
    assert halls["name"].tolist() == ["Gymnase", "Salle double", "Remise"]


def test_anyone_can_ask_the_observations(village_pack: Path) -> None:
    file = str(village_pack / "observations" / "counts_2021@area@2021.parquet")
    rows = duckdb.execute(
        "SELECT area_code, value, status FROM read_parquet(?) WHERE variable = 'population' "
        "ORDER BY area_code",
        [file],
    ).fetchall()
    assert rows == [
        (CODES[0], 400.0, "published"),
        (CODES[1], None, "suppressed"),
        (CODES[2], 0.0, "published"),
        (CODES[3], None, "not_available"),
    ]


def test_the_long_table_and_the_arrays_say_the_same(village_pack: Path) -> None:
    pack = open_pack(village_pack)
    for (release, area), table in pack.release_tables.items():
        path = village_pack / "observations" / f"{release}@{area.replace(':', '@')}.parquet"
        long = pq.read_table(path).to_pydict()
        assert long["variable"] == [
            v for v in table.variables for _ in range(table.values.shape[1])
        ]
        values = [np.nan if value is None else value for value in long["value"]]
        assert np.array_equal(values, table.values.ravel(), equal_nan=True)
        assert long["status"] == [str(STATUS_ORDER[code]) for code in table.status.ravel()]


def test_the_descriptor_describes_every_table(village_pack: Path) -> None:
    whole = described(village_pack)
    assert whole["name"] == "village"
    assert whole["licenses"] == [
        {"name": "open", "title": "Open", "path": "https://example.org/licence"}
    ]
    paths = {path.relative_to(village_pack).as_posix() for path in village_pack.rglob("*.parquet")}
    assert {one["path"] for one in whole["resources"]} == paths
    for one in whole["resources"]:
        content = (village_pack / one["path"]).read_bytes()
        assert one["bytes"] == len(content)
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        names = [field["name"] for field in one["schema"]["fields"]]
        assert names == pq.read_schema(village_pack / one["path"]).names
        assert one["name"] == one["name"].lower()
    assert len({one["name"] for one in whole["resources"]}) == len(paths)


def test_the_readme_speaks_both_languages_and_gives_credit(village_pack: Path) -> None:
    text = (village_pack / "README.txt").read_text(encoding="utf-8")
    assert "Ce dossier est un atlas complet" in text
    assert "This folder is a complete atlas" in text
    assert "La commune" in text and "The commune" in text
    assert "{" not in text


def test_the_recipe_is_kept_as_it_was_written(village_pack: Path) -> None:
    assert (village_pack / "recipe.toml").read_text(encoding="utf-8") == RECIPE
    assert open_pack(village_pack).recipe.code == "village"


def test_the_same_inputs_give_the_same_hash_whenever_built(tmp_path: Path) -> None:
    hashes = []
    for place, year in (("here", 2026), ("there", 2031)):
        recipe = write_village(tmp_path / place)
        built = build_pack(
            recipe,
            sources=tmp_path / place / "sources",
            out=tmp_path / place / "atlas",
            now=datetime(year, 1, 1, tzinfo=UTC),
        )
        hashes.append(built.content_hash)
        assert described(built.folder)["created"].startswith(str(year))
    assert hashes[0] == hashes[1]
    counts = tmp_path / "there" / "sources" / "counts.csv"
    counts.write_text(counts.read_text("utf-8").replace("400,", "401,"), encoding="utf-8")
    other = build_pack(
        tmp_path / "there" / "village.toml",
        sources=tmp_path / "there" / "sources",
        out=tmp_path / "there" / "atlas",
        now=datetime(2031, 1, 1, tzinfo=UTC),
    )
    assert other.content_hash != hashes[0]


def test_nothing_is_read_before_it_is_asked_for(
    village_pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    columns = opening._columns

    def counted(path: Path) -> dict[str, tuple[Any, ...]]:
        read.append(path.name)
        return columns(path)

    monkeypatch.setattr(opening, "_columns", counted)
    pack = open_pack(village_pack)
    assert sorted(pack.area_tables) == ["area:2021", "block:2021", "quarter:2020"]
    assert ("area:2021" in pack.area_tables, "x" in pack.area_tables) == (True, False)
    assert "quarter@2020.parquet" not in read
    first = pack.area_tables["quarter:2020"]
    assert pack.area_tables["quarter:2020"] is first
    assert read.count("quarter@2020.parquet") == 1
    with pytest.raises(KeyError):
        pack.area_tables["ward:2020"]


def test_arrays_are_mapped_read_only(village_pack: Path) -> None:
    table = open_pack(village_pack).release_tables["profile_2021", "area:2021"]
    assert isinstance(table.values, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        table.values[0, 0] = 1.0


def test_a_folder_without_a_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="pack_not_found"):
        open_pack(tmp_path)


@pytest.mark.parametrize("file", ["arrays/index.json", "report.json", "datapackage.json"])
def test_a_broken_pack_is_named(village_pack: Path, tmp_path: Path, file: str) -> None:
    copy = tmp_path / "pack"
    shutil.copytree(village_pack, copy)
    (copy / file).write_text("{", encoding="utf-8")
    with pytest.raises(BadInput, match="pack_broken"):
        open_pack(copy)


def test_a_broken_table_is_named_when_read(village_pack: Path, tmp_path: Path) -> None:
    copy = tmp_path / "pack"
    shutil.copytree(village_pack, copy)
    (copy / "areas" / "quarter@2020.parquet").write_bytes(b"PAR1")
    pack = open_pack(copy)
    with pytest.raises(BadInput) as caught:
        pack.area_tables["quarter:2020"]
    assert caught.value.facts["file"] == "quarter@2020.parquet"


def test_a_pack_of_another_format_is_refused(village_pack: Path, tmp_path: Path) -> None:
    copy = tmp_path / "pack"
    shutil.copytree(village_pack, copy)
    whole = described(copy)
    whole["courtepointe"]["format"] = 99
    (copy / "datapackage.json").write_text(json.dumps(whole), encoding="utf-8")
    with pytest.raises(BadInput, match="pack_format"):
        open_pack(copy)
