"""CSV and its metadata: the same figures, safe for spreadsheets, described for machines."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from dataclasses import replace

import pytest
from tests.press.sample import figures, portrait, recipe

from courtepointe.atlas.figures import Status
from courtepointe.atlas.recipe.values import Words
from courtepointe.press.csv import COLUMNS, portrait_csv, portrait_metadata, portrait_zip


def rows(lang: str = "fr", **more: bool) -> list[dict[str, str]]:
    text = portrait_csv(portrait(), recipe(), lang, **more).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def row(code: str) -> dict[str, str]:
    return next(r for r in rows() if r["indicator"] == code)


def test_one_row_a_figure_in_order_and_the_same_values() -> None:
    told = rows()
    assert [r["indicator"] for r in told] == [f.indicator for f in figures()]
    for cells, figure in zip(told, figures(), strict=True):
        for name in ("value", "low", "high", "coverage"):
            held = getattr(figure, name)
            read = float(cells[name]) if cells[name] else None
            assert read == (None if held is None else pytest.approx(held, rel=1e-11))
        assert cells["status"] == figure.status.value
        assert int(cells["n_units"]) == figure.n_units


def test_a_missing_value_is_empty_beside_its_status_and_a_zero_is_a_zero() -> None:
    hidden = row("built_1991_to_2000_share")
    assert (hidden["value"], hidden["status"], hidden["uncertainty"]) == ("", "suppressed", "")
    assert row("built_2006_to_2010_share")["value"] == "0"
    for cells in rows():
        assert "nan" not in ",".join(cells.values()).lower()


def test_what_a_figure_rests_on_is_in_its_row() -> None:
    told = row("age_65_plus_share")
    assert told["missing"] == "suppressed: 1" and told["cautions"] == "partial_coverage"
    assert told["coverage"] == "0.98" and told["numerator"] == "4310"
    assert told["licences"] == "Licence ouverte"
    assert (told["comparator"], told["comparator_value"], told["distinct"]) == (
        "la ville",
        "17",
        "yes",
    )
    assert float(told["difference"]) == pytest.approx(-3.2)
    assert row("renter_share")["distinct"] == "unknown"
    assert row("population")["distinct"] == ""


def test_codes_stay_and_labels_follow_the_language() -> None:
    french, english = rows("fr"), rows("en")
    assert french[0]["label"] == "Population" and english[5]["label"].startswith("Share of people")
    assert [r["status"] for r in french] == [r["status"] for r in english]
    assert [r["value"] for r in french] == [r["value"] for r in english]


def test_the_byte_order_mark_is_a_choice() -> None:
    assert portrait_csv(portrait(), recipe(), "fr").startswith("\ufeffindicator,")
    assert portrait_csv(portrait(), recipe(), "fr", bom=False).startswith("indicator,")


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_text_can_be_run_by_a_spreadsheet(begin: str) -> None:
    label = Words(f"{begin}HYPERLINK(1)", f"{begin}HYPERLINK(1)")
    declared = tuple(replace(i, label=label) for i in recipe().indicators)
    text = portrait_csv(portrait(), replace(recipe(), indicators=declared), "fr", bom=False)
    for cells in csv.DictReader(io.StringIO(text, newline="")):
        assert cells["label"].startswith("'")


def test_a_negative_number_stays_a_number() -> None:
    assert row("age_65_plus_share")["difference"].startswith("-3.2")


def test_labels_with_commas_quotes_and_lines_survive() -> None:
    hard = 'Un "mot", deux\nlignes'
    declared = tuple(replace(i, label=Words(hard, hard)) for i in recipe().indicators)
    text = portrait_csv(portrait(), replace(recipe(), indicators=declared), "fr", bom=False)
    told = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(told) == len(figures()) and told[0]["label"] == hard


def test_metadata_describes_every_column_and_what_the_figures_rest_on() -> None:
    told = portrait_metadata(portrait(), recipe(), "fr", csv_name="portrait.csv")
    assert told["@context"][0] == "http://www.w3.org/ns/csvw" and told["url"] == "portrait.csv"
    described = told["tableSchema"]["columns"]
    assert tuple(c["name"] for c in described) == COLUMNS
    assert all(c["dc:description"] and c["datatype"] for c in described)
    assert told["dc:license"] == [{"@id": "https://example.org/l"}]
    assert told["dc:bibliographicCitation"].startswith(
        "Courtepointe, «\u202fPortrait de la Petite-Patrie"
    )
    note = told["notes"][0]
    assert note["pack_hash"] == portrait().pack_hash and note["area"] == "quartier:2014:17"
    assert note["fit"]["units_in"] == 11 and note["fit"]["population_share_inside"] == 0.984
    assert note["sources"][0]["attribution"] == "Statistique Canada"
    assert json.loads(json.dumps(told, allow_nan=False)) == told


def test_described_types_hold_for_every_cell() -> None:
    types = {
        c["name"]: c["datatype"]
        for c in portrait_metadata(portrait(), recipe(), "en", csv_name="x")["tableSchema"][
            "columns"
        ]
    }
    for cells in rows("en"):
        for name, cell in cells.items():
            if cell and types[name] == "number":
                float(cell)
            if cell and types[name] == "integer":
                int(cell)


def test_a_drawn_area_has_no_key() -> None:
    told = portrait_metadata(portrait("Ici", kind="drawn"), recipe(), "en", csv_name="x.csv")
    assert told["notes"][0]["area"] is None


def test_the_archive_holds_both_and_is_the_same_twice() -> None:
    held = portrait_zip(portrait(), recipe(), "fr", stem="petite-patrie")
    assert held == portrait_zip(portrait(), recipe(), "fr", stem="petite-patrie")
    with zipfile.ZipFile(io.BytesIO(held)) as archive:
        assert archive.namelist() == ["petite-patrie.csv", "petite-patrie.csv-metadata.json"]
        assert archive.read("petite-patrie.csv").decode("utf-8") == portrait_csv(
            portrait(), recipe(), "fr"
        )
        told = json.loads(archive.read("petite-patrie.csv-metadata.json"))
    assert told["url"] == "petite-patrie.csv"


def test_every_status_may_be_written() -> None:
    assert {r["status"] for r in rows()} >= {s.value for s in Status if not s.has_value}
