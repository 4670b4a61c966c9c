"""What no index comes of, typed as a person types it, and every sentence in the language asked for."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from courtepointe.doors.cli.languages import asked, spoken
from courtepointe.doors.cli.main import courtepointe, main

META = """Level,iCode,Direction,Weight,Parent,Type
1,trees,1,1,land,Indicator
1,heat,-1,1,land,Indicator
1,halls,1,1,people,Indicator
1,ties,1,1,people,Indicator
2,land,1,1,index,Aggregate
2,people,1,1,index,Aggregate
3,index,1,1,,Aggregate
"""
DATA = """uCode,trees,heat,halls,ties
a,0,34,1,10
b,25,32,1,20
c,50,31,3,35
d,100,30,4,50
e,70,31,2,20
"""


class Typed:
    """The command in a terminal, with files that a test changes."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch = folder, patch
        self.meta, self.data, self.method = META, DATA, "bric"

    def run(self, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
        for name, text in (("iMeta.csv", self.meta), ("iData.csv", self.data)):
            (self.folder / name).write_text(text, encoding="utf-8")
        method = self.method
        if "=" in method:
            (self.folder / "mine.toml").write_text(method, encoding="utf-8")
            method = str(self.folder / "mine.toml")
        told = ["--data", self.folder / "iData.csv", "--meta", self.folder / "iMeta.csv"]
        told += ["--method", method, "--out", self.folder / "out"]
        line = ["courtepointe", "portraits", "index", *map(str, told), *words]
        self.patch.setattr(sys, "argv", line)
        code: object = 0
        try:
            main()
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return int(str(code or 0)), said.out, said.err


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Typed:
    return Typed(tmp_path, monkeypatch)


def column(at: int, value: str) -> str:
    """Write the same value in a column of all units, or the first unit's alone where it says so."""
    rows = [line.split(",") for line in DATA.splitlines()]
    for row in rows[1:]:
        row[at] = value
    return "\n".join(",".join(row) for row in rows) + "\n"


ONE = column(1, "").replace("b,,", "b,25,")
REFUSED = [
    ("one value", META, ONE, "bric", "“trees”", "Une seule unité"),
    ("one value, imputed", META, ONE, '[gaps]\nimputation = "mean"', "“trees”", "Une seule unité"),
    ("all equal", META, column(1, "7"), "bric", "All units have 7", "Toutes les unités ont 7"),
    ("missing everywhere", META, column(1, ""), "iemv", "No unit has a value", "Aucune unité"),
    ("weights of zero", META.replace("trees,1,1", "trees,1,0").replace("heat,-1,1", "heat,-1,0"),
     DATA, "asem", "“land” gathers", "zéro pour somme"),
    ("a direction of 2", META.replace("heat,-1", "heat,2"), DATA, "bric",
     "row 3, column “Direction”", "plus vaut mieux"),
    ("a parent that is none", META.replace("1,land,Ind", "1,lands,Ind", 1), DATA, "bric",
     "not the code of an aggregate of level 2", "n’est pas le code d’un agrégat"),
    ("goalposts without any", META, DATA, '[scale]\nkind = "goalposts"',
     "Write [scale.goalposts]", "Écrivez [scale.goalposts]"),
    ("a recipe nobody ships", META, DATA, "ivem", "ampi, asem, bric, iemv", "Aucune méthode livrée"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("meta", "data", "method", "english", "french"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_what_is_refused_is_said_in_the_language_asked_for(
    typed: Typed, capsys: pytest.CaptureFixture[str], meta: str, data: str, method: str,
    english: str, french: str,
) -> None:  # fmt: skip
    typed.meta, typed.data, typed.method = meta, data, method
    for words, expected in (
        (("--lang", "en"), english), (("--lang", "fr"), french), ((), french)
    ):  # fmt: skip
        code, out, err = typed.run(capsys, *words)
        assert (code, out) == (5 if method == "ivem" else 3, "")
        assert expected in err and len(err.splitlines()) == 1
        # What is expected is told in signs, so that no sentence is half in another language.
        assert not re.search(r"\b(more|or|list|code of|number)\b", err) or expected == english
        assert not (typed.folder / "out").exists()


def test_a_direction_that_is_flipped_is_warned_of(
    typed: Typed, capsys: pytest.CaptureFixture[str]
) -> None:
    right = typed.run(capsys, "--lang", "en")[1]
    assert "pull against each other" not in right
    typed.meta = META.replace("heat,-1", "heat,1")
    (typed.folder / "out").rename(typed.folder / "first")
    code, flipped, _ = typed.run(capsys, "--lang", "en")
    assert code == 0
    assert "land: its parts pull against each other" in flipped
    assert re.search(r"would count (heat|trees) backwards in land", flipped)


def test_help_is_in_the_language_asked_for() -> None:
    for verb, french, english in (
        ("index", "garde chaque étape", "keep every step"),
        ("recipes", "Liste les méthodes", "List the methods"),
    ):
        told = {
            words: CliRunner().invoke(courtepointe, ["portraits", verb, *words]).output
            for words in (("--lang", "fr", "--help"), ("--help", "--lang=fr"), ("--help",))
        }
        for words, text in told.items():
            asked_french = len(words) > 1
            assert (french in text, english in text) == (asked_french, not asked_french)
            assert ("Utilisation" in text, "Usage" in text) == (asked_french, not asked_french)
            assert "--lang [fr|en]" in text


def test_every_option_of_the_help_is_in_french() -> None:
    told = CliRunner().invoke(courtepointe, ["portraits", "index", "--lang", "fr", "--help"]).output
    options = told[told.index("Options") :]
    assert not re.search(r"\b(the|draws of|required|default|Print|Show)\b", options)
    # Words stand in one column, as click lays them out.
    lines = re.findall(r"(?m)^(  --\w+ \S+ +)\S", options)
    assert len(lines) > 5 and len({len(line) for line in lines}) == 1


def test_the_language_is_that_of_lang_else_of_the_verb() -> None:
    assert asked(["index", "--lang", "fr"]) == "fr" and asked(["--lang=en"]) == "en"
    assert asked(["--lang"]) is None and asked(["--lang", "de"]) is None
    assert spoken(courtepointe, ["portraits", "index"]) == "fr"
    assert spoken(courtepointe, ["portraits", "index", "--lang", "en"]) == "en"
    assert spoken(courtepointe, ["portraits", "notices"]) == "en"
    assert spoken(courtepointe, ["nothing", "here"]) == spoken(courtepointe, []) == "en"
