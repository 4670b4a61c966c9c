"""Pitfalls seen in the code of systems like ours: each number is a row of the list, each test one row.

Rows 2, 16, 20, 24 and 26 are of the pages: `tests/doors/site/test_pitfalls.py`.
"""

from __future__ import annotations

import ast
import csv
import io
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from babel.messages.pofile import read_po
from tests.support.town import NO_ROW, PROFILE, TRACTS, square, town, with_recipe, words
from tests.support.village import COUNTS, write_village

from courtepointe.atlas.build.run import build_pack
from courtepointe.atlas.figures import Figure, Measure, Method, Status
from courtepointe.atlas.pack.open import open_pack
from courtepointe.atlas.pack.values import ReleaseTable
from courtepointe.atlas.query.atlas import Atlas
from courtepointe.atlas.recipe.recalls import Notice, with_notices
from courtepointe.atlas.recipe.values import Indicator
from courtepointe.core.change import Statement, change
from courtepointe.core.classes import classify
from courtepointe.core.compare import Estimate
from courtepointe.core.errors import CourtepointeError, NoAnswer
from courtepointe.formats.tables.read import read_table
from courtepointe.press.csv import portrait_csv
from courtepointe.press.words import words as words_of

NOW = datetime(2026, 1, 2, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "src" / "courtepointe").rglob("*.py"))


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas(town())


def figure(atlas: Atlas, key: str, indicator: str) -> Figure:
    return atlas.portrait(atlas.find(key)).figure(indicator)


def test_1_nothing_known_never_becomes_zero(atlas: Atlas) -> None:
    portrait = atlas.portrait(atlas.find("secteur:2021:006"))
    hidden = [one for one in portrait.figures if not one.status.has_value]
    assert any(one.status is Status.SUPPRESSED for one in hidden)
    assert all(one.value is None and one.low is None for one in hidden)
    rows = csv.DictReader(io.StringIO(portrait_csv(portrait, atlas.pack.recipe, "fr", bom=False)))
    told = {row["indicator"]: row for row in rows}
    assert all(told[one.indicator]["value"] == "" for one in hidden)
    assert told["households"]["status"] == "suppressed"


def test_3_a_share_of_nobody_makes_no_sense_and_nobody_of_some_is_zero(atlas: Atlas) -> None:
    of_nobody = figure(atlas, "secteur:2021:003", "unemployment_rate")
    assert (of_nobody.status, of_nobody.value) == (Status.NOT_APPLICABLE, None)
    assert (of_nobody.low, of_nobody.high) == (None, None)
    pack = town()
    table = pack.release_tables["profil", "secteur:2021"]
    table.values[table.variables.index("unemployed"), 0] = 0.0
    nobody = Atlas(pack).portrait(atlas.find("secteur:2021:001")).figure("unemployment_rate")
    assert (nobody.value, nobody.status.has_value) == (0.0, True)


def test_4_a_title_says_nothing_of_how_to_add(atlas: Atlas) -> None:
    titled = Indicator(
        "means_of_transport", "population", words("Moyens de transport", "Means of transportation"),
        "people", Measure.COUNT, "persons", "sum", ("immigrants",),
    )  # fmt: skip
    told = with_recipe(atlas.pack, indicators=(*atlas.pack.recipe.indicators, titled))
    found = figure(Atlas(told), "arrondissement:OUE", "means_of_transport")
    assert (found.value, found.method) == (500.0, Method.SUM)


def test_5_a_unit_that_is_only_touched_does_not_count(atlas: Atlas) -> None:
    portrait = atlas.portrait_of_shape(square(0, 0, 1001, 1000), in_metres=True)
    assert portrait.fit.unit_codes == ("001",)
    assert portrait.fit.units_touching_out == 1


def test_6_the_unknown_leave_the_numerator_and_the_denominator(atlas: Atlas) -> None:
    found = figure(atlas, "arrondissement:EST", "households_one_person_share")
    assert found.value == pytest.approx(100 * (400 + 50 + 150) / (900 + 250 + 350))
    assert found.n_units_missing == 1


def test_7_medians_are_not_averaged(atlas: Atlas) -> None:
    found = figure(atlas, "arrondissement:OUE", "median_rent")
    assert (found.value, found.method) == (None, Method.RANGE_OF_MEDIANS)
    assert (found.low, found.high) == (780.0, 1050.0)


