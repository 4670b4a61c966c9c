"""Names made from labels, and the cells that name a kind of question."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
import pyxform.question_type_dictionary as theirs

import courtepointe.formats.xlsform.kinds as module
from courtepointe.formats.xlsform import Collision, is_name, name_from, names_for
from courtepointe.formats.xlsform.expressions import is_balanced, references
from courtepointe.formats.xlsform.kinds import kinds, read_type

ANSWERS = {
    "text",
    "integer",
    "decimal",
    "date",
    "time",
    "moment",
    "one",
    "many",
    "point",
    "line",
    "file",
    "nothing",
    "personal",
}


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("Où est-ce ?", "ou_est_ce"),
        ("L’œuvre d’art « Été »", "l_oeuvre_d_art_ete"),
        ("2e visite", "q_2e_visite"),
        ("???", "question"),
        ("  A  B ", "a_b"),
        ("Anticonstitutionnellement " * 3, "anticonstitutionnellement"),
        ("x" * 90, "x" * 40),
    ],
)
def test_a_name_is_made_from_a_label(label: str, name: str) -> None:
    assert name_from(label) == name
    assert is_name(name)


def test_labels_that_give_the_same_name_are_told() -> None:
    names, collisions = names_for(("Où ?", "Où", "ou_2", "Quoi ?", "où !"))
    assert names == ("ou", "ou_3", "ou_2", "quoi", "ou_4")
    assert collisions == (
        Collision("Où", "ou", "ou_3", "Où ?"),
        Collision("où !", "ou", "ou_4", "Où ?"),
    )


@pytest.mark.parametrize("wrong", ["", "1a", "a b", "été", "a/b", "-a", "a:b"])
def test_what_is_no_name(wrong: str) -> None:
    assert not is_name(wrong)


@pytest.mark.parametrize(
    ("cell", "kind", "choices", "or_other"),
    [
        ("text", "text", "", False),
        ("Select_One  oui_non", "select_one", "oui_non", False),
        ("select multiple l or_other", "select_multiple", "l", True),
        ("select all that apply from l", "select_multiple", "l", False),
        ("select_one_from_file parcs.csv", "select_one_from_file", "parcs.csv", False),
        ("date time", "datetime", "", False),
        ("phone number", "phonenumber", "", False),
    ],
)
def test_a_cell_names_a_kind(cell: str, kind: str, choices: str, or_other: bool) -> None:
    told = read_type(cell)
    assert told is not None
    assert (told.kind.name, told.choices, told.or_other) == (kind, choices, or_other)


@pytest.mark.parametrize("cell", ["", "select_one", "text court", "choix oui_non", "begin_group"])
def test_a_cell_that_names_none(cell: str) -> None:
    assert read_type(cell) is None


def test_the_data_of_kinds_is_whole() -> None:
    assert {one.answer for one in kinds().values()} <= ANSWERS
    ours = {name for name in kinds() if not name.startswith("select_")}
    known = {*theirs.QUESTION_TYPE_DICT, "rank"}
    assert ours <= known, "a kind that pyxform does not know"
    told = tomllib.loads(Path(module.__file__).with_name("kinds.toml").read_text("utf-8"))
    ways = [way for name, one in told.items() for way in (name, *one.get("aliases", ()))]
    assert len(ways) == len(set(ways)), "a way to write a kind stands twice"


@pytest.mark.parametrize(
    ("expression", "good"),
    [
        ("${a} = 'it (is'", True),
        ("count(${a}[1]) > 2", True),
        ("", True),
        ("(${a}", False),
        ("${a)}", False),
        ("'open", False),
        (")(", False),
    ],
)
def test_parentheses_and_quotes(expression: str, good: bool) -> None:
    assert is_balanced(expression) is good


def test_names_in_expressions() -> None:
    assert list(references("${a} + ${ b_2 } > ${last-saved#c}")) == ["a", "b_2", "c"]
