"""`courtepointe press portrait | all | templates`, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from courtepointe.core.errors import CourtepointeError
from courtepointe.doors.cli.main import courtepointe
from courtepointe.doors.words import sentence

AREA = ("--area", "quartier_sociologique:2014:Q02")
BEGINS = {
    "pdf": b"%PDF-", "docx": b"PK", "pptx": b"PK", "xlsx": b"PK", "csv": b"\xef\xbb\xbfindicator",
    "html": b"<!doctype html>",
}  # fmt: skip
PHOTO = """
code = "a"
name = { fr = "A", en = "A" }
about = { fr = "A", en = "A" }
[[parts]]
blocks = [{ kind = "photo", photo = "rue", alt = { fr = "Une rue", en = "A street" } }]
"""


def type_in(*words: str | Path) -> Result:
    return CliRunner().invoke(courtepointe, ["press", *map(str, words)])


def code_of(told: Result) -> str:
    assert isinstance(told.exception, CourtepointeError), told.output
    facts = told.exception.facts.values()
    for lang in ("fr", "en"):
        # A dash stands for a fact that a sentence asks for and the error lacks.
        assert "—" in facts or "—" not in sentence(told.exception, lang=lang)
    return told.exception.code


def test_the_verbs_teach_their_use() -> None:
    told = type_in("--help").output
    assert all(verb in told for verb in ("portrait", "all", "templates", "map"))
    for verb in ("portrait", "all", "templates"):
        assert "Usage" in type_in(verb, "--help").output


@pytest.mark.parametrize("form", list(BEGINS))
def test_a_portrait_in_every_form(demo_pack: Path, tmp_path: Path, form: str) -> None:
    out = tmp_path / f"a.{form}"
    told = type_in(
        "portrait", demo_pack, *AREA, "--template", "fiche", "--lang", "fr", "--out", out
    )
    assert told.exit_code == 0, told.output
    assert out.read_bytes().startswith(BEGINS[form])
    assert "Portrait de Ste-Ouïe–Les Cordelles" in told.output
    assert [one.name for one in tmp_path.iterdir()] == [out.name]


def test_the_form_may_be_named_and_an_unknown_one_is_refused(
    demo_pack: Path, tmp_path: Path
) -> None:
    out = tmp_path / "sans-nom"
    told = type_in(
        "portrait", demo_pack, *AREA, "--template", "fiche", "--format", "pdf", "--out", out
    )
    assert told.exit_code == 0 and out.read_bytes().startswith(b"%PDF-")
    assert (
        code_of(type_in("portrait", demo_pack, *AREA, "--out", tmp_path / "a.odt"))
        == "unknown_form"
    )
    assert not (tmp_path / "a.odt").exists()


def test_a_drawn_area_with_its_name(demo_pack: Path, tmp_path: Path) -> None:
    limits = tmp_path / "a.geojson"
    told = json.loads(
        CliRunner().invoke(
            courtepointe, ["atlas", "show", str(demo_pack), *AREA, "--json"]
        ).output
    )  # fmt: skip
    west, south, east, north = told["area"]["bounds"]
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    limits.write_text(
        json.dumps({"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}})
    )  # fmt: skip
    out = tmp_path / "a.html"
    asked = ("portrait", demo_pack, "--geojson", limits, "--name", "Le cœur d’îlot", "--out", out)
    told_so = type_in(*asked, "--section", "housing", "--section", "population")
    assert told_so.exit_code == 0, told_so.output
    page = out.read_text(encoding="utf-8")
    assert "Le cœur d’îlot" in page
    assert page.index('id="housing"') < page.index('id="population"')


def test_what_is_asked_wrongly_is_said(demo_pack: Path, tmp_path: Path) -> None:
    out = ("--out", tmp_path / "a.pdf")
    assert type_in("portrait", demo_pack, *out).exit_code == 2
    assert type_in("portrait", demo_pack, *AREA, *out, "--photo", "rue").exit_code == 2
    asked = {
        "unknown_template": ("--template", "affiche"),
        "template_file_missing": ("--template", str(tmp_path / "none.toml")),
        "unknown_section": ("--section", "meteo"),
        "photo_missing": ("--photo", f"rue={tmp_path / 'none.jpg'}"),
    }
    for code, more in asked.items():
        assert code_of(type_in("portrait", demo_pack, *AREA, *out, *more)) == code
    wrong = type_in("portrait", demo_pack, "--area", "quartier_sociologique:2014:Q99", *out)
    assert code_of(wrong) == "unknown_area"
    assert list(tmp_path.iterdir()) == []


def test_a_template_of_ones_own_with_a_photo(demo_pack: Path, tmp_path: Path) -> None:
    mine, rue = tmp_path / "mine.toml", tmp_path / "rue.jpg"
    mine.write_text(PHOTO, encoding="utf-8-sig")
    asked = ("portrait", demo_pack, *AREA, "--template", mine, "--out", tmp_path / "a.pdf")
    assert code_of(type_in(*asked)) == "unknown_photo"
    rue.write_bytes(b"broken")
    assert code_of(type_in(*asked, "--photo", f"rue={rue}")) == "photo_unreadable"
    Image.new("RGB", (60, 40), "green").save(rue)
    assert type_in(*asked, "--photo", f"rue={rue}").exit_code == 0
    assert b"/Image" in (tmp_path / "a.pdf").read_bytes()
    mine.write_bytes(b"\xff\xfe")
    assert code_of(type_in(*asked)) == "template_toml"


def test_templates_are_listed_and_shown() -> None:
    told = type_in("templates", "--lang", "en").output
    assert told.count("\n") == 4 and "fiche\tFact sheet" in told
    assert "[[parts]]" in type_in("templates", "--show", "fiche").output
    assert code_of(type_in("templates", "--show", "x")) == "unknown_template"


def test_a_batch_says_what_it_made(demo_pack: Path, tmp_path: Path) -> None:
    asked = ("all", demo_pack, "--type", "quartier_sociologique", "--format", "csv", "--lang", "fr",
             "--out", tmp_path / "all")  # fmt: skip
    assert "9 made, 0 already there, 0 not made" in type_in(*asked).output
    told = json.loads(type_in(*asked, "--json").output)
    assert told == {"made": 0, "found": 9, "failed": []}
    assert code_of(type_in(*asked[:3], "village", *asked[4:])) == "unknown_area_type"


def test_an_area_where_nobody_is_says_so(demo_pack: Path, tmp_path: Path) -> None:
    far = tmp_path / "far.geojson"
    ring = [[0, 0], [0.01, 0], [0.01, 0.01], [0, 0.01], [0, 0]]
    far.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    told = type_in("portrait", demo_pack, "--geojson", far, "--out", tmp_path / "a.pdf")
    assert isinstance(told.exception, CourtepointeError)
    assert not (tmp_path / "a.pdf").exists()
