"""Bad input stops the build by name; nothing half built is left, the former pack is served."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.atlas.build.conftest import Build
from tests.support.village import (
    CODES,
    COUNTS,
    RECIPE,
    area_features,
    feature,
    profile_row,
    profile_text,
    quarter_features,
    write_geojson,
)

from courtepointe.atlas.pack.open import open_pack
from courtepointe.core.errors import BadInput, CourtepointeError
from courtepointe.doors.words import sentence

Spoil = Callable[[Path], str]


def without_counts(sources: Path) -> str:
    (sources / "counts.csv").unlink()
    return RECIPE


def without_column(sources: Path) -> str:
    (sources / "counts.csv").write_text(COUNTS.replace("homes", "houses"), encoding="utf-8")
    return RECIPE


def not_a_number(sources: Path) -> str:
    (sources / "counts.csv").write_text(COUNTS.replace("400,200", "400,many"), encoding="utf-8")
    return RECIPE


def unknown_row(sources: Path) -> str:
    text = COUNTS.replace("99000000", "88000000")
    (sources / "counts.csv").write_text(text, encoding="utf-8")
    return RECIPE


def nothing_declared(sources: Path) -> str:
    return RECIPE.replace('out_of_area = "^99"\n', "")


def row_twice(sources: Path) -> str:
    (sources / "counts.csv").write_text(COUNTS + "24660001,1,1\n", encoding="utf-8")
    return RECIPE


def area_twice(sources: Path) -> str:
    write_geojson(sources / "areas.geojson", [*area_features(), area_features()[0]])
    return RECIPE


def other_vintage(sources: Path) -> str:
    features = area_features()
    for one in features:
        one["properties"]["dguid"] = one["properties"]["dguid"].replace("2021", "2016", 1)
    write_geojson(sources / "areas.geojson", features)
    return RECIPE


def unknown_geography(sources: Path) -> str:
    text = profile_text(profile_row("88000000", 1, C1="3"))
    (sources / "profile_1.csv").write_text(text, encoding="cp1252")
    return RECIPE


def half_a_zip(sources: Path) -> str:
    whole = sources / "profile_1.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(sources / "profile_1.csv", "profile.csv")
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    return RECIPE.replace("profile_*.csv", "profile_*.zip")


def two_files(sources: Path) -> str:
    (sources / "counts_2.csv").write_text(COUNTS, encoding="utf-8")
    return RECIPE.replace('files = ["counts.csv"]', 'files = ["counts*.csv"]')


def foreign_replacement(sources: Path) -> str:
    strange = feature((0, 0, 10, 10), id="X", nom="X")
    write_geojson(sources / "more.geojson", [strange, *quarter_features()])
    return (
        RECIPE.replace('files = ["quarters.geojson"]', 'files = ["quarters.geojson"]', 1)
        + """
[[sources]]
code = "more"
publisher = "Commune"
title = { fr = "Encore", en = "More" }
licence = "open"
citation = { fr = "Commune.", en = "Commune." }
files = ["more.geojson"]

