"""A publication: a portrait arranged by a template, before any form is chosen.

Every form (PDF, Word, PowerPoint, Excel, offline HTML) is laid out from this one value, so that a
figure is the same wherever it is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from courtepointe.atlas.figures import Figure
from courtepointe.press.charts.values import Chart
from courtepointe.press.document.values import KeyFigure, PlaceGroup, Row, SourcePart, Term
from courtepointe.press.maps.values import DrawnMap
from courtepointe.press.sentences.values import Sentence
from courtepointe.press.templates.values import SheetKind


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, and the figure that it states where it states one."""

    text: str
    figure: Figure | None = None

    @property
    def missing(self) -> bool:
        """Whether it says why there is no value."""
        return self.figure is not None and not self.figure.status.has_value


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first column names what the others say.

    Attributes
    ----------
    caption : str
    columns : tuple of str
    rows : tuple of tuple of Cell
        Each as long as ``columns``.
    wide : tuple of float
        How much of the width each column takes; they add up to 1.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    wide: tuple[float, ...]


class Role(StrEnum):
    """What sentences are for."""

    FIT = "fit"
    FINDING = "finding"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class FiguresBlock:
    """Numbers shown large."""

    items: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class SentencesBlock:
    """Sentences under a lead, or without one."""

    sentences: tuple[Sentence, ...]
    role: Role
    lead: str = ""


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart."""

    chart: Chart


@dataclass(frozen=True, slots=True)
class MapBlock:
    """A map, with the table behind it where it shows values.

    Attributes
    ----------
    draw : callable
        Width in pixels -> the drawing: letters keep their size, so a narrow map is drawn narrow.
    wide : bool
        It is as wide as the page, and names itself.
    """

    title: str
    draw: Callable[[float], DrawnMap]
    table: Table | None = None
    wide: bool = False

    def alt(self, drawn: DrawnMap) -> str:
        """Say the map in words."""
        return f"{self.title}. {drawn.desc}"


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table of figures with their intervals and statuses."""

    table: Table


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A person's paragraph, or the fixed words of a template; a quote where ``quoted``.

    Attributes
    ----------
    by : str
        Who says it, and when.
    warning : str
        What a reader must know: that a figure it rests on has moved since it was written.
    """

    paragraphs: tuple[str, ...]
    by: str = ""
    quoted: bool = False
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo made ready: upright, without what its file told of who took it and where.

    Attributes
    ----------
    content : bytes
        JPEG.
    wide, tall : int, pixels
    """

    content: bytes
    wide: int
    tall: int


@dataclass(frozen=True, slots=True)
class PhotoBlock:
    """A photo with what it shows, in words."""

    photo: Photo
    alt: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class PlacesBlock:
    """Places inside the area, by category, and the map of them."""

    groups: tuple[PlaceGroup, ...]
    map: MapBlock | None


@dataclass(frozen=True, slots=True)
class SourcesBlock:
    """Sources, licences, method notes and how to cite; ``short`` where there is little room."""

    sources: tuple[SourcePart, ...]
    notes: tuple[str, ...]
    citation: str
    short: bool = False


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block: TypeAlias = (
    FiguresBlock
    | SentencesBlock
    | ChartBlock
    | MapBlock
    | TableBlock
    | TextBlock
    | PhotoBlock
    | PlacesBlock
    | SourcesBlock
    | PageBreak
)


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, or none, and its blocks.

    Attributes
    ----------
    code : str
        The section's, else ``part-N``.
    """

    code: str
    heading: str
    blocks: tuple[Block, ...]
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class DataRow:
    """A figure with all that stands beside it, for those who count on.

    Attributes
    ----------
    decimals : int
        With which it is read.
    unit : str
        Its name: « personnes », « pour cent ».
    """

    row: Row
    decimals: int
    unit: str
    universe: str
    period: str
    sources: str


@dataclass(frozen=True, slots=True)
class DataSheet:
    """All figures of a section, whatever its part shows, and its places."""

    code: str
    heading: str
    rows: tuple[DataRow, ...]
    places: tuple[PlaceGroup, ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """A portrait as it is printed.

    Attributes
    ----------
    template : str
        Code of the template.
    kind : str
        The template's name: « Fiche éclair ».
    title, name : str
        Of the document; of the area.
    notice : str
        Said on every page where the city is fictional, or a release was recalled; else empty.
    identity : tuple of Term
        What the area is.
    mark : str
        The area's patchwork, as SVG.
    foot : str
        What every page says at its foot: the atlas, and the hash of the figures.
    data : tuple of DataSheet
        Of the sections shown.
    fit : tuple of str
        What the figures stand for.
    sources, notes
        As in `SourcesBlock`, for forms that give them a place of their own.
    dated : str
        ISO day, or empty: a document without a clock, the same bytes each time.
    """

    template: str
    kind: str
    sheet: SheetKind
    lang: str
    title: str
    name: str
    notice: str
    identity: tuple[Term, ...]
    mark: str
    parts: tuple[Part, ...]
    data: tuple[DataSheet, ...]
    fit: tuple[str, ...]
    sources: tuple[SourcePart, ...]
    notes: tuple[str, ...]
    foot: str
    citation: str
    pack_hash: str
    dated: str = ""
