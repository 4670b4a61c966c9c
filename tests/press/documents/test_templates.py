"""Templates are data: what is unknown is refused by name, and conditions decide what is shown."""

from __future__ import annotations

import pytest

from courtepointe.core.errors import BadInput, NotFound
from courtepointe.press.publication.compose import compose
from courtepointe.press.publication.material import Material
from courtepointe.press.publication.values import (
    FiguresBlock,
    Publication,
    SentencesBlock,
    TableBlock,
    TextBlock,
)
from courtepointe.press.templates import read_template, shipped, template

HEAD = """
code = "a"
name = { fr = "A", en = "A" }
about = { fr = "A", en = "A" }
"""


def made(parts: str, material: Material, **more: object) -> Publication:
    return compose(read_template(HEAD + parts, file="a.toml"), material, **more)  # type: ignore[arg-type]


def test_four_are_shipped_in_both_languages() -> None:
    assert [one.code for one in shipped()] == ["portrait", "fiche", "dossier", "assemblee"]
    with pytest.raises(NotFound, match="unknown_template"):
        template("../portrait")


BROKEN = [
    ("not = = toml", "template_toml", {}),
    (HEAD, "template_lacks", {"expected": "parts"}),
    (HEAD + "parts = []", "template_value", {"column": "parts"}),
    (HEAD + "size = 3\n[[parts]]\nblocks=[]", "template_key", {"value": "size"}),
    (HEAD + '[[parts]]\nblocks=[{kind="graphic"}]', "template_block", {"value": "graphic"}),
    (HEAD + '[[parts]]\nblocks=[{kind="chart"}]', "template_value", {"column": "of"}),
    (HEAD + '[[parts]]\nblocks=[{kind="chart", of="section"}]', "template_value", {"column": "of"}),
    (HEAD + '[[parts]]\nblocks=[{kind="chart", of="nothing"}]', "template_value", {"value": "nothing"}),
    (HEAD + '[[parts]]\nblocks=[{kind="figure"}]', "template_value", {"column": "of"}),
    (HEAD + '[[parts]]\nblocks=[{kind="text"}]', "template_lacks", {"expected": "text"}),
    (HEAD + '[[parts]]\nblocks=[{kind="text", text={fr="A"}}]', "template_value", {"column": "text"}),
    (HEAD + '[[parts]]\nblocks=[{kind="text", text={fr="{who}", en="A"}}]', "template_value", {"value": "{who}"}),
    (HEAD + '[[parts]]\nblocks=[{kind="text", text={fr="{", en="A"}}]', "template_value", {"column": "text"}),
    (HEAD + '[[parts]]\nblocks=[{kind="photo", photo="rue"}]', "template_lacks", {"expected": "alt"}),
    (HEAD + '[[parts]]\nblocks=[{kind="sources", most=-1}]', "template_value", {"column": "most"}),
    (HEAD + '[[parts]]\nblocks=[{kind="sources", when={above=3}}]', "template_value", {"column": "indicator"}),
    (HEAD + '[[parts]]\nblocks=[{kind="sources", when={area="here"}}]', "template_value", {"column": "area"}),
    (HEAD + '[[parts]]\nblocks=[{kind="sources", when="always"}]', "template_value", {"column": "when"}),
    (HEAD + '[[parts]]\nblocks="all"', "template_value", {"column": "blocks"}),
    (HEAD + '[[parts]]\nnew_page="yes"\nblocks=[]', "template_value", {"column": "new_page"}),
    (HEAD + 'sheet="poster"\n[[parts]]\nblocks=[]', "template_value", {"value": "poster"}),
    (HEAD + '[[parts]]\nblocks=[{kind="figure", codes=[3]}]', "template_value", {"column": "codes"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code", "facts"), BROKEN)
def test_what_is_wrong_is_named(text: str, code: str, facts: dict[str, str]) -> None:
    with pytest.raises(BadInput) as caught:
        read_template(text, file="mine.toml")
    assert caught.value.code == code
    assert caught.value.facts["file"] == "mine.toml"
    assert facts.items() <= caught.value.facts.items()


def test_a_part_that_shows_nothing_has_no_heading(hidden: Material) -> None:
    told = made('[[parts]]\nheading={fr="Rien",en="Nothing"}\nblocks=[{kind="sentence",of="gaps"}]', hidden)  # fmt: skip
    assert told.parts == ()


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        ('{indicator="population", has_value=true}', True),
        ('{indicator="population", has_value=false}', False),
        ('{indicator="population", above=9000}', True),
        ('{indicator="population", above=20000}', False),
        ('{indicator="population", below=20000, above=10}', True),
        ('{area="official"}', True),
        ('{area="custom"}', False),
    ],
)
def test_a_condition_decides(french: Material, when: str, shown: bool) -> None:
    text = f'[[parts]]\nblocks=[{{kind="sources", when={when}}}]'
    assert bool(made(text, french).parts) is shown


def test_a_value_that_is_missing_is_neither_above_nor_below(hidden: Material) -> None:
    for when in ("above=-1", "below=1e9", "has_value=true"):
        text = f'[[parts]]\nblocks=[{{kind="sources", when={{indicator="population", {when}}}}}]'
        assert made(text, hidden).parts == ()


def test_what_a_template_names_and_the_atlas_lacks_is_refused(french: Material) -> None:
    asked = {
        "unknown_section": '[[parts]]\nsection="weather"\nblocks=[{kind="chart",of="section"}]',
        "unknown_indicator": '[[parts]]\nblocks=[{kind="figure",codes=["happiness"]}]',
        "unknown_photo": '[[parts]]\nblocks=[{kind="photo",photo="rue",alt={fr="A",en="A"}}]',
    }
    for code, text in asked.items():
        with pytest.raises(NotFound, match=code):
            made(text, french)
    with pytest.raises(NotFound, match="unknown_section"):
        compose(template("portrait"), french, sections=("weather",))


def test_sections_are_shown_in_the_order_asked(french: Material) -> None:
    told = compose(template("dossier"), french, sections=("income", "population"))
    codes = [part.code for part in told.parts if not part.code.startswith("part-")]
    assert codes == ["income", "population"]
    assert [sheet.code for sheet in told.data] == ["income", "population"]


def test_the_place_stands_in_words_with_its_article(french: Material, english: Material) -> None:
    text = '[[parts]]\nblocks=[{kind="text",text={fr="Une marche autour {place_de}.\\n\\nDeux.",en="A walk around {place}."}}]'
    (block,) = made(text, french).parts[0].blocks
    assert isinstance(block, TextBlock)
    assert block.paragraphs[0].startswith("Une marche autour de Nouvelle-Brême")
    assert block.paragraphs[1] == "Deux."
    (other,) = made(text, english).parts[0].blocks
    assert isinstance(other, TextBlock) and other.paragraphs[0].startswith("A walk around Nouv")


def test_a_block_may_ask_for_its_own_comparators(french: Material) -> None:
    for against, n in (('["city"]', 1), ("[]", 0)):
        text = f'[[parts]]\nblocks=[{{kind="figure",codes=["renter_share"],against={against}}}]'
        (block,) = made(text, french).parts[0].blocks
        assert isinstance(block, FiguresBlock)
        assert len(block.items[0].against) == n


def test_most_holds(french: Material) -> None:
    text = '[[parts]]\nsection="housing"\nblocks=[{kind="sentence",of="section",most=2},{kind="table",of="section",most=3},{kind="figure",of="section",most=1}]'
    sentences, table, figures = made(text, french).parts[0].blocks
    assert isinstance(sentences, SentencesBlock) and len(sentences.sentences) == 2
    assert isinstance(table, TableBlock) and len(table.table.rows) <= 3
    assert isinstance(figures, FiguresBlock) and len(figures.items) == 1
