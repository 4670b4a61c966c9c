"""A template as values: parts, blocks, and when each is shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from courtepointe.atlas.recipe.values import Words

EACH = "each"
"""In place of a section's code: a part for every section of the portrait."""


class SheetKind(StrEnum):
    """What a document is laid out on."""

    PAGE = "page"
    SLIDES = "slides"


class Paper(StrEnum):
    """What pages are printed on."""

    A4 = "a4"
    LETTER = "letter"


class BlockKind(StrEnum):
    """What a block shows."""

    FIGURE = "figure"
    SENTENCE = "sentence"
    CHART = "chart"
    MAP = "map"
    TABLE = "table"
    TEXT = "text"
    QUOTE = "quote"
    PHOTO = "photo"
    PLACES = "places"
    SOURCES = "sources"
    PAGE_BREAK = "page_break"


@dataclass(frozen=True, slots=True)
class Condition:
    """When a block is shown: all that is said must hold.

    Attributes
    ----------
    indicator : str
        Whose figure is looked at; empty: none.
    has_value : bool or None
    above, below : float or None
        Of the figure's value; a figure without a value holds neither.
    area : str
        ``official`` or ``custom``; empty: either.
    """

    indicator: str = ""
    has_value: bool | None = None
    above: float | None = None
    below: float | None = None
    area: str = ""


@dataclass(frozen=True, slots=True)
class TemplateBlock:
    """A block of a template.

    Attributes
    ----------
    of : str
        What it is about: see `courtepointe.press.templates.read`.
    codes : tuple of str
        Indicators, where it is about some by name.
    most : int
        How many figures, sentences or charts at most; 0: all.
    text : Words or None
        Of texts and quotes; ``{place_de}`` and the other forms of the place may stand in it.
    by : Words or None
        Who says it.
    photo, alt : str, Words or None
        Name of a photo given with the portrait, and what it shows.
    against : tuple of str or None
        What figures are read against here; None: whatever the portrait is.
    """

    kind: BlockKind
    of: str = ""
    codes: tuple[str, ...] = ()
    most: int = 0
    text: Words | None = None
    by: Words | None = None
    photo: str = ""
    alt: Words | None = None
    against: tuple[str, ...] | None = None
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class TemplatePart:
    """A part of a template: a heading and its blocks.

    Attributes
    ----------
    section : str
        The section of the recipe that its blocks are about; `EACH`: one part for each; empty: none.
    heading : Words or None
        None: the section's name, or no heading where there is no section.
    new_page : bool
        Whether it begins on a new page or slide.
    """

    blocks: tuple[TemplateBlock, ...]
    section: str = ""
    heading: Words | None = None
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """A template of portraits."""

    code: str
    name: Words
    about: Words
    sheet: SheetKind
    parts: tuple[TemplatePart, ...]