def test_8_a_mean_is_weighted_by_those_whom_it_is_of(atlas: Atlas) -> None:
    found = figure(atlas, "arrondissement:OUE", "mean_rent")
    by_tenants = (800 * 200 + 1100 * 150) / 350
    by_households = (800 * 400 + 1100 * 600) / 1000
    assert found.value == pytest.approx(by_tenants)
    assert abs(by_tenants - by_households) > 1.0


def test_9_what_an_area_is_compared_with_is_published_and_no_mean_of_areas(atlas: Atlas) -> None:
    city = figure(atlas, "ville:2021:1", "low_income_share")
    assert city.value == PROFILE["low_income_rate"][6] == 16.8
    assert city.method is Method.PUBLISHED
    areas = [figure(atlas, f"secteur:2021:{code}", "low_income_share").value for code in TRACTS]
    known = [value for value in areas if value is not None]
    assert abs(sum(known) / len(known) - 16.8) > 0.1


def test_10_variables_are_found_by_their_codes_wherever_they_stand(atlas: Atlas) -> None:
    pack = town()
    tables = {key: _turned(table) for key, table in pack.release_tables.items()}
    other = Atlas(replace(pack, release_tables=tables))
    key = atlas.find("quartier:2014:1")
    assert other.portrait(key).figures == atlas.portrait(key).figures


def _turned(table: ReleaseTable) -> ReleaseTable:
    """Give the same table with its rows the other way round."""
    return ReleaseTable(
        table.release,
        table.area, tuple(reversed(table.variables)),
        table.values[::-1], table.low[::-1], table.high[::-1], table.status[::-1], table.flags[::-1],
    )  # fmt: skip


def test_11_a_row_of_an_unknown_area_stops_the_load(tmp_path: Path) -> None:
    recipe = write_village(tmp_path)
    counts = recipe.parent / "sources" / "counts.csv"
    build_pack(recipe, sources=recipe.parent / "sources", out=tmp_path / "good", now=NOW)
    counts.write_text(COUNTS + "24669999,1,1\n", encoding="utf-8")
    with pytest.raises(CourtepointeError) as refused:
        build_pack(recipe, sources=recipe.parent / "sources", out=tmp_path / "bad", now=NOW)
    assert "24669999" in str(refused.value.facts)
    assert not (tmp_path / "bad").exists()


def test_12_the_denominator_is_declared_and_never_the_sum_of_all_rows(atlas: Atlas) -> None:
    found = figure(atlas, "secteur:2021:001", "households_one_person_share")
    assert (found.numerator, found.denominator) == (100.0, 400.0)


