"""The files are read back by the same readers as the publishers'."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from click.testing import CliRunner

from courtepointe.atlas.demo.plan import Plan, plan_of
from courtepointe.atlas.demo.region import Made
from courtepointe.atlas.demo.write import MARK, write_demo
from courtepointe.core.errors import Refused
from courtepointe.doors.cli.atlas_demo import demo
from courtepointe.formats.boundaries.read import read_boundaries
from courtepointe.formats.places.read import read_places
from courtepointe.formats.tables.read import read_table

METRIC = "EPSG:32188"


def sums(folder: Path) -> dict[str, str]:
    """Give the checksum of every file."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(
    written: Path, town_plan: Plan, tmp_path: Path
) -> None:
    write_demo(tmp_path / "again", town_plan)
    assert sums(tmp_path / "again") == sums(written)
    write_demo(tmp_path / "again", plan_of("town", seed=8, lang="en"))
    other = sums(tmp_path / "again")
    assert set(other) == set(sums(written))
    assert all(
        other[name] != told for name, told in sums(written).items() if name != "LISEZMOI.txt"
    )


def test_a_folder_with_something_else_is_left_alone(tmp_path: Path, town_plan: Plan) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        write_demo(tmp_path, town_plan)
    assert caught.value.code == "demo_folder_taken"
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_what_stops_half_way_leaves_nothing(tmp_path: Path, town_plan: Plan) -> None:
    def stop(_: int) -> None:
        raise OSError(28, "no space left")

    with pytest.raises(OSError, match="no space left"):
        write_demo(tmp_path / "out", town_plan, tell=stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "crs", "count"),
    [
        ("lda_000b21a_e.zip", "EPSG:3347", 12),
        ("lct_000b21a_e.zip", "EPSG:3347", 2),
        ("ldb_000b21a_e.zip", "EPSG:3347", None),
        ("lda_000b16a_e.zip", "EPSG:3347", None),
        ("arrondissements.gpkg", "EPSG:32188", 2),
        ("municipalites.kml", "OGC:CRS84", 1),
        ("quartiers_sociologiques.geojson", None, None),
    ],
)
def test_limits_are_read_in_their_publishers_systems(
    written: Path, town: Made, name: str, crs: str | None, count: int | None
) -> None:
    file = read_boundaries(written / "boundaries" / name, to_crs=METRIC)
    assert crs is None or file.source_crs == crs
    assert count is None or len(file.shapes) == count
    assert shapely.is_valid(file.shapes).all()
    assert len(file.repairs) == (1 if name.startswith("quartiers") else 0)
    land = shapely.area(town.blocks.shapes).sum()
    if not name.startswith("quartiers"):
        assert shapely.area(file.shapes).sum() == pytest.approx(land, rel=1e-5)


def test_blocks_tell_their_people_the_small_ones_rounded(written: Path, town: Made) -> None:
    blocks = read_boundaries(written / "boundaries" / "ldb_000b21a_e.zip", to_crs=METRIC).attributes
    told = [int(text) for text in blocks.column("DBPOP2021").to_pylist()]
    true = town.tally.population.tolist()
    assert len(told) == len(true)
    for one, truth in zip(told, true, strict=True):
        assert one == truth or (truth < 15 and one % 5 == 0 and abs(one - truth) < 5)
    assert blocks.column("DBUID")[0].as_py().startswith(blocks.column("DAUID")[0].as_py())


def test_places_are_read_as_those_of_a_real_city(written: Path) -> None:
    places = written / "places"
    interest = read_places(places / "lieux-interet.geojson")
    assert {"Parc", "Bibliothèque", "École primaire"} <= set(
        interest.attributes.column("Type").to_pylist()
    )
    cooled = read_places(
        places / "lieux_publics_climatises.csv",
        longitude="longitude",
        latitude="latitude",
        encoding="cp1252",
    )
    assert len(cooled.longitude) >= 1
    assert all(
        "–" in name or "-" in name
        for name in cooled.attributes.column("arrdondissement").to_pylist()
    )
    shops = read_places(places / "overpass_alimentation.json")
    assert -73 < shops.longitude.mean() < -71
    assert 48 < shops.latitude.mean() < 49
    directory = read_table(places / "organismes.csv", encoding="cp1252")
    assert len(directory) >= 2


def test_streets_are_lines_with_their_attributes(written: Path) -> None:
    facts = pyogrio.read_info(written / "network" / "rues.gpkg", layer="rues")
    assert facts["crs"] == METRIC
    assert facts["geometry_type"] == "LineString"
    assert list(facts["fields"]) == [
        "ID_TRC",
        "NOM_VOIE",
        "TYP_VOIE",
        "SENS_CIR",
        "LONGUEUR",
        "ESCALIER",
    ]
    assert facts["features"] > 100


def test_the_truth_lies_beside_and_the_recipe_reads_none_of_it(written: Path, root: Path) -> None:
    truth = pq.read_table(written / "truth" / "blocks_2021.parquet")
    assert truth["population"].to_numpy().sum() == truth["c8"].to_numpy().sum() > 4000
    households = pq.read_table(written / "truth" / "households_2021.parquet")
    assert len(households) == truth["households"].to_numpy().sum()
    recipe = (root / "recipes" / "demo.toml").read_text(encoding="utf-8")
    lines = [line for line in recipe.splitlines() if not line.startswith("#")]
    assert not any("truth" in line for line in lines)
    assert "fictional = true" in lines


def test_the_command_writes_the_french_edition_and_says_it_is_a_fiction(tmp_path: Path) -> None:
    out = tmp_path / "ville"
    words = ["--out", str(out), "--size", "town", "--lang", "fr"]
    told = CliRunner().invoke(demo, words)
    assert told.exit_code == 0, told.output
    assert "does not exist" in told.output
    (profile,) = (out / "census").glob("98-401-X2021006_Francais_CSV_data_*.csv")
    with profile.open(encoding="cp1252") as stream:
        head, first = stream.readline(), stream.readline()
    assert head.startswith("ANNÉE_RECENSEMENT,IDUGD,")
    assert "Subdivision de recensement" in first
    assert (out / MARK).exists()
    notice = (out / "LISEZMOI.txt").read_text(encoding="utf-8")
    assert "n’existe pas" in notice
    assert "does not exist" in notice
