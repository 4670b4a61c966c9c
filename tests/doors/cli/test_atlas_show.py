"""`courtepointe atlas show | areas | search`, in French, in English and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely
from tests.support.terminal import Ask, atlas_verbs
from tests.support.town import square, town

from courtepointe.atlas.pack.values import Pack
from courtepointe.atlas.query.areas import moved, to_degrees
from courtepointe.doors.cli import atlas_questions

FIGURE = {
    "indicator", "value", "low", "high", "uncertainty", "unit", "status", "method", "coverage",
    "n_units", "n_units_missing", "sources",
}  # fmt: skip
FIT = {
    "method", "weight", "units_in", "units_partial", "units_touching_out", "population_share_inside",
}  # fmt: skip


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Run a verb on the town as a person would: exit code, what was said, what was complained."""

    def opened(folder: Path) -> Pack:
        assert folder == Path("PACK")
        return town()

    monkeypatch.setattr(atlas_questions, "open_pack", opened)

    return atlas_verbs(monkeypatch, capsys)


def write(folder: Path, shape: shapely.Geometry) -> Path:
    file = folder / "area.geojson"
    file.write_text(shapely.to_geojson(moved(shape, to_degrees(town()))), encoding="utf-8")
    return file


def test_json_holds_the_keys_that_are_promised(ask: Ask) -> None:
    code, out, err = ask("show", "--area", "quartier:2014:1", "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["area"]["type"] == "quartier"
    assert (told["area"]["vintage"], told["area"]["code"]) == ("2014", "1")
    assert set(told["fit"]) >= FIT
    assert told["fit"]["units_in"] == 2
    assert all(set(figure) >= FIGURE for figure in told["figures"])
    figures = {figure["indicator"]: figure for figure in told["figures"]}
    assert figures["population"]["value"] == 3002.0
    assert figures["english_speakers"]["status"] == "not_loaded"
    assert figures["english_speakers"]["value"] is None
    assert {gap["code"]: gap["gap"] for gap in told["gaps"]}["two_counts"] == 2.0


def test_as_drawn_splits_units(ask: Ask) -> None:
    told = json.loads(ask("show", "--area", "quartier:1", "--fit", "as_drawn", "--json")[1])
    assert told["fit"]["method"] == "as_drawn"
    assert [unit["share"] for unit in told["fit"]["units"]] == pytest.approx([1.0, 0.6])


def test_a_drawn_area_comes_from_a_file(ask: Ask, tmp_path: Path) -> None:
    file = write(tmp_path, square(0, 0, 1000, 2000))
    told = json.loads(ask("show", "--geojson", str(file), "--json")[1])
    assert told["area"]["kind"] == "drawn"
    assert [unit["code"] for unit in told["fit"]["units"]] == ["001", "004"]


def test_a_limit_that_crosses_itself_is_mended_and_said(ask: Ask, tmp_path: Path) -> None:
    bow = square(0, 0, 1, 1).__class__(
        [(300_000, 5_040_000), (302_900, 5_041_900), (302_900, 5_040_000), (300_000, 5_041_900)]
    )
    code, out, err = ask(
        "show", "--geojson", str(write(tmp_path, bow)), "--fit", "as_drawn", "--json"
    )
    assert code == 0
    assert "repaired" in err
    assert json.loads(out)["fit"]["units_in"] == 6


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", ("Vieux-Moulin", "3\u202f002", "Indicateur", "Ajustement au mieux", "Sources")),
        ("en", ("Vieux-Moulin", "3,002", "Indicator", "95% interval", "Sources")),
    ],
)
def test_people_read_tables_in_their_language(ask: Ask, lang: str, words: tuple[str, ...]) -> None:
    code, out, _ = ask("show", "--area", "quartier:2014:1", "--lang", lang)
    assert code == 0
    for word in words:
        assert word in out


def test_what_is_not_loaded_is_named_once_for_the_file(ask: Ask) -> None:
    out = ask("show", "--area", "quartier:1", "--lang", "fr")[1]
    (line,) = [line for line in out.splitlines() if "english_speakers" in line]
    assert "langues" in line


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--area", "quartier:2014:99"), 5, "99"),
        (("--area", "nowhere:1"), 5, "nowhere"),
        (("--area", "quartier"), 3, "TYPE:VINTAGE:CODE"),
        (("--area", "quartier:1", "--units", "bloc:2021"), 5, "bloc"),
        (("--geojson", "absent.geojson"), 3, "absent.geojson"),
        ((), 2, "--area or --geojson"),
        (("--area", "quartier:1", "--geojson", "x.geojson"), 2, "--area or --geojson"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(
    ask: Ask, words: tuple[str, ...], code: int, said: str
) -> None:
    found, out, err = ask("show", *words)
    assert (found, out) == (code, "")
    assert said in err
    assert "Traceback" not in err


def test_an_area_elsewhere_or_too_small_has_no_answer(ask: Ask, tmp_path: Path) -> None:
    far = ask("show", "--geojson", str(write(tmp_path, square(90_000, 0, 91_000, 1000))))
    assert (far[0], far[1]) == (4, "")
    assert "outside the atlas" in far[2]
    tiny = ask("show", "--geojson", str(write(tmp_path, square(10, 10, 20, 20))))
    assert tiny[0] == 4
    assert "001" in tiny[2] and "as_drawn" in tiny[2]


def test_areas_are_listed(ask: Ask) -> None:
    listed = json.loads(ask("areas", "--type", "arrondissement", "--json", "--lang", "fr")[1])
    assert listed == {
        "areas": [
            {"type": "arrondissement", "vintage": "2021", "code": "EST", "name": "Rive-Est"},
            {"type": "arrondissement", "vintage": "2021", "code": "OUE", "name": "Cœur-de-l’Ouest"},
        ]
    }
    assert len(json.loads(ask("areas", "--json")[1])["areas"]) == 1 + 2 + 4 + 1 + 6
    both = json.loads(ask("areas", "--type", "quartier", "--json")[1])["areas"]
    assert {area["vintage"] for area in both} == {"2001", "2014"}
    assert "quartier:2014:1\tVieux-Moulin" in ask("areas", "--type", "quartier:2014")[1]
    assert ask("areas", "--type", "nothing")[0] == 5


def test_search_forgives(ask: Ask) -> None:
    (first, *_) = json.loads(ask("search", "vieu moulin", "--json")[1])["areas"]
    assert (first["code"], first["name"]) == ("1", "Vieux-Moulin")
    assert ask("search", "st etienne")[1].startswith("quartier:2014:2\t")
    assert json.loads(ask("search", "xyzzy", "--json")[1]) == {"areas": []}
