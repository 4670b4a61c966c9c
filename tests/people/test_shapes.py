"""Shapes are data: those that ship are whole, and what is wrong in one is told by its place."""

from __future__ import annotations

from dataclasses import fields

import pytest

from courtepointe.core.errors import BadInput, NotFound
from courtepointe.people.bringing import Field, Kind, Shape, read_shape, shape, shipped
from courtepointe.people.bringing.folding import key_of
from courtepointe.people.bringing.mapping import names_of
from courtepointe.people.bringing.reading.choices import spellings
from courtepointe.people.bringing.reading.lists import languages
from courtepointe.people.bringing.shapes import TYPES

LIST = """
code = "walks"
fr = "Marches"
en = "Walks"
keys = [["name"]]
[[fields]]
code = "name"
kind = "text"
fr = "Nom"
en = "Name"
"""


@pytest.mark.parametrize("one", shipped(), ids=lambda one: one.code)
def test_a_name_is_that_of_one_field_and_a_spelling_that_of_one_choice(one: Shape) -> None:
    seen: dict[str, str] = {}
    for field in one.fields:
        for name in names_of(field):
            assert seen.setdefault(name, field.code) == field.code, name
        for choices in (field.choices, languages()):
            spelt = spellings(choices)
            for choice in choices:
                told = (choice.fr, choice.en, choice.code, *choice.synonyms)
                assert {spelt[key_of(text)] for text in told} == {choice.code}, told


def test_every_language_has_a_code_of_two_or_three_letters() -> None:
    assert all(len(one.code) in (2, 3) and one.fr and one.en for one in languages())
    assert len({one.code for one in languages()}) == len(languages()) > 70


def test_the_rooms_that_were_asked_for_are_there() -> None:
    assert [one.code for one in shipped()] == ["organisations", "contacts", "volunteers", "activities", "attendance", "actions", "observations"]  # fmt: skip
    volunteers = shape("volunteers").by_code
    assert {"name", "address"}.isdisjoint(volunteers)
    assert all(volunteers[code].sealed for code in ("contact", "phone", "email"))
    kinds = {field.kind for one in shipped() for field in one.fields}
    assert kinds == set(Kind)
    assert {field.name for field in fields(Field)} == set(TYPES)


def test_a_shape_that_is_not_there() -> None:
    with pytest.raises(NotFound, match="unknown_shape"):
        shape("meubles")


@pytest.mark.parametrize(
    ("change", "place", "value"),
    [
        ('kind = "text"', "", ""),
        ('kind = "tex"', "fields[1] (name).kind", "tex"),
        ('kind = "text"\nlong = 3', "fields[1] (name)", "long"),
        ('kind = "text"\nlongest = true', "fields[1] (name).longest", True),
        ('kind = "text"\nsynonyms = "a"', "fields[1] (name).synonyms", "a"),
        ('kind = "choice"', "fields[1] (name).choices", 0),
        ('kind = "choice"\nchoices = [{code = "a", fr = "A"}]', "fields[1] (name).choices", ""),
        ('kind = "choice"\nchoices = [{code = "a", fr = "A", en = "A", de = "A"}]', "fields[1] (name).choices", "de"),
        ('kind = "code"\npattern = "("', "fields[1] (name).pattern", "("),
        ('kind = "text"\n[[fields]]\ncode="name"\nkind="text"\nfr="b"\nen="b"', "fields", "name"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_shape_is_told_by_its_place(
    change: str, place: str, value: object
) -> None:
    head, rest = LIST.split('kind = "text"\n')
    body, *more = change.split("\n[[fields]]")
    text = head + body + "\n" + rest + "".join(f"\n[[fields]]{one}" for one in more)
    if not place:
        assert read_shape(text, file="walks.toml").fields[0].code == "name"
        return
    with pytest.raises(BadInput) as raised:
        read_shape(text, file="walks.toml")
    facts = raised.value.facts
    assert raised.value.code == "shape_wrong"
    assert (facts["file"], facts["place"], facts["value"]) == ("walks.toml", place, value)


def test_a_key_must_be_a_field_and_toml_must_be_toml() -> None:
    with pytest.raises(BadInput, match="shape_wrong"):
        read_shape(LIST.replace('[["name"]]', '[["nom"]]'), file="x")
    with pytest.raises(BadInput, match="shape_wrong"):
        read_shape(LIST + "\n[x]\n", file="x")
    with pytest.raises(BadInput, match="shape_toml"):
        read_shape("code = ", file="x")
