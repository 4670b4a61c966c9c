"""Arrange material by a template: every block that has something to show, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from courtepointe.atlas.figures import Figure
from courtepointe.core.errors import BadInput, NotFound
from courtepointe.press.document.tables import key_figures, section_key_figures
from courtepointe.press.document.values import AgainstText, KeyFigure, SectionPart
from courtepointe.press.patches import patch_mark
from courtepointe.press.publication.drawings import locator, places_map, section_map
from courtepointe.press.publication.material import Material
from courtepointe.press.publication.tables import data_sheet, figures_table
from courtepointe.press.publication.values import (
    Block,
    ChartBlock,
    FiguresBlock,
    PageBreak,
    Part,
    PhotoBlock,
    PlacesBlock,
    Publication,
    Role,
    SentencesBlock,
    SourcesBlock,
    TableBlock,
    TextBlock,
)
from courtepointe.press.sentences.values import Sentence, plain_sentence
from courtepointe.press.templates.values import (
    EACH,
    BlockKind,
    Condition,
    Template,
    TemplateBlock,
    TemplatePart,
)

HASH_SHOWN = 12
ALL = 1_000


def compose(
    template: Template,
    material: Material,
    *,
    sections: Sequence[str] = (),
    written: Mapping[str, Sequence[Block]] | None = None,
    notice: str = "",
    dated: str = "",
) -> Publication:
    """Arrange a portrait.

    Parameters
    ----------
    template : Template
    material : Material
    sections : sequence of str
        Codes of the only sections to show, in order, where a template shows each; empty: all.
    written : mapping of section -> blocks
        What people wrote, after the atlas's own; under an empty code, after the beginning.
    notice : str
        What every page must say, before the atlas's own notice.
    dated : str
        ISO day of the edition; empty: none.

    Raises
    ------
    NotFound
        ``unknown_section``, ``unknown_indicator``, ``unknown_photo``: what the template names.
    """
    galley, document = material.galley, material.document
    shown = _sections(material, sections)
    parts = [part for one in template.parts for part in _parts(one, material, shown)]
    parts = _with_words(parts, written or {})
    atlas = galley.set(galley.recipe.name.in_(galley.lang))
    key = galley.portrait.area.key
    return Publication(
        template=template.code,
        kind=galley.set(template.name.in_(galley.lang)),
        sheet=template.sheet,
        lang=galley.lang,
        title=document.title,
        name=document.name,
        notice=" ".join(filter(None, (notice, document.notice))),
        identity=document.identity,
        mark=patch_mark(str(key) if key else document.name),
        parts=tuple(
            replace(part, code=part.code or f"part-{number}")
            for number, part in enumerate(parts, start=1)
        ),
        data=tuple(data_sheet(galley, section) for section in shown),
        fit=tuple(sentence.text for sentence in document.fit),
        sources=document.sources,
        notes=document.method_notes,
        foot=galley.say("print.foot", atlas=atlas, hash=document.pack_hash[:HASH_SHOWN]),
        citation=document.citation,
        pack_hash=document.pack_hash,
        dated=dated,
    )


def _with_words(parts: list[Part], written: Mapping[str, Sequence[Block]]) -> list[Part]:
    """Put what people wrote in the parts of its sections; what no part takes is left out."""
    told = [
        replace(part, blocks=(*part.blocks, *written.get(part.code, ()))) if part.code else part
        for part in parts
    ]
    if first := tuple(written.get("", ())):
        told.insert(1, Part("words", "", first))
    return told


def _sections(material: Material, asked: Sequence[str]) -> tuple[SectionPart, ...]:
    held = {part.code: part for part in material.document.sections}
    for code in asked:
        if code not in held:
            raise NotFound("unknown_section", value=code, expected=", ".join(held))
    return tuple(held[code] for code in asked) if asked else tuple(held.values())


def _parts(one: TemplatePart, material: Material, shown: tuple[SectionPart, ...]) -> Iterator[Part]:
    if one.section == EACH:
        abouts: Sequence[SectionPart | None] = shown
    elif one.section:
        abouts = _sections(material, (one.section,))
    else:
        abouts = (None,)
    for about in abouts:
        blocks = tuple(
            made
            for block in one.blocks
            if _holds(block.when, material)
            for made in MAKE[block.kind](block, about, material)
        )
        if not any(not isinstance(block, PageBreak) for block in blocks):
            continue
        heading = about.heading if about else ""
        if one.heading is not None:
            heading = material.galley.set(one.heading.in_(material.lang))
        yield Part(about.code if about else "", heading, blocks, one.new_page)


def _holds(when: Condition | None, material: Material) -> bool:
    if when is None:
        return True
    official = material.galley.portrait.area.kind == "official"
    if when.area and when.area != ("official" if official else "custom"):
        return False
    if not when.indicator:
        return True
    figure = _figures(material, (when.indicator,))[0]
    value = figure.value if figure else None
    return (
        when.has_value in (None, value is not None)
        and (when.above is None or (value is not None and value > when.above))
        and (when.below is None or (value is not None and value < when.below))
    )


def _figures(material: Material, codes: Sequence[str]) -> list[Figure | None]:
    """Give figures by code; None where this portrait has not that one; unknown codes are refused."""
    galley = material.galley
    for code in codes:
        if code not in galley.indicators:
            raise NotFound("unknown_indicator", value=code)
    return [galley.figures.get(code) for code in codes]


def _about(about: SectionPart | None, block: TemplateBlock) -> SectionPart:
    if about is None:
        raise BadInput("template_value", file="—", table="—", column="of", value=block.of,
                       expected="section")  # fmt: skip
    return about


def _most(block: TemplateBlock) -> int:
    return block.most or ALL


# ---------------------------------------------------------------- blocks, by kind


def _figure(block: TemplateBlock, about: SectionPart | None, material: Material) -> Iterator[Block]:
    galley = material.galley
    if block.codes:
        _figures(material, block.codes)
        found = section_key_figures(galley, block.codes)
    elif block.of == "section":
        codes = galley.section(_about(about, block).code).key_figures
        found = section_key_figures(galley, codes)
    else:
        found = key_figures(galley, most=_most(block) if block.most else None)
    items = tuple(_read_against(item, block.against) for item in found[: _most(block)])
    if items:
        yield FiguresBlock(items)


def _read_against(item: KeyFigure, refs: tuple[str, ...] | None) -> KeyFigure:
    """Keep of the comparisons of a figure those that a block asks for, by name or by kind."""
    if refs is None:
        return item
    kept: tuple[AgainstText, ...] = tuple(
        one for one in item.against if one.ref in refs or one.kind in refs
    )
    return replace(item, against=kept)


def _sentence(
    block: TemplateBlock, about: SectionPart | None, material: Material
) -> Iterator[Block]:
    document, most = material.document, _most(block)
    if block.of == "standing":
        yield from _standing(material, most)
        return
    held: Mapping[str, Callable[[], tuple[tuple[Sentence, ...], Role]]] = {
        "fit": lambda: (document.fit, Role.FIT),
        "gaps": lambda: (tuple(gap.sentence for gap in document.gaps), Role.FINDING),
        "notes": lambda: (tuple(map(plain_sentence, document.method_notes)), Role.NOTE),
        "section": lambda: (_about(about, block).sentences, Role.FINDING),
    }
    sentences, role = held[block.of]()
    if sentences:
        yield SentencesBlock(sentences[:most], role)


def _standing(material: Material, most: int) -> Iterator[Block]:
    left = most
    for part in material.document.standing:
        told = tuple(one.sentence for one in part.highlights[:left])
        left -= len(told)
        yield SentencesBlock(told, Role.FINDING, lead=part.lead.text)
    if material.document.standing_how and most == ALL:
        yield SentencesBlock(material.document.standing_how, Role.NOTE)


def _chart(block: TemplateBlock, about: SectionPart | None, material: Material) -> Iterator[Block]:
    yield from map(ChartBlock, _about(about, block).charts[: _most(block)])


def _map(block: TemplateBlock, about: SectionPart | None, material: Material) -> Iterator[Block]:
    if block.of == "place":
        yield locator(material)
    elif (drawn := section_map(material, _about(about, block))) is not None:
        yield drawn


def _table(block: TemplateBlock, about: SectionPart | None, material: Material) -> Iterator[Block]:
    galley = material.galley
    if block.of == "key":
        codes = [code for one in galley.recipe.sections for code in one.key_figures]
        caption = galley.say("print.key_table", place_de=galley.place.de)
    else:
        section = _about(about, block)
        codes = list(galley.section(section.code).indicators)
        caption = galley.say("print.section_table", heading=section.heading)
        if block.of == "main":
            codes = [code for code in codes if not galley.indicators[code].dimension] or codes
            caption = galley.say("print.main_table", heading=section.heading)
    table = figures_table(galley, codes[: _most(block)], caption=caption)
    if table.rows:
        yield TableBlock(table)


def _text(block: TemplateBlock, about: SectionPart | None, material: Material) -> Iterator[Block]:
    galley = material.galley
    assert block.text is not None
    place = galley.place
    told = galley.set(block.text.in_(galley.lang)).format(
        place=place.plain, place_subject=place.subject, place_de=place.de, place_a=place.a,
        place_dans=place.dans,
    )  # fmt: skip
    by = galley.set(block.by.in_(galley.lang)) if block.by else ""
    paragraphs = tuple(one.strip() for one in told.split("\n\n") if one.strip())
    yield TextBlock(paragraphs, by, quoted=block.kind is BlockKind.QUOTE)


def _photo(block: TemplateBlock, about: SectionPart | None, material: Material) -> Iterator[Block]:
    if block.photo not in material.photos:
        known = ", ".join(sorted(material.photos)) or "—"
        raise NotFound("unknown_photo", value=block.photo, expected=known)
    assert block.alt is not None
    by = material.galley.set(block.by.in_(material.lang)) if block.by else ""
    alt = material.galley.set(block.alt.in_(material.lang))
    yield PhotoBlock(material.photos[block.photo], alt, by)


def _places(block: TemplateBlock, about: SectionPart | None, material: Material) -> Iterator[Block]:
    section = _about(about, block)
    if section.places:
        yield PlacesBlock(section.places, places_map(material, section))


def _sources(
    block: TemplateBlock, about: SectionPart | None, material: Material
) -> Iterator[Block]:
    document = material.document
    notes = () if block.most else document.method_notes
    yield SourcesBlock(document.sources, notes, document.citation, short=bool(block.most))


def _page_break(
    block: TemplateBlock, about: SectionPart | None, material: Material
) -> Iterator[Block]:
    yield PageBreak()


MAKE: Mapping[
    BlockKind, Callable[[TemplateBlock, SectionPart | None, Material], Iterator[Block]]
] = {
    BlockKind.FIGURE: _figure,
    BlockKind.SENTENCE: _sentence,
    BlockKind.CHART: _chart,
    BlockKind.MAP: _map,
    BlockKind.TABLE: _table,
    BlockKind.TEXT: _text,
    BlockKind.QUOTE: _text,
    BlockKind.PHOTO: _photo,
    BlockKind.PLACES: _places,
    BlockKind.SOURCES: _sources,
    BlockKind.PAGE_BREAK: _page_break,
}
