"""The report of a study of hubs: what was asked, what was answered, how sure it is, with which data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from courtepointe.press.document.values import Term
from courtepointe.press.maps.values import DrawnMap
from courtepointe.press.patches import patch_mark
from courtepointe.press.publication.values import (
    Block,
    Cell,
    MapBlock,
    Part,
    Publication,
    SourcesBlock,
    Table,
    TableBlock,
    TextBlock,
)
from courtepointe.press.templates.values import SheetKind


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table of the report: plain words, the first column naming what the others say.

    Attributes
    ----------
    wide : tuple of float
        How much of the width each column takes, adding up to 1; empty: the first twice what each other does.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportPart:
    """A heading with paragraphs, blocks made before, a map, drawings as wide as the page that name themselves, tables.

    Attributes
    ----------
    new_page : bool
        Whether it begins a page.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    map: Callable[[float], DrawnMap] | None = None
    tables: tuple[ReportTable, ...] = ()
    drawings: tuple[Callable[[float], DrawnMap], ...] = ()
    new_page: bool = False
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class StudyReport:
    """A study, a plan or a resilience portrait, as it is printed.

    Attributes
    ----------
    kind, title, workspace_word, workspace : str
    terms : tuple of Term
        What stands at its head after the workspace.
    template : str
        What it is: ``study``, ``plan``, ``resilience``.
    has_figures : bool
        Whether the notes tell how figures are read; else they stand as paragraphs.
    mark : str
        What the patchwork mark is drawn from.
    parts : sequence of ReportPart
    notes_heading : str
    notes : tuple of str
        How it was counted, and who made the data.
    citation, foot, pack : str
    dated : str
        ISO day on which it was answered: the same report, the same bytes.
    """

    kind: str
    title: str
    workspace_word: str
    workspace: str
    mark: str
    lang: str
    parts: Sequence[ReportPart]
    notes_heading: str
    notes: tuple[str, ...]
    citation: str
    foot: str
    pack: str
    dated: str
    terms: tuple[Term, ...] = ()
    template: str = "study"
    has_figures: bool = True


def study_publication(told: StudyReport) -> Publication:
    """Arrange a report for the press: any of its forms is written from this."""
    parts = [
        Part(f"part-{n}", one.heading, tuple(_blocks(one)), one.new_page)
        for n, one in enumerate(told.parts, start=1)
    ]
    sources = SourcesBlock((), told.notes if told.has_figures else (), told.citation)
    plain = () if told.has_figures else (TextBlock(told.notes),)
    parts.append(Part("sources", told.notes_heading, (*plain, sources)))
    return Publication(
        template=told.template, kind=told.kind, sheet=SheetKind.PAGE, lang=told.lang, title=told.title,
        name=told.workspace, notice="", identity=(Term(told.workspace_word, told.workspace), *told.terms),
        mark=patch_mark(told.mark), parts=tuple(parts), data=(), fit=(), sources=(),
        notes=told.notes, foot=told.foot, citation=told.citation, pack_hash=told.pack,
        dated=told.dated,
    )  # fmt: skip


def _blocks(part: ReportPart) -> list[Block]:
    blocks: list[Block] = [TextBlock(part.paragraphs)] if part.paragraphs else []
    blocks += part.blocks
    if part.map is not None:
        blocks.append(MapBlock(part.heading, part.map))
    blocks += [MapBlock(part.heading, one, wide=True) for one in part.drawings]
    blocks += [table_block(one) for one in part.tables]
    return blocks


def table_block(told: ReportTable) -> TableBlock:
    """Set a table of plain words."""
    n = len(told.columns)
    whole = n + 1.0
    rows = tuple(tuple(Cell(text) for text in row) for row in told.rows)
    wide = told.wide or (2.0 / whole, *(1.0 / whole,) * (n - 1))
    return TableBlock(Table(told.caption, told.columns, rows, wide))