[[boundaries]]
area_type = "quarter"
vintage = "2020"
source = "more"
code = "id"
replaces = true
"""
    )


def no_parent(sources: Path) -> str:
    return RECIPE.replace(
        'parent = "quarter:2020"', 'parent = "quarter:2020"\nparent_code = "code"'
    )


def blocks_elsewhere(sources: Path) -> str:
    return RECIPE.replace('{ "area:2021" = "area" }', '{ "area:2021" = "people" }')


def bad_count(sources: Path) -> str:
    text = (sources / "blocks.geojson").read_text(encoding="utf-8")
    text = text.replace('"people": 100', '"people": -1', 1)
    (sources / "blocks.geojson").write_text(text, encoding="utf-8")
    return RECIPE


def no_property(sources: Path) -> str:
    return RECIPE.replace('block_people = "people"', 'block_people = "folk"')


CASES: dict[str, tuple[Spoil, str, dict[str, object]]] = {
    "missing source": (without_counts, "source_missing",
                       {"source": "counts", "expected": "counts.csv", "publisher": "Bureau"}),
    "missing column": (without_column, "unknown_column",
                       {"file": "counts.csv", "column": "homes"}),
    "word for number": (not_a_number, "not_a_number",
                        {"file": "counts.csv", "row": 2, "column": "homes", "value": "many"}),
    "row of nowhere": (unknown_row, "release_row_without_area",
                       {"file": "counts.csv", "row": 5, "value": "88000000"}),
    "no decision": (nothing_declared, "release_row_without_area",
                    {"row": 5, "value": "99000000"}),
    "row twice": (row_twice, "release_row_repeated",
                  {"row": 6, "first_row": 2, "value": CODES[0]}),
    "area twice": (area_twice, "area_code_repeated",
                   {"file": "areas.geojson", "row": 5, "first_row": 1, "value": CODES[0]}),
    "other vintage": (other_vintage, "vintage_mismatch",
                      {"value": "2021S0512", "area": "area:2021", "expected": "2016S0512"}),
    "geography of nowhere": (unknown_geography, "release_row_without_area",
                             {"file": "profile_1.csv", "value": "88000000"}),
    "truncated zip": (half_a_zip, "census_profile_zip_broken", {"file": "profile_1.zip"}),
    "two files": (two_files, "source_several_files",
                  {"source": "counts", "found": "counts.csv, counts_2.csv"}),
    "foreign limits": (foreign_replacement, "replacement_without_area",
                       {"source": "more", "value": "X", "found": 1}),
    "no such parent": (no_parent, "parent_unknown", {"value": CODES[0]}),
    "blocks elsewhere": (blocks_elsewhere, "block_unit_unknown", {"column": "people"}),
    "bad count": (bad_count, "block_count", {"block": f"{CODES[0]}0", "value": "-1"}),
    "no property": (no_property, "block_property_unknown", {"value": "folk"}),
}  # fmt: skip


@pytest.mark.parametrize("name", list(CASES))
def test_bad_input_stops_the_build_by_name(
    village: Path, village_pack: Path, build: Build, name: str
) -> None:
    shutil.copytree(village_pack, village / "pack")
    former = open_pack(village / "pack").content_hash
    spoil, code, facts = CASES[name]
    recipe = spoil(village / "sources")
    with pytest.raises(BadInput) as caught:
        build(recipe)
    assert caught.value.code == code
    told = {key: caught.value.facts.get(key) for key in facts}
    assert told == facts
    for lang in ("fr", "en"):
        said = sentence(caught.value, lang=lang)
        assert "—" not in said.split("(")[0] or code == "source_missing"
        assert str(next(iter(facts.values()))) in said
    assert open_pack(village / "pack").content_hash == former, "the former pack is served"
    left = sorted(path.name for path in village.iterdir())
    assert left == ["pack", "sources", "village.toml"], "nothing half built is left"


def test_a_missing_source_names_the_publishers_page(village: Path, build: Build) -> None:
    (village / "sources" / "quarters.geojson").unlink()
    with pytest.raises(CourtepointeError) as caught:
        build()
    assert caught.value.facts["address"] == "https://example.org/quarters"


def test_a_missing_folder_of_sources_is_named(village: Path, build: Build) -> None:
    (village / "sources").rename(village / "elsewhere")
    with pytest.raises(BadInput, match="sources_folder_missing"):
        build()


def test_a_newer_edition_whose_columns_hold_is_loaded_and_said(village: Path, build: Build) -> None:
    checked = RECIPE.replace('files = ["counts.csv"]', 'files = ["counts.csv"]\nsha256 = ["00"]')
    pack = open_pack(build(checked).folder)
    assert pack.loaded_sources["counts"]["edition"] == "newer"
    known = RECIPE.replace(
        'files = ["counts.csv"]',
        f'files = ["counts.csv"]\nsha256 = ["{pack.loaded_sources["counts"]["sha256"]}"]',
    )
    assert open_pack(build(known).folder).loaded_sources["counts"]["edition"] == "known"
    without_column(village / "sources")
    with pytest.raises(BadInput) as caught:
        build(known)
    assert (caught.value.code, caught.value.facts["column"]) == ("unknown_column", "homes")


def test_the_first_name_that_a_file_has_is_read(village: Path, build: Build) -> None:
    without_column(village / "sources")
    recipe = RECIPE.replace('column = "homes"', 'column = "homes | houses"').replace(
        "people / homes", "people / houses"
    )
    table = open_pack(build(recipe).folder).release_tables["counts_2021", "area:2021"]
    assert table.values[1][0] == 200