def _compared_with_bits(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            for side in (node.left, *node.comparators):
                if isinstance(side, ast.BinOp) and isinstance(side.op, (ast.BitAnd, ast.BitOr)):
                    yield node.lineno


def test_13_no_comparison_swallows_a_mask() -> None:
    """``a == 0 & mask`` compares with ``0 & mask``; a side in parentheses of its own is as rare."""
    assert list(_compared_with_bits(ast.parse("cleaned = e == 0 & mask"))) == [1]
    found = {
        f"{file.name}:{line}": file
        for file in SOURCES
        for line in _compared_with_bits(ast.parse(file.read_text("utf-8")))
    }
    meant = {
        place
        for place, file in found.items()
        if re.search(r"\([^()]*[&|][^()]*\)", file.read_text("utf-8").splitlines()[int(place.split(":")[1]) - 1])
    }  # fmt: skip
    assert set(found) == meant


def test_14_sentences_are_written_in_each_language_under_one_key() -> None:
    french, english = words_of("fr"), words_of("en")
    assert set(french) == set(english)
    assert not set(french) & set(english.values())
    slots = {key: set(re.findall(r"{(\w+)", text)) for key, text in french.items()}
    assert any(slots.values())


def test_15_no_catalogue_holds_a_guess() -> None:
    for language in ("fr", "en"):
        file = ROOT / "locale" / language / "LC_MESSAGES" / "django.po"
        with file.open("rb") as stream:
            told = [message for message in read_po(stream) if message.id]
        assert told
        assert not [message.id for message in told if message.fuzzy]


def test_17_the_encoding_is_the_files_own_and_no_letter_is_lost(tmp_path: Path) -> None:
    name = "Cœur-de-l’Île – Nord"
    file = tmp_path / "noms.csv"
    file.write_bytes(f"nom,n\n{name},1\n".encode("cp1252"))
    assert read_table(file).data["nom"].to_pylist() == [name]
    assert name.encode("cp1252").decode("latin-1") != name


EDITION = re.compile(r"\b20(11|16|21)\b")


def test_18_no_edition_is_written_into_the_code() -> None:
    """Which census, which tiger: recipes know. The demo's writer stands for a publisher."""
    faults = []
    for file in SOURCES:
        if "demo" in file.parts or "words_data" in file.parts:
            continue
        tree = ast.parse(file.read_text("utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        faults += [
            f"{file.name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and id(node) not in told
            and isinstance(node.value, str)
            and EDITION.fullmatch(node.value)
        ]
    assert faults == []


def test_19_one_far_value_does_not_flatten_the_map() -> None:
    values = [*map(float, range(1, 41)), 100_000.0]
    classes = classify(values, number=5)
    assert len({classes.of(value) for value in values[:-1]}) == 4
    assert classes.of(100_000.0) not in {classes.of(value) for value in values[:-1]}


def test_21_an_older_edition_stays_readable() -> None:
    notice = Notice("comptage", "2026-03-01", None, "comptage_2")
    pack = town()
    after = Atlas(replace(pack, recipe=with_notices(pack.recipe, [notice])))
    key = after.find("secteur:2021:002")
    assert after.portrait(key).figure("population").value == 2002.0
    assert after.portrait(key).figure("population").release == "comptage"


def test_22_values_are_not_joined_to_limits_of_another_vintage(demo_pack: Path) -> None:
    atlas = Atlas(open_pack(demo_pack))
    key = atlas.areas("quartier_sociologique:2014")[0].key
    with pytest.raises(NoAnswer) as refused:
        atlas.series(key, "population", on="dissemination_area:2016")
    assert refused.value.code == "no_correspondence"


def test_23_of_full_counts_nothing_is_said_to_be_significant() -> None:
    counted = change(Estimate(1000.0, exact=True), Estimate(1001.0, exact=True))
    assert counted.counted_in_full and counted.low is None
    sampled = change(Estimate(1000.0, 900.0, 1100.0), Estimate(1001.0, 901.0, 1101.0))
    assert sampled.statement is Statement.NOT_DISTINGUISHABLE


def test_25_a_blank_is_what_its_source_says_and_a_rounded_zero_is_zero() -> None:
    pack = town()
    table = pack.release_tables["comptage", "secteur:2021"]
    assert Status(NO_ROW) is Status.NOT_AVAILABLE
    table.values[:, 0] = 0.0
    atlas = Atlas(pack)
    zero = figure(atlas, "secteur:2021:001", "population")
    assert (zero.value, zero.status) == (0.0, Status.PUBLISHED)
    blank = atlas.portrait(atlas.find("secteur:2021:004")).figure("english_speakers")
    assert (blank.value, blank.status) == (None, Status.NOT_LOADED)


def test_27_nothing_is_killed_by_its_name() -> None:
    files = [ROOT / "Makefile", *(ROOT / "scripts").iterdir(), *(ROOT / "tests").rglob("*.py")]
    for file in files:
        if file.is_file() and file != Path(__file__):
            assert not re.search(r"pkill|killall", file.read_text("utf-8")), file


def test_28_a_pack_opens_without_us(demo_pack: Path) -> None:
    tables = sorted(demo_pack.rglob("*.parquet"))
    assert len(tables) > 5
    assert all(pq.read_table(one).num_columns > 0 for one in tables)
    assert (demo_pack / "datapackage.json").is_file()


def test_29_no_indicator_is_good_or_bad_unless_its_recipe_says_so() -> None:
    for file in sorted((ROOT / "recipes").rglob("*.toml")):
        for one in tomllib.loads(file.read_text("utf-8")).get("polarities", ()):
            assert one["decided_by"]["fr"] and one["reason"]["fr"], file.name
    assert "polarities" not in tomllib.loads((ROOT / "recipes/montreal.toml").read_text("utf-8"))
    for text in (*words_of("fr").values(), *words_of("en").values()):
        assert not re.search(r"\b(pire|meilleur|worst|best) (quartier|neighbourhood)", text, re.I)
